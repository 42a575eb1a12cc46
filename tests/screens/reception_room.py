"""The hall of `desk_room` with a roster and a VIP at the door."""

from hallterm.desk import calling, checklists, receptions
from hallterm.desk.checklists import Checklists
from hallterm.desk.tickets import Issued, TicketDraft, take
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.ticket.words import Outcome
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.checklists import ChecklistsScreen
from hallterm.screens.reception import ReceptionScreen
from hallterm.screens.receptions import ReceptionsScreen
from tests.screens.desk_room import Room
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, FIRST, GREETER


def roster(room: Room) -> None:
    """Clerk first, then the colleague."""
    on_duty = (CLERK.staff_id, COLLEAGUE.staff_id)
    done(receptions.set_roster(room.desk, DUTY_MANAGER, on_duty))


def vip(room: Room, name: str = "张伟", grade: Grade = Grade.GOLD) -> str:
    """A VIP takes a ticket; answers with its id."""
    now = room.clock.now()
    draft = TicketDraft(now, now, Tier.VIP, grade, room.ids[name])
    draft.business_ids = ["payment"]
    issued = take(room.desk, GREETER, draft)
    assert isinstance(issued, Issued)
    tickets = room.desk.hall.tickets.values()
    return next(t.id for t in tickets if t.person_id == room.ids[name] and t.shown_at == now)


def ready_to_go(room: Room, ticket_id: str) -> None:
    """The colleague has received the customer, served them, and left no required step open."""
    desk = room.desk
    done(receptions.accept(desk, COLLEAGUE, ticket_id))
    served(room, ticket_id)
    view = Checklists(desk).view(ticket_id, COLLEAGUE)
    assert view is not None
    for step in view.steps:
        if step.required and step.is_open:
            done(checklists.skip(desk, COLLEAGUE, ticket_id, step.step_id, SkipReason.HURRIED))


def served(room: Room, ticket_id: str, outcome: Outcome = Outcome.COMPLETED) -> None:
    """The colleague serves the customer to the end at the first counter."""
    desk = room.desk
    done(desk.act(COLLEAGUE, TakeCounter(counter_id=FIRST, session_id="s2")))
    done(calling.call_next(desk, COLLEAGUE))
    done(desk.act(COLLEAGUE, StartService(ticket_id=ticket_id)))
    done(desk.act(COLLEAGUE, FinishService(ticket_id=ticket_id, outcome=outcome)))


def reception(room: Room, ticket_id: str) -> ReceptionScreen:
    return ReceptionScreen(room.hall_work().receptions, ticket_id)


def receptions_screen(room: Room) -> ReceptionsScreen:
    return ReceptionsScreen(room.hall_work().receptions)


def checklists_screen(room: Room) -> ChecklistsScreen:
    return ChecklistsScreen(room.hall_work().receptions.checklists)
