"""A call-back as it stands."""

from datetime import date, datetime
from typing import Self

from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.frozen import Frozen


class CallBack(Frozen):
    """One promise to phone a customer."""

    id: str
    ticket_id: str
    number: str
    """Number of the ticket that it came from."""
    day: date
    """Business day of the promise."""
    person_id: str | None = None
    note_id: str | None = None
    """Note that holds the number to call, when the customer has no record."""
    state: CallBackState = CallBackState.DUE
    promised_at: datetime
    due_at: datetime
    """Promised to the customer: by then somebody has called."""
    again_at: datetime | None = None
    """After a call that nobody answered: when to try again."""
    staff_id: str
    """工号 of who calls."""
    tries: int = 0
    """Calls that nobody answered."""
    first_called_at: datetime | None = None
    """First call, answered or not; the promise is judged by it."""
    outcome: CallOutcome | None = None
    closed_at: datetime | None = None
    closed_day: date | None = None
    """Business day on which it ended."""
    last_by: str
    """工号 of who acted last, who may take that back."""
    before: Self | None = None
    """The call-back before the last action, for undo; one step only."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to call."""
        return self.state is CallBackState.DUE

    @property
    def call_at(self) -> datetime:
        """When to call next, at the latest."""
        return self.again_at or self.due_at

    @property
    def in_time(self) -> bool | None:
        """Whether the promise was kept; None: nobody has called yet."""
        return None if self.first_called_at is None else self.first_called_at <= self.due_at
