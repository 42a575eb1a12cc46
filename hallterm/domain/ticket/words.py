"""The closed sets of words in which a ticket's life is told."""

from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands (票的状态)."""

    WAITING = "waiting"
    """等候."""
    CALLED = "called"
    """已叫号: called to a counter, not yet there."""
    SERVING = "serving"
    """办理中."""
    PARKED = "parked"
    """挂起: service begun and set aside."""
    ABSENT = "absent"
    """过号: called, wasn't there; comes back after some customers."""
    DONE = "done"
    """办结."""
    LEFT = "left"
    """离开: the customer went away, or didn't come when called too often."""
    SETTLED = "settled"
    """日结: closed by a manager at the end of the day."""
    VOID = "void"
    """作废: issued by mistake."""


OPEN_STATES = frozenset(
    {
        TicketState.WAITING,
        TicketState.CALLED,
        TicketState.SERVING,
        TicketState.PARKED,
        TicketState.ABSENT,
    }
)
"""States of a ticket whose matter is not ended (首问负责: somebody owns it)."""


class HelpFlag(StrEnum):
    """Customers who get active help (S1 §20)."""

    OLD = "old"
    DISABLED = "disabled"
    PREGNANT = "pregnant"


class Outcome(StrEnum):
    """How a service ended (办理结果)."""

    COMPLETED = "completed"
    """办妥."""
    DECLINED = "declined"
    """客户放弃: the customer decided against it."""
    DOCUMENTS_MISSING = "documents_missing"
    """资料不齐."""
    NOT_POSSIBLE_HERE = "not_possible_here"
    """营业厅原因未办: system fault, out of stock; an appointment follows (S0)."""


class Rating(StrEnum):
    """What the customer pressed on the keypad (满意度)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class PauseReason(StrEnum):
    """Why a counter is paused (暂停原因), shown on the board."""

    BREAK = "break"
    LUNCH = "lunch"
    MEETING = "meeting"
    BACK_OFFICE = "back_office"
    EQUIPMENT = "equipment"


class UndoReason(StrEnum):
    """Why an action is undone (撤销原因)."""

    WRONG_KEY = "wrong_key"
    WRONG_CUSTOMER = "wrong_customer"
    CUSTOMER_CAME_BACK = "customer_came_back"
    OTHER = "other"


class ParkReason(StrEnum):
    """Why a service is set aside (挂起原因)."""

    DOCUMENTS = "documents"
    """The customer fetches or copies something."""
    FORM = "form"
    """The customer fills in a form."""
    SYSTEM = "system"
    """The business system is slow or down."""
    MANAGER = "manager"
    """Waits for a manager."""


class LeaveReason(StrEnum):
    """Why a customer left before the end (离开原因)."""

    WAITED_TOO_LONG = "waited_too_long"
    DIVERTED = "diverted"
    """Sent to self-service, another hall, a call-back (分流)."""
    NO_DOCUMENTS = "no_documents"
    OWN_REASONS = "own_reasons"
    NO_SHOW = "no_show"
    """Called too often without an answer."""


class SettleReason(StrEnum):
    """Why a ticket still open at the end of the day is closed (日结原因)."""

    CUSTOMER_GONE = "customer_gone"
    APPOINTMENT_MADE = "appointment_made"
    HANDED_OVER = "handed_over"
    """Handed to a named colleague or the next shift (交接)."""
    LEFT_OPEN = "left_open"
    """The day was never closed; the next day's first action settled it."""


class OutOfOrderReason(StrEnum):
    """Why somebody was called before their turn (插队原因)."""

    HELP_NEEDED = "help_needed"
    COMES_BACK = "comes_back"
    QUICK_MATTER = "quick_matter"
    MANAGER_ASKED = "manager_asked"
