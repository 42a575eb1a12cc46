"""A hall with a neighbour, and the commands of diversion."""

from dataclasses import replace
from datetime import timedelta

from hallterm.domain.call_back import commands as calls
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.diversion.plan import DiversionPlan, Neighbour
from hallterm.domain.diversion.words import Way
from hallterm.domain.hall import Rules
from hallterm.domain.ticket.commands import AnswerDiversion, CallBackPlan, OfferDiversion
from hallterm.domain.ticket.words import UndoReason
from tests.support.rulebook import CLERK, GREETER
from tests.support.scene import Scene

NEIGHBOUR = Neighbour(
    id="station",
    name="车站路营业厅",
    address="车站路 18 号",
    minutes=12,
    businesses=("payment", "suspend"),
)


class DivertingScene(Scene):
    """The test hall with another hall near."""

    @property
    def rules(self) -> Rules:
        """What decisions are made under."""
        return replace(super().rules, diversion=DiversionPlan(halls=(NEIGHBOUR,)))

    def promised(self, person_id: str = "p1", **changes: object) -> str:
        """A customer has taken a call-back, which is called cb1; returns the ticket."""
        ticket = self.take(person_id=person_id)
        self.do(GREETER, offer(ticket, Way.CALL_BACK))
        self.do(GREETER, answer(ticket, Way.CALL_BACK, call_back=plan(self, **changes)))
        return ticket

    def spoken(self, outcome: CallOutcome) -> None:
        """The clerk has reached the customer."""
        self.do(CLERK, calls.NoteCalledBack(call_back_id="cb1", outcome=outcome))

    def unspoken(self) -> None:
        """The clerk takes that back."""
        self.do(CLERK, calls.UndoCallBack(call_back_id="cb1", reason=UndoReason.WRONG_KEY))


def offer(ticket: str, way: Way, target: str | None = None) -> OfferDiversion:
    return OfferDiversion(ticket_id=ticket, way=way, target=target)


def answer(
    ticket: str,
    way: Way,
    target: str | None = None,
    *,
    accepted: bool = True,
    call_back: CallBackPlan | None = None,
) -> AnswerDiversion:
    return AnswerDiversion(
        ticket_id=ticket, way=way, target=target, accepted=accepted, call_back=call_back
    )


def plan(scene: Scene, **changes: object) -> CallBackPlan:
    """The clerk calls within two hours."""
    due = scene.now + timedelta(hours=2)
    made = CallBackPlan(call_back_id="cb1", due_at=due, staff_id=CLERK.staff_id)
    return made.model_copy(update=changes)


def call_backs(scene: Scene) -> list[CallBack]:
    return list(scene.hall.call_backs.values())
