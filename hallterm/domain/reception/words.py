"""The closed sets of words in which a reception is told."""

from enum import StrEnum


class ReceptionState(StrEnum):
    """Where a reception stands (接待状态)."""

    OFFERED = "offered"
    """待接: somebody was asked, nobody has it."""
    ESCALATED = "escalated"
    """催接: not answered in time; the next one and the duty manager are asked too."""
    ACCEPTED = "accepted"
    """接待中."""
    CLOSED = "closed"
    """结束."""


WAITING_STATES = frozenset({ReceptionState.OFFERED, ReceptionState.ESCALATED})
"""States in which the customer is nobody's."""


class ReleaseReason(StrEnum):
    """Why a receiver gives a reception back (交出原因), in the order of the digits."""

    HAND_OVER = "hand_over"
    """Handed to a named colleague."""
    CALLED_AWAY = "called_away"
    SHIFT_ENDS = "shift_ends"
    WRONG_CUSTOMER = "wrong_customer"
    UNDONE = "undone"
    """What had made it accepted was taken back."""


class CloseReason(StrEnum):
    """How a reception ended (结束原因)."""

    SEEN_OFF = "seen_off"
    """送别: thanked, seen to the door, watched leave."""
    LEFT = "left"
    """The customer went away before the end."""
    NOT_VIP = "not_vip"
    """Turned out not to be a VIP."""
    VOID = "void"
    """The ticket was issued by mistake."""
    SETTLED = "settled"
    """Closed with the day."""
