"""A long list in columns: one line an item, a cursor, a heading that stays."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, cast

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.screens.cells import fit, plain, width
from hallterm.screens.commands.everywhere import LIST_KEYS

T = TypeVar("T")

Cell = tuple[str, str]
"""A text in its final width, and the name of its style: label, value, strong, short, overdue …"""

Layout = Callable[[T, int], Sequence[Cell]]
"""Lays an item out in so many cells."""


class LineList(ScrollView, Generic[T], can_focus=True):
    """Draws only the lines that are visible; ten thousand items cost nothing.

    layout: makes the line of an item.
    heading: makes the first line, in so many cells; None: there is no heading.
    empty: words when there is nothing to list.
    steady: whether the cursor is seen while another widget has the keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--label",
        "lines--value",
        "lines--strong",
        "lines--in-time",
        "lines--short",
        "lines--overdue",
        "lines--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor stands on another item, or the items are others."""

        index: int

    def __init__(
        self,
        layout: Layout[T],
        heading: Callable[[int], Sequence[Cell]] | None = None,
        empty: str = "",
        *,
        steady: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(id=id)
        self._layout = layout
        self._heading = heading
        self._empty = empty
        self._steady = steady
        self._items: tuple[T, ...] = ()
        self._top = 0
        self.index = 0

    @property
    def items(self) -> tuple[T, ...]:
        """What is listed."""
        return self._items

    @property
    def cursor(self) -> T | None:
        """The item under the cursor."""
        return self._items[self.index] if self.index < len(self._items) else None

    def replace(
        self,
        items: Sequence[T],
        empty: str | None = None,
        *,
        keep: bool = False,
        same: Callable[[T], object] | None = None,
    ) -> None:
        """List other items.

        keep: leave the cursor on the line it stands on; otherwise it goes to the first.
        same: what tells an item from the others; with `keep`, the cursor goes along with its item
        and stays on its line only when the item has gone.
        """
        before = self.cursor
        self._items = tuple(items)
        self._empty = self._empty if empty is None else empty
        self.index = min(self.index, max(len(self._items) - 1, 0)) if keep else 0
        if keep and same is not None and before is not None:
            wanted = same(before)
            places = (place for place, item in enumerate(self._items) if same(item) == wanted)
            self.index = next(places, self.index)
        self._top = self._top if keep else 0
        self._put(self.index)

    @property
    def _room(self) -> int:
        return max(self.size.height - (self._heading is not None), 1)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor, unless it is steady."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self.size.height)
        self._put(self.index)

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self._put(self.index + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._put(self.index + by * self._room)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last item."""
        self._put(0 if end < 0 else len(self._items) - 1)

    def _put(self, index: int) -> None:
        last = max(len(self._items) - 1, 0)
        self.index = max(min(index, last), 0)
        least = max(self.index - self._room + 1, 0)
        self._top = min(max(self._top, least), self.index, max(last - self._room + 1, 0))
        self.refresh()
        if self.is_mounted:
            self.post_message(self.Moved(self.index))

    def render_line(self, y: int) -> Strip:
        """Draw the heading, an item, or the words for nothing."""
        cells = self.size.width
        if self._heading is not None:
            if y == 0:
                return self._strip([(" ", "label"), *self._heading(cells - 1)], cells)
            y -= 1
        if not self._items and y == 0:
            return self._strip([(f" {plain(self._empty)}", "label")], cells)
        index = self._top + y
        if index >= len(self._items):
            return Strip.blank(cells, self.rich_style)
        at_cursor = index == self.index and (self._steady or self.has_focus)
        sign = ">" if at_cursor else " "
        line = [(sign, "strong"), *self._layout(self._items[index], cells - 1)]
        return self._strip(line, cells, cursor=at_cursor)

    def _strip(self, line: Sequence[Cell], cells: int, *, cursor: bool = False) -> Strip:
        style = self.get_component_rich_style
        over = style("lines--cursor") if cursor else None
        segments = []
        for text, kind in line:
            look = style(f"lines--{kind}")
            segments.append(Segment(text, look + over if over else look))
        return Strip(segments).adjust_cell_length(cells, over or self.rich_style)


def heading(columns: Iterable[tuple[str, int]], last: str, cells: int) -> Sequence[Cell]:
    """Return the head of a list: names in their columns' widths, the last one in what is left."""
    named = [(fit(text, room), "label") for text, room in columns]
    rest = cells - sum(width(text) for text, _look in named)
    return [*named, (fit(last, max(rest, 0)), "label")]


def list_of(widget: object) -> "LineList[object]":
    """Return a queried list with the type that a query can't give."""
    return cast("LineList[object]", widget)
