"""Customers are shown other ways, and promised call-backs; numbers are lent."""

from hallterm.desk import call_backs, diversions
from hallterm.domain.call_back.commands import (
    AssignCallBack,
    NoteCalledBack,
    NoteNoAnswer,
    UndoCallBack,
)
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.numbering import LeaseNumbers
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.ticket.commands import AnswerDiversion, OfferDiversion
from hallterm.domain.ticket.words import TicketState, UndoReason
from hallterm.domain.tiers import NUMBER_LETTER
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import CLERK, GREETER


@action(OfferDiversion, AnswerDiversion, weight=3)
def tell(at: Scene) -> object:
    ticket, actor = at.ticket(TicketState.WAITING), at.actor(Role.GREETER, Role.CLERK)
    if ticket is None:
        return None
    ways = list(diversions.possible(at.desk, ticket, actor, at.desk.clock.now()))
    if not ways:
        return None
    answer = at.some((None, False, True))
    return diversions.told(at.desk, actor, ticket.id, at.some(ways), accepted=answer)


@action(OfferDiversion, AnswerDiversion, weight=3)
def promise(at: Scene) -> object:
    ticket = at.ticket(TicketState.WAITING)
    if ticket is None:
        return None
    phone = f"1370000{at.chance.randint(1000, 9999)}"
    return call_backs.accept(at.desk, at.actor(*sorted(FLOOR)), ticket.id, phone=phone)


def _due(at: Scene) -> CallBack | None:
    every = sorted(at.desk.hall.call_backs.values(), key=lambda one: one.id)
    if at.sensible():
        every = [one for one in every if one.is_open]
    return at.some(every) if every else None


@action(AssignCallBack)
def assign(at: Scene) -> object:
    found = _due(at)
    staff_id = at.some((CLERK.staff_id, GREETER.staff_id))
    return found and call_backs.assign(at.desk, at.actor(*sorted(FLOOR)), found.id, staff_id)


@action(NoteNoAnswer)
def no_answer(at: Scene) -> object:
    found = _due(at)
    return found and call_backs.no_answer(at.desk, at.actor(*sorted(FLOOR)), found.id)


@action(NoteCalledBack)
def called_back(at: Scene) -> object:
    found, outcome = _due(at), at.some(CallOutcome)
    return found and call_backs.done(at.desk, at.actor(*sorted(FLOOR)), found.id, outcome)


@action(UndoCallBack, weight=1)
def undo(at: Scene) -> object:
    found, reason = _due(at), at.some(UndoReason)
    return found and call_backs.undo(at.desk, at.actor(*sorted(FLOOR)), found.id, reason)


@action(LeaseNumbers, weight=4)
def lend(at: Scene) -> object:
    letters = at.chance.sample(sorted(NUMBER_LETTER.values()), at.chance.randint(1, 3))
    counts = tuple((letter, at.chance.randint(1, 4)) for letter in letters)
    return at.desk.act(at.machine, LeaseNumbers(lease_id=at.desk.new_id(), counts=counts))
