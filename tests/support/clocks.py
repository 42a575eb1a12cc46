"""What one event may do to the clocks of a ticket."""

from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket.events import (
    ActionUndone,
    ServiceStarted,
    TicketReturned,
    TicketTransferred,
    TierChanged,
)
from hallterm.domain.ticket.state import LegKind, Ticket
from hallterm.domain.ticket.words import TicketState


def clocks_due(ticket: Ticket, event: Event) -> list[LegKind]:
    """Return the clocks that an event starts: after service began, or after an absence."""
    if isinstance(event, TicketTransferred) and ticket.state is TicketState.SERVING:
        return [LegKind.TRANSFER]
    if isinstance(event, TicketReturned) and ticket.leg.absent:
        return [LegKind.RETURN]
    return []


def check_clocks(before: Ticket, after: Ticket, fact: Fact) -> None:
    """Check that no clock was stopped or moved, but by a start, a tier put right or an undo."""
    event = fact.event
    if isinstance(event, ActionUndone):
        return
    assert after.arrived_at == before.arrived_at
    assert after.first_shown_at == before.first_shown_at
    for old, new in zip(before.legs, after.legs, strict=False):
        if not isinstance(event, TierChanged):
            assert (new.clock_from, new.budget_s) == (old.clock_from, old.budget_s)
        starts = isinstance(event, ServiceStarted) and old is before.leg
        assert new.started_at == (old.started_at or (fact.at if starts else None))
    added = after.legs[len(before.legs) :]
    assert [leg.kind for leg in added] == clocks_due(before, event)
    assert all((leg.clock_from, leg.started_at) == (fact.at, None) for leg in added)
