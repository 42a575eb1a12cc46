"""The closed sets of words in which a diversion is told."""

from enum import StrEnum


class Way(StrEnum):
    """Where a customer can be sent (分流去向), in the order in which they are offered."""

    COUNTER = "counter"
    """Another counter that is free; the customer stays in the hall."""
    SELF_SERVICE = "self_service"
    """自助终端."""
    CALL_BACK = "call_back"
    """回电: the hall phones the customer by a promised time."""
    APPOINTMENT = "appointment"
    """预约: the customer comes again at a time that was agreed."""
    OTHER_HALL = "other_hall"
    """邻近营业厅."""


class OfferState(StrEnum):
    """Where an offer to go elsewhere stands (分流的答复)."""

    OPEN = "open"
    """等答复: the customer thinks it over."""
    ACCEPTED = "accepted"
    """同意."""
    DECLINED = "declined"
    """不同意."""


STAYS = frozenset({Way.COUNTER})
"""Ways with which the ticket goes on in this hall; any other ends it."""
WITH_TARGET = frozenset({Way.COUNTER, Way.OTHER_HALL})
"""Ways that lead to one of several places, which an offer names."""
