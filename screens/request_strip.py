"""The line under the header that tells of special requests: what waits, what was promised."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.screens.cells import Piece, line, width
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.request_views import RequestRow
    from hallterm.screens.keyed import Keyed


class RequestStrip(Widget):
    """The most pressing request of this person, and how many more there are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "strip--label",
        "strip--value",
        "strip--key",
        "strip--in-time",
        "strip--short",
        "strip--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[RequestRow, ...] = ()
        self._moment: Moment | None = None
        self.display = False

    def show(self, rows: Sequence["RequestRow"], moment: Moment) -> None:
        """Show the inbox in a line; empty: the line goes away."""
        self._moment = moment
        if self.rows != tuple(rows):
            self.rows = tuple(rows)
            self.display = bool(rows)
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        if self.rows and self._moment and int(moment.seconds) != int(self._moment.seconds):
            self._moment = moment
            self.refresh()

    def render(self) -> Text:
        """Lay out the line."""
        if not self.rows or self._moment is None:
            return Text("")
        from hallterm.screens import request_words as words  # noqa: PLC0415 - only after the first frame
        from hallterm.screens.reception_strip import state_style  # noqa: PLC0415 - as above

        style = self.get_component_rich_style
        label, value = style("strip--label"), style("strip--value")
        row = self.rows[0]
        reading = words.reading_of(row, self._moment.seconds)
        why = words.why_words()[row.why] if row.why else ""
        left: list[Piece] = [(f" {why} ", label), (f"{row.number} ", value)]
        left.append((f"{words.state_words(row)} ", value))
        if reading:
            left.append((words.left_told(reading), style(f"strip--{state_style(reading)}")))
        shown = sum(width(text) for text, _style in left)
        left += [(f"  {words.matter(row)}", value), (f"  {words.customer(row)}", label)]
        promised = self._moment.local.fromtimestamp(row.promised, self._moment.local.tzinfo)
        more = len(self.rows) - 1
        others = _("另 {count} 件  ").format(count=more) if more else ""
        by_when = _by_when(promised, self._moment)
        key: Piece = ("Ctrl+U ", style("strip--key"))
        ending: list[Piece] = [
            (_(" 答应 {at} 前答复  ").format(at=by_when), label),
            (others, value),
            key,
            (_("待办 "), label),
        ]
        if shown + sum(width(text) for text, _style in ending) > self.size.width:
            ending = [(_(" 答应 {at}  ").format(at=by_when), label), (others, value), key]
        return line(left, self.size.width, ending)


def _by_when(promised: datetime, moment: Moment) -> str:
    """Return a time, with its day unless that is today."""
    today = promised.date() == moment.local.date()
    return f"{promised:%H:%M}" if today else f"{promised:%m-%d %H:%M}"


async def watch_requests(screen: "Keyed[Any, Any]") -> None:
    """Give one tick to the requests: remind whoever is late, show what waits, ring for news."""
    work = screen.shell.work
    if work is None:
        return
    try:
        found = await screen.shell.runner.run(work.requests.watch)
    except DeskFaultError:
        return  # the screen asks the desk, too, and tells what is wrong
    for strip in screen.query(RequestStrip):
        strip.show(found.rows, screen.moment)
    if found.fresh:
        from hallterm.screens.request_words import matter, state_words  # noqa: PLC0415 - rarely

        row = found.fresh[0]
        screen.app.bell()
        told = _("{number} {matter}：{state}，Ctrl+U 看待办。")
        screen.say(told.format(number=row.number, matter=matter(row), state=state_words(row)))
