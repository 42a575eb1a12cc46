"""What the wall display is made of. For everybody's eyes: no names, no phone numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import CounterRow, Moment, TicketRow
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, fit, line, plain
from hallterm.screens.widgets.figures import ROWS, figure_cells, figures
from hallterm.words import _
from hallterm.words.terms import term

FRESH = 12.0
"""Seconds for which a new call is shown on a bright ground."""
_WIDE = 150
_NUMBER = 8
_LARGE_FROM = 20
"""Rows from which every call is drawn in figures."""


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket that is at a counter now."""

    number: str
    counter: int
    since: float
    """Seconds since the epoch of the call, or of the start once service has begun."""
    serving: bool


def calls_of(counters: Sequence[CounterRow]) -> list[Call]:
    """Return who is at the counters: called ones first, then the newest first."""
    calls = [
        Call(
            plain(counter.serving),
            counter.number,
            counter.since or 0.0,
            counter.serving_state is not TicketState.CALLED,
        )
        for counter in counters
        if counter.serving
    ]
    return sorted(calls, key=lambda call: (call.serving, -call.since, call.counter))


class NewestCall(Widget):
    """The newest call in large figures: ticket on the left, counter on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"call--ink", "call--fresh", "call--words"}

    def __init__(self) -> None:
        super().__init__()
        self._call: Call | None = None
        self._now = 0.0
        self._day_over = False

    def show(self, call: Call | None, moment: Moment, *, closed: bool = False) -> None:
        """Show a call; None: nobody is called. closed: nobody will be any more today."""
        shown = (call, moment.seconds, closed)
        if shown != (self._call, self._now, self._day_over):
            self._call, self._now, self._day_over = shown
            self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Take the figures' rows."""
        del container, viewport
        return ROWS * _scale(width)

    def render(self) -> Text:
        """Lay out ticket, words and counter."""
        cells, call = self.size.width, self._call
        words = self.get_component_rich_style("call--words")
        if call is None:
            welcome = (
                _("今天的营业已经结束，谢谢光临") if self._day_over else _("欢迎光临，请先取号")
            )
            return line([("  " + welcome, words)], cells)
        fresh = not call.serving and self._now - call.since <= FRESH
        ink = self.get_component_rich_style("call--fresh" if fresh else "call--ink")
        paper = Style()
        scale = _scale(cells)
        paint = Style(bgcolor=ink.color)
        lead, gap, tail = _words_room(call, cells, scale)
        number = figures(call.number, scale, paint, paper)
        counter = figures(str(call.counter), scale, paint, paper)
        middle = ROWS * scale // 2
        rows = []
        for row, (left, right_part) in enumerate(zip(number, counter, strict=True)):
            between = _("请到") if row == middle else ""
            after = _("号窗口") if row == middle else ""
            drawn = Text(" " * lead, no_wrap=True, end="")
            drawn.append_text(left)
            drawn.append(fit(" " * (gap // 3) + between, gap), words)
            drawn.append_text(right_part)
            drawn.append(fit(" " * (tail // 4) + after, tail), words)
            rows.append(drawn)
        return Text("\n", no_wrap=True, overflow="crop").join(rows)


def _words_room(call: Call, cells: int, scale: int) -> tuple[int, int, int]:
    """Return the cells before, between and behind the figures, less on a narrow wall."""
    taken = figure_cells(call.number, scale) + figure_cells(str(call.counter), scale)
    if taken + 26 <= cells:
        return 2, 12, 12
    return (1, 8, 8) if taken + 17 <= cells else (0, 5, 7)


def _scale(cells: int) -> int:
    return 2 if cells >= max(_WIDE, figure_cells("V000", 2)) else 1


class Calls(Widget):
    """Ticket and counter of everybody who is called or served."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"calls--title", "calls--number", "calls--words"}

    def __init__(self) -> None:
        super().__init__()
        self._calls: Sequence[Call] = ()

    def show(self, calls: Sequence[Call]) -> None:
        """Show calls, the newest first."""
        if calls != self._calls:
            self._calls = calls
            self.refresh()

    def render(self) -> Text:
        """Lay out a line for each, with a blank line between while there is room."""
        style = self.get_component_rich_style
        cells = self.size.width
        rows = [line([("  " + _("请到窗口"), style("calls--title"))], cells)]
        if self.size.height >= _LARGE_FROM:
            return Text("\n", no_wrap=True, overflow="crop").join([*rows, *self._large()])
        roomy = len(self._calls) * 2 + 1 <= self.size.height
        for call in self._calls[: self.size.height - 1]:
            doing = _("办理中") if call.serving else _("请来办理")
            pieces: list[Piece] = [
                (f"  {fit(call.number, _NUMBER)}", style("calls--number")),
                (_("{counter} 号窗口").format(counter=call.counter), style("calls--number")),
                (f"   {doing}", style("calls--words")),
            ]
            rows += [Text(" "), line(pieces, cells)] if roomy else [line(pieces, cells)]
        return Text("\n", no_wrap=True, overflow="crop").join(rows)

    def _large(self) -> list[Text]:
        """Lay out the calls in figures, the newest too, as many as there is room for."""
        number = Style(bgcolor=self.get_component_rich_style("calls--number").color)
        words = self.get_component_rich_style("calls--words")
        rows: list[Text] = []
        for call in self._calls[: (self.size.height - 1) // (ROWS + 1)]:
            rows.append(Text(" "))
            left = figures(call.number, 1, number, Style())
            right = figures(str(call.counter), 1, number, Style())
            for row in range(ROWS):
                drawn = Text("  ", no_wrap=True, end="").append_text(left[row])
                drawn.append(" " * 8).append_text(right[row])
                drawn.append("   " + _("号窗口") if row == ROWS - 1 else "", words)
                rows.append(drawn)
        return rows


class WaitingByTier(Widget):
    """How many wait, by tier, and the counters that are open."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"wall--title", "wall--value", "wall--words"}

    def __init__(self) -> None:
        super().__init__()
        self._tiers: Counter[Tier] = Counter()
        self._open: tuple[int, ...] = ()

    def show(self, waiting: Sequence[TicketRow], counters: Sequence[CounterRow]) -> None:
        """Count who waits and which counters are open."""
        tiers = Counter(row.tier for row in waiting)
        opened = tuple(c.number for c in counters if c.staff_id and c.paused is None)
        if (tiers, opened) != (self._tiers, self._open):
            self._tiers, self._open = tiers, opened
            self.refresh()

    def render(self) -> Text:
        """Lay out the figures."""
        style = self.get_component_rich_style
        cells = self.size.width
        value, words = style("wall--value"), style("wall--words")
        rows = [line([(_("等候人数"), style("wall--title"))], cells)]
        for tier in Tier:
            pieces: list[Piece] = [
                (fit(term(tier), _NUMBER), words),
                (str(self._tiers[tier]), value),
            ]
            rows += [Text(" "), line(pieces, cells)]
        numbers = "  ".join(str(number) for number in self._open) or _("无")
        rows += [Text(" "), Text(" "), line([(_("开放窗口"), style("wall--title"))], cells)]
        rows += [Text(" "), line([(numbers, value)], cells)]
        if len(rows) > self.size.height:
            rows = [row for row in rows if row.plain.strip()]
        return Text("\n", no_wrap=True, overflow="crop").join(rows)
