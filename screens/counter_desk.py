"""The desk as the counter and the board use it, for one signed-in person."""

from hallterm.desk import calling
from hallterm.desk.board import Board
from hallterm.desk.desk import Desk
from hallterm.desk.dispatching import cost_of_calling
from hallterm.desk.views import CounterView
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import PauseCounter, ReopenCounter
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    Rating,
    UndoReason,
)
from hallterm.screens.desk_port import Answer
from hallterm.words.reasons import explain_cost

QUIET_SECONDS = 5.0
"""How long a view is kept while nothing happens, seconds."""


class CounterDesk:
    """Binds the use cases to one actor; lives on the desk's thread."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._board = Board(desk, actor.roles)
        self._view: CounterView | None = None
        self._seen = (-1, -1)

    def poll(self) -> CounterView:
        """Return the hall as it is now; the same view while nothing has changed."""
        self._desk.refresh()
        # Who is next may change with time alone, so even a quiet hall is laid out now and then.
        stretch = int(self._desk.clock.now().timestamp() // QUIET_SECONDS)
        seen = (self._desk.replica.version, stretch)
        if self._view is None or seen != self._seen:
            self._view, self._seen = self._board.counter(self._actor), seen
        return self._view

    def _after(self, answer: object) -> Answer:
        if isinstance(answer, Refusal):
            return answer
        return self.poll()

    def _act(self, command: Command) -> Answer:
        return self._after(self._desk.act(self._actor, command))

    def call_next(self) -> Answer:
        """Call whoever is next for this counter."""
        return self._after(calling.call_next(self._desk, self._actor))

    def call_given(self, ticket_id: str, reason: OutOfOrderReason | None) -> Answer:
        """Call a certain ticket; out of turn with a reason."""
        return self._after(calling.call_given(self._desk, self._actor, ticket_id, reason))

    def cost(self, ticket_id: str) -> str:
        """Return in words what calling this ticket out of turn would cost; empty: not known."""
        self._desk.refresh()
        cost = cost_of_calling(self._desk, self._actor, ticket_id)
        return explain_cost(cost) if cost else ""

    def recall(self, ticket_id: str) -> Answer:
        """Call out again."""
        return self._act(ticket.RecallTicket(ticket_id=ticket_id))

    def start(self, ticket_id: str) -> Answer:
        """Begin the service."""
        return self._act(ticket.StartService(ticket_id=ticket_id))

    def park(self, ticket_id: str, reason: ParkReason) -> Answer:
        """Set a begun service aside."""
        return self._act(ticket.ParkService(ticket_id=ticket_id, reason=reason))

    def resume(self, ticket_id: str) -> Answer:
        """Take up a parked service."""
        return self._act(ticket.ResumeService(ticket_id=ticket_id))

    def pass_over(self, ticket_id: str) -> Answer:
        """Note that the called customer isn't there."""
        return self._act(ticket.PassOver(ticket_id=ticket_id))

    def transfer(self, ticket_id: str, counter_id: str | None, business_id: str | None) -> Answer:
        """Send the customer on."""
        business = BusinessLine(business_id=business_id) if business_id else None
        return self._act(
            ticket.TransferTicket(ticket_id=ticket_id, counter_id=counter_id, business=business)
        )

    def left(self, ticket_id: str, reason: LeaveReason) -> Answer:
        """Note that the customer went away."""
        return self._act(ticket.CustomerLeft(ticket_id=ticket_id, reason=reason))

    def finish(self, ticket_id: str, outcome: Outcome) -> Answer:
        """Finish, everything handed back."""
        return self._act(ticket.FinishService(ticket_id=ticket_id, outcome=outcome))

    def finish_and_call_next(self, ticket_id: str) -> Answer:
        """Finish and call the next one."""
        return self._after(calling.finish_and_call_next(self._desk, self._actor, ticket_id))

    def undo(self, reason: UndoReason) -> Answer:
        """Take back the last action."""
        return self._after(calling.undo_last(self._desk, self._actor, reason))

    def receive(self, ticket_id: str) -> Answer:
        """Note that a dedicated person has received the VIP."""
        return self._act(ticket.ReceiveCustomer(ticket_id=ticket_id))

    def report_back(self, ticket_id: str) -> Answer:
        """Note that an absent customer is back."""
        return self._act(ticket.ReportBack(ticket_id=ticket_id))

    def rate(self, ticket_id: str, rating: Rating) -> Answer:
        """Write down the customer's own rating; the keypad is the actor, not the clerk."""
        keypad = Actor(self._desk.device, frozenset({Role.KIOSK}))
        return self._after(
            self._desk.act(keypad, ticket.RateService(ticket_id=ticket_id, rating=rating))
        )

    def pause(self, reason: PauseReason) -> Answer:
        """Stop calling for a while."""
        here = self._board.counter(self._actor).counter
        if here is None:
            return refuse("not_at_counter")
        return self._act(PauseCounter(counter_id=here.counter_id, reason=reason))

    def reopen(self) -> Answer:
        """Go on after a pause."""
        here = self._board.counter(self._actor).counter
        if here is None:
            return refuse("not_at_counter")
        return self._act(ReopenCounter(counter_id=here.counter_id))

    def businesses(self) -> list[tuple[str, str]]:
        """Return id and name of each business of the hall."""
        return [(b.id, b.name) for b in self._desk.rules.businesses.values()]
