"""What the ticket desk may still change."""

from hallterm.domain.ticket.words import TicketState

CHANGEABLE = frozenset({TicketState.WAITING, TicketState.ABSENT, TicketState.CALLED})
"""States in which a tier is still put right or a customer comes back."""
