"""What the ticket desk may still change."""

from hallterm.desk.views import TicketRow
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.widgets.choice_list import Choice
from hallterm.words import _

CHANGEABLE = frozenset({TicketState.WAITING, TicketState.ABSENT, TicketState.CALLED})
"""States in which a tier is still put right or a customer comes back."""


def back_choice(row: TicketRow) -> Choice[str]:
    """Return the choice "the customer is back", with what it does to this ticket's clock."""
    new, old = _("回到队里，另起一个时限"), _("回到队里，时限照原来的算，不另起")
    return Choice("back", _("客户回来了"), new if row.new_clock_on_return else old)
