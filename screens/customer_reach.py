"""How screens that show tickets reach the customer and the ticket desk's deeds."""

from typing import TYPE_CHECKING, Any

from hallterm.desk.views import TicketRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.choice_list import Choice

if TYPE_CHECKING:
    from hallterm.screens.ticket_desk_tier import TicketFlow


def flow_of(screen: Keyed[Any, Any]) -> "TicketFlow | None":
    """Return what asks and acts for a ticket on this screen; None before anybody signed in."""
    work = screen.shell.work
    if work is None:
        return None
    from hallterm.screens.ticket_desk_tier import TicketFlow  # noqa: PLC0415 - loads the store

    return TicketFlow(screen, work.tickets, work.search, work.customers)


def more_offers(screen: Keyed[Any, Any], row: TicketRow) -> list[Choice[str]]:
    """Return what else can be done with a ticket: card shown late, tier, print, customer."""
    if screen.shell.work is None:
        return []
    from hallterm.screens.ticket_desk_tier import offers  # noqa: PLC0415 - loads the store

    return [choice for choice in offers(row) if choice.value != "back"]


async def carry_out(screen: Keyed[Any, Any], chosen: str, row: TicketRow) -> None:
    """Do one of `more_offers`."""
    flow = flow_of(screen)
    if flow is not None:
        await flow.carry_out(chosen, row)
