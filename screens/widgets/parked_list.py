"""Tickets this counter has set aside (挂起)."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import TicketRow
from hallterm.screens.cells import Piece, fit, line, plain
from hallterm.words import _

_LABEL = 10


class ParkedList(Widget):
    """One line with the numbers of parked tickets; no line when there is none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"parked--label", "parked--value"}

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[TicketRow] = ()

    def show(self, rows: Sequence[TicketRow]) -> None:
        """Show these tickets."""
        self._rows = rows
        self.display = bool(rows)
        self.refresh()

    def render(self) -> Text:
        """Lay out the numbers."""
        label = self.get_component_rich_style("parked--label")
        value = self.get_component_rich_style("parked--value")
        pieces: list[Piece] = [(f" {fit(_('挂起'), _LABEL - 1)}", label)]
        for row in self._rows:
            pieces += [(f"{plain(row.number)} ", value), (f"{plain(row.businesses[0])}   ", label)]
        return line(pieces, self.size.width)
