"""What the counter and the board ask of the desk. They run it on the desk's worker thread."""

from typing import Protocol

from hallterm.desk.views import CounterView
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import (
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    Rating,
    UndoReason,
)

Answer = CounterView | Refusal
"""The hall after the command, durable; or why it was not carried out."""


class HallDesk(Protocol):
    """The signed-in person's door to the desk."""

    def poll(self) -> CounterView:
        """Return the hall as it is now; other processes' changes are in it."""
        ...

    def call_next(self) -> Answer:
        """Call whoever is next for this counter."""
        ...

    def call_given(self, ticket_id: str, reason: OutOfOrderReason | None) -> Answer:
        """Call a certain ticket; out of turn with a reason."""
        ...

    def cost(self, ticket_id: str) -> str:
        """Return in words what calling this ticket out of turn would cost; empty: not known."""
        ...

    def recall(self, ticket_id: str) -> Answer:
        """Call out again."""
        ...

    def start(self, ticket_id: str) -> Answer:
        """Begin the service."""
        ...

    def park(self, ticket_id: str, reason: ParkReason) -> Answer:
        """Set a begun service aside."""
        ...

    def resume(self, ticket_id: str) -> Answer:
        """Take up a parked service."""
        ...

    def pass_over(self, ticket_id: str) -> Answer:
        """Note that the called customer isn't there."""
        ...

    def transfer(self, ticket_id: str, counter_id: str | None, business_id: str | None) -> Answer:
        """Send the customer on."""
        ...

    def left(self, ticket_id: str, reason: LeaveReason) -> Answer:
        """Note that the customer went away."""
        ...

    def finish(self, ticket_id: str, outcome: Outcome) -> Answer:
        """Finish, everything handed back."""
        ...

    def finish_and_call_next(self, ticket_id: str) -> Answer:
        """Finish and call the next one."""
        ...

    def undo(self, reason: UndoReason) -> Answer:
        """Take back the last action."""
        ...

    def receive(self, ticket_id: str) -> Answer:
        """Note that a dedicated person has received the VIP."""
        ...

    def report_back(self, ticket_id: str) -> Answer:
        """Note that an absent customer is back."""
        ...

    def rate(self, ticket_id: str, rating: Rating) -> Answer:
        """Write down the customer's own rating."""
        ...

    def pause(self, reason: PauseReason) -> Answer:
        """Stop calling for a while."""
        ...

    def reopen(self) -> Answer:
        """Go on after a pause."""
        ...

    def businesses(self) -> list[tuple[str, str]]:
        """Return id and name of each business of the hall."""
        ...
