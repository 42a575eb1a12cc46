"""What can be done next, each thing at its digit, in columns; what can't yet is dim, with why."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from hallterm.screens.cells import fit, plain

MOST = 9
_COLUMN = 26


class ActGrid(Widget):
    """Up to nine things to do; pressing a digit is the screen's matter."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"acts--digit", "acts--title", "acts--off"}

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[tuple[str, bool], ...] = ()
        self._empty = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What is offered, in the order of the digits."""
        return tuple(title for title, _works in self._titles)

    def show(self, titles: Sequence[tuple[str, bool]], empty: str = "") -> None:
        """Show things to do, each with whether it works now."""
        found = tuple(titles[:MOST])
        if (found, empty) != (self._titles, self._empty):
            self._titles, self._empty = found, empty
            self.refresh(layout=True)

    def _columns(self, cells: int) -> int:
        return max(min(cells // _COLUMN, MOST), 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the columns leave."""
        del container, viewport
        columns = self._columns(width)
        return max(-(-len(self._titles) // columns), 1)

    def render_line(self, y: int) -> Strip:
        """Draw one line of things to do."""
        cells = self.size.width
        style = self.get_component_rich_style
        if not self._titles:
            words = fit(f" {plain(self._empty)}", cells) if y == 0 else " " * cells
            return Strip([Segment(words, style("acts--off"))], cells)
        columns = self._columns(cells)
        room = cells // columns
        segments = []
        for place in range(y * columns, min((y + 1) * columns, len(self._titles))):
            segments += self._one(place, room, style("acts--digit"))
        return Strip(segments).adjust_cell_length(cells, self.rich_style)

    def _one(self, place: int, room: int, digit: Style) -> list[Segment]:
        title, works = self._titles[place]
        look = self.get_component_rich_style("acts--title" if works else "acts--off")
        return [
            Segment(f" {place + 1} ", digit if works else look),
            Segment(fit(plain(title), room - 3), look),
        ]
