"""The counters of the hall: who sits there, and what they do."""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import CounterRow, Moment
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.cells import Piece, fit, line, plain
from hallterm.words import _
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term

_PLACE = 4
_NAME = 15
_STAFF = 9


class CounterList(Widget):
    """A line for each counter, under a dim title."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"counters--label", "counters--value", "counters--own"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._counters: Sequence[CounterRow] = ()
        self._own: str | None = None
        self._now = 0.0

    def show(self, counters: Sequence[CounterRow], own: str | None = None) -> None:
        """Show counters; `own` is the id of the one this terminal sits at."""
        if (self._counters, self._own) != (counters, own):
            self._counters, self._own = counters, own
            self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Take a line for the title and one for each counter."""
        del container, viewport, width
        return len(self._counters) + 1

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        self._now = moment.seconds
        if any(counter.since or counter.paused_since for counter in self._counters):
            self.refresh()

    def render(self) -> Text:
        """Lay out the counters."""
        label = self.get_component_rich_style("counters--label")
        cells = self.size.width
        free = sum(_is_free(counter) for counter in self._counters)
        title = line([(_(" 窗口"), label)], cells, [(_("空闲 {count} ").format(count=free), label)])
        return Text("\n").join([title, *(self._line(c, cells) for c in self._counters)])

    def _line(self, counter: CounterRow, cells: int) -> Text:
        label = self.get_component_rich_style("counters--label")
        own = counter.counter_id == self._own
        value = self.get_component_rich_style("counters--own" if own else "counters--value")
        words, since, style = self._doing(counter, value, label)
        left: list[Piece] = [
            (f" {fit(str(counter.number), _PLACE - 1)}", value),
            (fit(plain(counter.name), _NAME), value if counter.staff_id else label),
            (fit(plain(counter.staff_name), _STAFF), value),
            (words, style),
        ]
        time = minutes_seconds(self._now - since) if since is not None else ""
        return line(left, cells, [(f"{time} ", label)])

    @staticmethod
    def _doing(counter: CounterRow, value: Style, label: Style) -> tuple[str, float | None, Style]:
        if counter.staff_id is None:
            return _("无人"), None, label
        if counter.serving and counter.serving_state is not None:
            verb = _("叫 ") if counter.serving_state is TicketState.CALLED else _("办 ")
            return verb + counter.serving, counter.since, value
        if counter.paused is not None:
            return _("暂停 ") + term(counter.paused), counter.paused_since, label
        return _("空闲"), counter.since, value


def _is_free(counter: CounterRow) -> bool:
    return counter.staff_id is not None and counter.paused is None and counter.serving is None
