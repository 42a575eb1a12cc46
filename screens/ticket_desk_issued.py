"""The ticket just issued: number, people ahead and expected wait, to be read from afar."""

import math
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from hallterm.domain.ticket.words import TicketState
from hallterm.screens.cells import plain
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.big_figures import BigFigures, Figure
from hallterm.words import _, joined
from hallterm.words.durations import likely_minutes
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.tickets import Issued

_MINUTE = 60


class IssuedPanel(Vertical):
    """Stands under the field until the next customer is typed."""

    def __init__(self, bars: Bars) -> None:
        super().__init__(id="issued")
        self._bars = bars

    def compose(self) -> ComposeResult:
        """Yield the words and the figures."""
        yield Static(id="issued-head", markup=False)
        yield BigFigures(self._bars)
        yield Static(id="issued-range", markup=False)
        yield Static(id="issued-notes", markup=False)

    def show(self, issued: "Issued", customer: str) -> None:
        """Show a ticket."""
        ticket = issued.ticket
        tier = tier_and_grade(ticket.tier, ticket.grade)
        businesses = joined(issued.business_names)
        waiting = ticket.state is TicketState.WAITING
        state = "" if waiting else f"   {term(ticket.state)}"
        head = f" {ticket.number}   {tier}   {customer}   {businesses}{state}"
        self.query_one("#issued-head", Static).update(plain(head))
        figures = [Figure(_("号码"), ticket.number)]
        if waiting:
            minutes = max(math.ceil(issued.expected_wait / _MINUTE), 1)
            figures.append(Figure(_("前面几位"), str(issued.ahead)))
            figures.append(Figure(_("预计等几分钟"), str(minutes)))
        self.query_one(BigFigures).show(tuple(figures))
        missing = joined(issued.documents_missing)
        likely = likely_minutes(issued.expected_low, issued.expected_high)
        self.query_one("#issued-range", Static).update(plain(f" {likely}"))
        notes = [_("请备齐：{names}").format(names=missing)] if missing else []
        self.query_one("#issued-notes", Static).update(plain(" " + "".join(notes)))
