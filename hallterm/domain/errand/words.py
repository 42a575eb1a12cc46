"""The closed sets of words in which an errand is told."""

from enum import StrEnum


class ErrandKind(StrEnum):
    """What it is (种类), in the order of the digits."""

    ON_SITE = "on_site"
    """上门办理."""
    DELIVERY = "delivery"
    """配送."""


class ErrandState(StrEnum):
    """Where an errand stands (状态)."""

    PLANNED = "planned"
    """已约."""
    CALLED = "called"
    """已电联: the customer was called ahead and expects somebody."""
    UNDERWAY = "underway"
    """在途."""
    MISSED = "missed"
    """未遇: nobody was there."""
    DONE = "done"
    """办妥."""
    CANCELLED = "cancelled"
    """取消."""


OPEN_ERRANDS = frozenset(
    {ErrandState.PLANNED, ErrandState.CALLED, ErrandState.UNDERWAY, ErrandState.MISSED}
)
"""States in which the matter is not ended (首问负责: somebody owns it)."""


class AheadOutcome(StrEnum):
    """What the call ahead said (电联结果), in the order of the digits."""

    AGREED = "agreed"
    """Somebody will be there."""
    NO_ANSWER = "no_answer"


class ErrandOutcome(StrEnum):
    """How it ended on the spot (办理结果), in the order of the digits."""

    COMPLETED = "completed"
    """办妥, or handed over."""
    DECLINED = "declined"
    """The customer decided against it."""
    NOT_POSSIBLE = "not_possible"
    """Could not be done there either; the customer was told what comes next."""


class ErrandCancel(StrEnum):
    """Why it is cancelled (取消原因), in the order of the digits."""

    CUSTOMER = "customer"
    """The customer called it off."""
    DONE_OTHERWISE = "done_otherwise"
    """Done in the hall or by another way."""
    UNREACHABLE = "unreachable"
    """Not reached, again and again."""
    MISTAKE = "mistake"
    """Entered by mistake."""


class ErrandNote(StrEnum):
    """What is noted in the persons' room."""

    ADDRESS = "address"
    """地址."""
    CONTACT = "contact"
    """联系人."""
    PHONE = "phone"
    """联系电话."""
    BRING = "bring"
    """携带物品."""
    REMARK = "remark"
    """备注."""
