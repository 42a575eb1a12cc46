"""A screen that shows the hall as it is: polls the desk once a second, off the event loop."""

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

from textual import events

from hallterm.desk.views import CounterView, Moment
from hallterm.domain.refusal import Refusal
from hallterm.screens.base import HallScreen
from hallterm.screens.desk_port import HallDesk
from hallterm.screens.pauses import spare_what_is_loaded
from hallterm.words.terms import counter_word

StateT = TypeVar("StateT")
P = ParamSpec("P")


class LiveScreen(HallScreen[StateT], Generic[StateT]):
    """A hall screen with a view that it keeps fresh. A subclass draws it in `show`."""

    def __init__(self, desk: HallDesk) -> None:
        super().__init__()
        self.desk = desk
        self.view: CounterView | None = None

    def show(self, view: CounterView) -> None:
        """Draw a new view."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Ask for the first view."""
        super().on_mount()
        self.poll()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up after another screen was on top."""
        super().on_screen_resume(event)
        self.poll()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and ask what has changed."""
        super().tick(moment)
        if self.is_mounted:
            self.poll()

    def poll(self) -> None:
        """Ask the desk for the hall, unless an answer is under way."""
        if not any(worker.group == "poll" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._poll(), group="poll")

    async def _poll(self) -> None:
        view = await self.ask(self.desk.poll)
        if view is not None:
            self.take(view)

    def take(self, view: CounterView) -> None:
        """Draw a view if it shows anything new."""
        if view is self.view or view == self.view:
            return
        if self.view is None:
            self.call_after_refresh(spare_what_is_loaded)
        if self.view is None or view.hall.version >= self.view.hall.version:
            self.view = view
            standing = self.shell.standing
            standing.hall = view.hall.hall_name or standing.hall
            here = view.counter
            standing.counter = counter_word(here.number, here.name) if here else ""
            self.show(view)
            self.refresh_keys()

    async def act(
        self, work: Callable[P, CounterView | Refusal], *args: P.args, **kwargs: P.kwargs
    ) -> CounterView | None:
        """Do desk work and draw the hall after it; None when it was refused or failed."""
        answer = await self.ask(work, *args, **kwargs)
        if isinstance(answer, CounterView):
            self.take(answer)
            return answer
        return None
