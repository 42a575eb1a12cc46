"""The closed sets of words in which an appointment is told."""

from enum import StrEnum


class AppointmentState(StrEnum):
    """Where an appointment stands (预约状态)."""

    BOOKED = "booked"
    """已约."""
    LATE = "late"
    """迟到: the grace after the appointed time is over and nobody has come."""
    ARRIVED = "arrived"
    """已到: a ticket was taken for it."""
    MISSED = "missed"
    """爽约: never came."""
    CANCELLED = "cancelled"
    """取消."""


EXPECTED_STATES = frozenset({AppointmentState.BOOKED, AppointmentState.LATE})
"""States in which the customer is still to come."""

HOLDING_STATES = EXPECTED_STATES | {AppointmentState.ARRIVED}
"""States that take up a place of the slot."""


class Channel(StrEnum):
    """How it was booked (预约方式)."""

    PHONE = "phone"
    """电话: what may be booked so, and by whom, is limited (S0 §2.2.2.3)."""
    IN_HALL = "in_hall"
    """当面: at a counter or with the greeter, such as for the next visit."""


class CancelReason(StrEnum):
    """Why an appointment is cancelled (取消原因), in the order of the digits."""

    CUSTOMER = "customer"
    """The customer called it off."""
    NOT_NEEDED = "not_needed"
    """Done in another way: by phone, self-service, on site."""
    HALL = "hall"
    """The hall can't keep it; the customer was told."""
    MISTAKE = "mistake"
    """Booked by mistake."""
