"""How many wait, by tier, and how many promises are short or broken."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import HallView, Moment, TicketRow
from hallterm.domain.ticket.promise import PromiseWord
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, line, width
from hallterm.screens.reading import read
from hallterm.words import _
from hallterm.words.terms import term


class Totals(Widget):
    """One line of figures."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "totals--label",
        "totals--value",
        "totals--short",
        "totals--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Sequence[TicketRow] = ()
        self._others: Counter[TicketState] = Counter()
        self._words: Counter[PromiseWord] = Counter()

    def show(self, hall: HallView, moment: Moment) -> None:
        """Count a new view."""
        self._waiting = hall.waiting
        self._others = Counter(row.state for row in hall.others)
        self._words = self._count(moment)
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Count promises again; repaints only when a figure changes."""
        words = self._count(moment)
        if words != self._words:
            self._words = words
            self.refresh()

    def _count(self, moment: Moment) -> Counter[PromiseWord]:
        now = moment.seconds
        return Counter(read(row.service, now).word for row in self._waiting)

    def render(self) -> Text:
        """Lay out the figures; a state's colour only where there is one to see."""
        style = self.get_component_rich_style
        label, value = style("totals--label"), style("totals--value")
        tiers = Counter(row.tier for row in self._waiting)
        left: list[Piece] = [(_(" 等候 "), label), (f"{len(self._waiting)}   ", value)]
        for tier in Tier:
            left += [(f"{term(tier)} ", label), (f"{tiers[tier]}   ", value)]
        ending: list[Piece] = []
        for word, name in ((PromiseWord.SHORT, "short"), (PromiseWord.OVERDUE, "overdue")):
            count = self._words[word]
            look = style(f"totals--{name}") if count else label
            ending += [(f"{term(word)} ", look if count else label), (f"{count}  ", look)]
        room = self.size.width - sum(width(text) for text, _style in (*left, *ending))
        for state in (TicketState.PARKED, TicketState.ABSENT):
            pieces: list[Piece] = [(f"{term(state)} ", label), (f"{self._others[state]}   ", value)]
            room -= sum(width(text) for text, _style in pieces)
            if self._others[state] and room >= 0:
                left += pieces
        return line(left, self.size.width, ending)
