"""The live queue: each second repaints only the clocks of the lines on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.desk.views import Moment, TicketRow
from hallterm.domain.ticket.promise import PromiseWord
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.queue_columns import AGE, Columns, columns_for
from hallterm.screens.widgets.queue_line import (
    AGE_PLACE,
    QueueStyles,
    age_of,
    queue_line,
    slow_look,
)

Keep = Callable[[TicketRow], bool]


@dataclass(slots=True)
class _Painted:
    """A line as it stands on the screen."""

    row: TicketRow
    look: object
    """What it shows beside its age, and whether the cursor is on it."""
    age: str
    strip: Strip


class QueueView(ScrollView, can_focus=True):
    """Tickets, one a line, with a cursor that stays on its ticket while the list moves."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--number",
        "queue--value",
        "queue--label",
        "queue--in-time",
        "queue--short",
        "queue--overdue",
        "queue--bar-in-time",
        "queue--bar-short",
        "queue--bar-overdue",
        "queue--rest",
        "queue--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor stands on another ticket."""

        row: TicketRow | None

    def __init__(self, *, with_state: bool = False, bars: Bars = Bars.PAINT) -> None:
        super().__init__()
        self._with_state = with_state
        self._bars = bars
        self._all: tuple[TicketRow, ...] = ()
        self._rows: tuple[TicketRow, ...] = ()
        self._keep: Keep | None = None
        self._cursor = 0
        self.touched = False
        """Whether a person has put the cursor on its ticket; forgotten when the ticket goes."""
        self._now = 0.0
        self._columns = columns_for(80, with_state=with_state)
        self._styles: QueueStyles | None = None
        self._painted: dict[str, _Painted] = {}
        """By ticket: lines that were drawn, so that most seconds draw the ages only."""

    # What is shown

    @property
    def rows(self) -> tuple[TicketRow, ...]:
        """The tickets that pass the filter."""
        return self._rows

    @property
    def total(self) -> int:
        """How many tickets there are, filtered out ones included."""
        return len(self._all)

    @property
    def columns(self) -> Columns:
        """The columns that fit now."""
        return self._columns

    @property
    def cursor(self) -> TicketRow | None:
        """The ticket under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def visible_range(self) -> tuple[int, int]:
        """Places of the first and the last visible ticket, from 1; (0, 0) when there is none."""
        first = self.scroll_offset.y
        last = min(first + self.size.height, len(self._rows))
        return (first + 1, last) if self._rows else (0, 0)

    def show(self, rows: Sequence[TicketRow]) -> None:
        """Show these tickets; the cursor stays on its ticket, else in its place."""
        if self._all == tuple(rows):
            return
        self._all = tuple(rows)
        self._painted.clear()
        self._narrow()

    def keep(self, keep: Keep | None) -> None:
        """Show only tickets for which `keep` holds; None: all."""
        self._keep = keep
        self._narrow()

    def _narrow(self) -> None:
        before = self.cursor
        self._rows = self._all if self._keep is None else tuple(filter(self._keep, self._all))
        self._cursor = self._place_of(before)
        after = self.cursor
        kept = before is not None and after is not None and before.ticket_id == after.ticket_id
        self.touched = self.touched and kept
        self._fit()
        self.refresh()
        self.post_message(self.Moved(self.cursor))

    def _place_of(self, ticket: TicketRow | None) -> int:
        if ticket is not None:
            for place, row in enumerate(self._rows):
                if row.ticket_id == ticket.ticket_id:
                    return place
        return max(min(self._cursor, len(self._rows) - 1), 0)

    # Moving

    def go_to(self, ticket_id: str) -> bool:
        """Put the cursor on a ticket; answers whether it is in the list."""
        for place, row in enumerate(self._rows):
            if row.ticket_id == ticket_id:
                self._put(place)
                return True
        return False

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.touched = True
        self._put(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.touched = True
        self._put(self._cursor + by * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last ticket."""
        self.touched = True
        self._put(0 if end < 0 else len(self._rows) - 1)

    def _put(self, place: int) -> None:
        old, self._cursor = self._cursor, max(min(place, len(self._rows) - 1), 0)
        if self._cursor == old:
            return
        self.refresh_line(old)
        self.refresh_line(self._cursor)
        self._scroll_to_cursor()
        self.post_message(self.Moved(self.cursor))

    def _scroll_to_cursor(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, immediate=True)
        elif height and self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, immediate=True)

    # Painting

    def on_resize(self) -> None:
        """Choose the columns for the new width."""
        self._columns = columns_for(self.size.width, with_state=self._with_state)
        self._painted.clear()
        self._fit()

    def _fit(self) -> None:
        size = Size(self.size.width, len(self._rows))
        if size != self.virtual_size:
            self.virtual_size = size
        self._scroll_to_cursor()

    def notify_style_update(self) -> None:
        """Forget resolved styles when the theme changes."""
        self._styles = None
        self._painted.clear()
        super().notify_style_update()

    def tick(self, moment: Moment) -> None:
        """Repaint the clocks of the visible lines."""
        self._now = moment.seconds
        columns, top = self._columns, self.scroll_offset.y
        shown = self._rows[top : top + self.size.height]
        for y, row in enumerate(shown):
            known = self._painted.get(row.ticket_id)
            if known is None or known.look != self._look(row, top + y):
                self.refresh(Region(columns.live_start, y, columns.live_cells, 1))
        if shown:
            self.refresh(Region(columns.live_start, 0, AGE, len(shown)))

    def _look(self, row: TicketRow, place: int) -> object:
        return (*slow_look(row, self._now, self._columns), place == self._cursor)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw visible lines. Textual's own way lays out every line whole each second."""
        strips = [self._line(y) for y in crop.line_range]
        start, end = crop.column_span
        whole = (start, end) == (0, self.size.width)
        return strips if whole else [strip.crop(start, end) for strip in strips]

    def _line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return self._filtered(self.render_line(y))
        row = self._rows[place]
        look, age = self._look(row, place), age_of(row, self._now)
        known = self._painted.get(row.ticket_id)
        if known is None or known.row is not row or known.look != look:
            strip = self._filtered(self.render_line(y))
            self._painted[row.ticket_id] = _Painted(row, look, age, strip)
            return strip
        if known.age != age:
            known.strip, known.age = _with_age(known.strip, age), age
        return known.strip

    def _filtered(self, strip: Strip) -> Strip:
        """Let the app's filters pass over a line (terminals without colour, the 16 of a theme)."""
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return strip

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        styles = self._resolved()
        segments = queue_line(
            self._rows[place],
            self._now,
            self._columns,
            self._bars,
            styles,
            cursor=place == self._cursor,
        )
        return Strip(segments, self._columns.cells).apply_style(styles.ground)

    def _resolved(self) -> QueueStyles:
        if self._styles is None:
            style = self.get_component_rich_style
            cursor = style("queue--cursor")
            self._styles = QueueStyles(
                ground=self.rich_style,
                number=style("queue--number", partial=True),
                value=style("queue--value", partial=True),
                label=style("queue--label", partial=True),
                promise={
                    PromiseWord.IN_TIME: style("queue--in-time", partial=True),
                    PromiseWord.SHORT: style("queue--short", partial=True),
                    PromiseWord.OVERDUE: style("queue--overdue", partial=True),
                },
                bar={
                    PromiseWord.IN_TIME: Style(bgcolor=style("queue--bar-in-time").bgcolor),
                    PromiseWord.SHORT: Style(bgcolor=style("queue--bar-short").bgcolor),
                    PromiseWord.OVERDUE: Style(bgcolor=style("queue--bar-overdue").bgcolor),
                },
                rest=Style(bgcolor=style("queue--rest").bgcolor),
                cursor=cursor if self.app.native_ansi_color else Style(bgcolor=cursor.bgcolor),
            )
        return self._styles


def _with_age(strip: Strip, age: str) -> Strip:
    """Return the line with another age in its cells."""
    segments = list(strip)
    segments[AGE_PLACE] = Segment(age, segments[AGE_PLACE].style)
    return Strip(segments, strip.cell_length)
