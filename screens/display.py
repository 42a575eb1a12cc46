"""The wall display (大屏): the newest call in large figures, who is at which counter, who waits.

No personal data: ticket numbers and counters only.
"""

from collections.abc import Callable
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from hallterm.desk.views import HallView, Moment
from hallterm.screens.clock import HallClock
from hallterm.screens.desk_runner import DeskFaultError, DeskRunner
from hallterm.screens.hang_up import terminal_driver
from hallterm.screens.picture import cell_true
from hallterm.screens.shell import Standing
from hallterm.screens.widgets.header import Header
from hallterm.screens.widgets.news import News, Tone
from hallterm.screens.widgets.wall import Call, Calls, NewestCall, WaitingByTier, calls_of
from hallterm.styles import sheet
from hallterm.styles.themes import DEFAULT_PALETTE, THEMES, theme_for


class DisplayApp(App[None], inherit_bindings=False):
    """A full-screen display for a second screen; it only reads. Ctrl+Q ends it.

    poll: returns the hall as it is now; runs on the desk's thread.
    ticking: False in tests.
    """

    CSS_PATH: ClassVar = [sheet("base"), sheet("display")]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False)]
    AUTO_FOCUS = None
    TITLE = "hallterm"

    def __init__(
        self,
        clock: HallClock,
        poll: Callable[[], HallView],
        runner: DeskRunner,
        theme: str | None = None,
        *,
        ticking: bool = True,
    ) -> None:
        super().__init__(driver_class=terminal_driver())
        self._clock = clock
        self._poll = poll
        self.runner = runner
        self._ticking = ticking
        self._last: Call | None = None
        self._hall_name = ""
        self._day_over = False
        for offered in THEMES:
            self.register_theme(offered)
        self.theme = theme or theme_for(self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style sheets their names even under a theme that isn't ours."""
        return DEFAULT_PALETTE

    def compose(self) -> ComposeResult:
        """Lay out the wall."""
        yield Header(with_link=False)
        yield NewestCall()
        with Horizontal(id="below"):
            yield Calls()
            yield WaitingByTier()
        yield News()

    def on_mount(self) -> None:
        """Show the first moment and start the clock."""
        self.tick()
        if self._ticking:
            self.set_interval(1.0, self.tick, name="clock")

    def tick(self) -> None:
        """Show a new second and ask for the hall, unless an answer is under way."""
        moment = self._clock.now()
        self.query_one(Header).show(Standing(hall=self._hall_name), moment)
        self.query_one(NewestCall).show(self._last, moment, closed=self._day_over)
        if not any(worker.group == "poll" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._look(moment), group="poll")

    async def _look(self, moment: Moment) -> None:
        try:
            hall = await self.runner.look(self._poll)
        except DeskFaultError as fault:
            self.query_one(News).say(str(fault), Tone.FAULT)
            return
        self.query_one(News).say("")
        self.show(hall, moment)

    def show(self, hall: HallView, moment: Moment) -> None:
        """Draw the hall; a new call rings the bell."""
        self._hall_name = hall.hall_name
        calls = calls_of(hall.counters)
        newest = calls[0] if calls else None
        if newest and not newest.serving and newest != self._last:
            self.bell()
        self._last = newest
        self.query_one(Header).show(Standing(hall=hall.hall_name), moment)
        self._day_over = hall.closed
        self.query_one(NewestCall).show(newest, moment, closed=hall.closed)
        self.query_one(Calls).show(calls)
        self.query_one(WaitingByTier).show(hall.waiting, hall.counters)

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the visible screen as an SVG picture."""
        return cell_true(super().export_screenshot(title=title, simplify=simplify))

    def on_unmount(self) -> None:
        """Let the desk finish."""
        self.runner.close()
