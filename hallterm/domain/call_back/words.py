"""The closed sets of words in which a call-back is told."""

from enum import StrEnum


class CallBackState(StrEnum):
    """Where a call-back stands (回电状态)."""

    DUE = "due"
    """待回电."""
    DONE = "done"
    """已回电: the customer was reached."""
    NOT_REACHED = "not_reached"
    """没联系上: called as often as the hall does, nobody answered."""
    WITHDRAWN = "withdrawn"
    """撤回: the promise itself was taken back."""


class CallOutcome(StrEnum):
    """What came of the call (回电结果), in the order of the digits."""

    SETTLED = "settled"
    """办妥、答复了."""
    COMES_AGAIN = "comes_again"
    """客户再来."""
    BOOKED = "booked"
    """约了时间."""
    NOT_WANTED = "not_wanted"
    """客户不需要了."""
