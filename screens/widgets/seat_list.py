"""The counters to choose from, a line each."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.desk.views import Moment
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import fit, plain, right
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.screens.entrance_port import SeatRow, Seats
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term

_NUMBER, _NAME, _FOR, _STAFF = 6, 18, 24, 12


class SeatList(ScrollView, can_focus=True):
    """Number, name, for whom, who sits there; the cursor is moved by keys or by number."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "seat--label",
        "seat--value",
        "seat--own",
        "seat--free",
        "seat--taken",
        "seat--cursor",
    }

    class Moved(Message):
        """The cursor stands on another counter."""

    def __init__(self) -> None:
        super().__init__()
        self._seats = Seats((), None, held_here=False)
        self._cursor = 0
        self._now = 0.0

    @property
    def cursor_row(self) -> SeatRow | None:
        """The counter under the cursor."""
        rows = self._seats.rows
        return rows[self._cursor] if self._cursor < len(rows) else None

    def show(self, seats: Seats) -> None:
        """Show the counters; the cursor stays on its counter."""
        if seats == self._seats:
            return
        before = self.cursor_row
        self._seats = seats
        self.virtual_size = Size(self.size.width, len(seats.rows) + 1)
        if before is not None:
            self.put_on(before.counter_id)
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        self._now = moment.seconds
        self.refresh()

    def put_on(self, counter_id: str | None) -> None:
        """Put the cursor on a counter, if it is there."""
        for place, row in enumerate(self._seats.rows):
            if row.counter_id == counter_id:
                self._cursor = place
                self.refresh()

    def put_on_number(self, number: int) -> bool:
        """Put the cursor on the counter with this number; say whether there is one."""
        for row in self._seats.rows:
            if row.number == number:
                self.put_on(row.counter_id)
                return True
        return False

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self._put(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._put(self._cursor + by * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last counter."""
        self._put(0 if end < 0 else len(self._seats.rows) - 1)

    def _put(self, place: int) -> None:
        self._cursor = max(min(place, len(self._seats.rows) - 1), 0)
        self.scroll_to(y=max(self._cursor + 2 - self.size.height, 0), animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """Draw the title or one counter."""
        cells = self.size.width
        if y == 0:
            return self._title(cells)
        place = y - 1 + self.scroll_offset.y
        if place >= len(self._seats.rows):
            return Strip.blank(cells, self.rich_style)
        return self._line(self._seats.rows[place], cells, on=place == self._cursor)

    def _title(self, cells: int) -> Strip:
        style = self.get_component_rich_style("seat--label")
        free = sum(row.staff_id is None for row in self._seats.rows)
        text = (
            "  "
            + fit(_("号"), _NUMBER)
            + fit(_("窗口"), _NAME)
            + fit(_("接待"), _FOR)
            + _("现在（空闲 {count}）").format(count=free)
        )
        return Strip([Segment(fit(text, cells), style)], cells)

    def _line(self, row: SeatRow, cells: int, *, on: bool) -> Strip:
        style = self.get_component_rich_style
        own = row.counter_id == self._seats.own
        base = style("seat--cursor") if on else style("seat--own" if own else "seat--value")
        doing, since, kind = self._doing(row, own=own)
        doing_style = base if on else style(f"seat--{kind}")
        time = right(f"{since} ", 9)
        used = 2 + _NUMBER + _NAME + _FOR + 9
        return Strip(
            [
                Segment("  " + fit(str(row.number), _NUMBER), base),
                Segment(fit(plain(row.name), _NAME), base),
                Segment(fit(_for_whom(row), _FOR), base if on else style("seat--label")),
                Segment(fit(doing, max(cells - used, 0)), doing_style),
                Segment(time, base if on else style("seat--label")),
            ]
        ).adjust_cell_length(cells, base)

    def _doing(self, row: SeatRow, *, own: bool) -> tuple[str, str, str]:
        if row.staff_id is None:
            return _("✓ 空着"), "", "free"
        since = minutes_seconds(self._now - row.since) if row.since is not None else ""
        who = plain(row.staff_name or row.staff_id)
        if own:
            who = _("您在这里") if self._seats.held_here else _("您上次未退出")
        if row.paused is not None:
            who = f"{who}  {_('暂停 ')}{term(row.paused)}"
        elif row.serving:
            who = f"{who}  {row.serving}"
        return who, since, "own" if own else "taken"


def _for_whom(row: SeatRow) -> str:
    tiers = joined(term(tier) for tier in row.tiers)
    if len(row.tiers) == len(Tier):
        return _("所有客户")
    return tiers + (_("，也接其他") if row.serves_others else "")
