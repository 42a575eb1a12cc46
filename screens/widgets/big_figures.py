"""Numbers that can be read from two metres: five lines high, painted in blanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.screens.cells import fit, plain, width
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.figures import ROWS, figure_row

_PAPER = Style()
_GAP = 6
"""Cells between two figures."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it means."""

    caption: str
    text: str
    """Digits and the letters A, G, V."""


class BigFigures(Widget):
    """A row of figures, captions above them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--caption", "figures--paint", "figures--sign"}

    def __init__(self, bars: Bars, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._bars = bars
        self._figures: tuple[Figure, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is shown."""
        return self._figures

    def show(self, figures: Sequence[Figure]) -> None:
        """Show other figures."""
        self._figures = tuple(figures)
        self.refresh()

    def _rows(self, text: str, dot: int) -> list[Text]:
        paint = self.get_component_rich_style("figures--paint")
        sign = self.get_component_rich_style("figures--sign")
        full = {Bars.PAINT: " ", Bars.ASCII: "#", Bars.BLOCKS: "█"}[self._bars]
        ink = paint if self._bars is Bars.PAINT else sign
        rows = []
        for number in range(ROWS):
            row = Text(no_wrap=True, end="")
            for segment in figure_row(text, number, 1, ink, _PAPER):
                inked = segment.style is ink
                row.append((full if inked else " ") * dot, ink if inked else _PAPER)
            rows.append(row)
        return rows

    def _columns(self, dot: int) -> list[tuple[str, list[Text], int]]:
        columns = []
        for figure in self._figures:
            rows = self._rows(figure.text, dot)
            caption = plain(figure.caption)
            columns.append((caption, rows, max(rows[0].cell_len, width(caption))))
        return columns

    def render(self) -> Text:
        """Lay the figures out side by side; narrow dots where the wide ones don't fit."""
        columns = self._columns(2)
        if sum(cells + _GAP for _, _, cells in columns) > self.size.width:
            columns = self._columns(1)
        caption = self.get_component_rich_style("figures--caption")
        result = Text(no_wrap=True, end="")
        for words, _rows, cells in columns:
            result.append(" " + fit(words, cells + _GAP - 1), caption)
        result.append("\n")
        for number in range(ROWS):
            result.append("\n ")
            for _words, rows, cells in columns:
                result.append_text(rows[number])
                result.append(" " * (cells + _GAP - rows[number].cell_len))
        return result
