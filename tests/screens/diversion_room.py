"""The hall of `desk_room` with a queue too long for its one counter, and a hall near."""

from datetime import datetime, time

from hallterm.desk import call_backs
from hallterm.desk.tickets import Issued, TicketDraft
from hallterm.desk.tickets import take as take_draft
from hallterm.domain.diversion.plan import DiversionPlan, Neighbour
from hallterm.domain.tiers import Tier
from hallterm.screens.board import BoardScreen
from hallterm.screens.call_backs import CallBacksScreen
from hallterm.screens.diversions import DiversionsScreen
from tests.screens.desk_room import Room
from tests.support.hall import done, sit, take
from tests.support.rulebook import CLERK, GREETER

NEAR = Neighbour(
    id="near",
    name="车站路营业厅",
    address="车站路 18 号",
    minutes=12,
    opens=time(8, 30),
    closes=time(18),
)


def neighbour(room: Room) -> None:
    """A hall is near."""
    for desk in (room.desk, room.twin):
        update = {"diversion": DiversionPlan(halls=(NEAR,))}
        desk.configuration = desk.configuration.model_copy(update=update)


def crowd(room: Room, count: int = 14) -> list[str]:
    """One counter, and customers who have waited for a while; some promises are broken."""
    sit(room.desk)
    tickets = []
    for place in range(count):
        tickets.append(take(room.desk, Tier.GOTONE if place % 4 == 0 else Tier.STANDARD))
        room.clock.advance(20)
    room.clock.advance(9 * 60)
    return tickets


def known(room: Room, name: str = "李小红") -> str:
    """A customer with a record and a number takes a ticket; answers with its id."""
    now = room.clock.now()
    draft = TicketDraft(now, now, Tier.STANDARD, None, room.ids[name])
    draft.business_ids = ["payment"]
    issued = take_draft(room.desk, GREETER, draft)
    assert isinstance(issued, Issued)
    return issued.ticket.id


def promised(room: Room, *, minutes: int = 90) -> str:
    """A walk-in is promised a call by the clerk; answers with the ticket's id."""
    ticket = take(room.desk)
    due = call_backs.due_of(room.desk, str(minutes))
    assert isinstance(due, datetime)
    done(
        call_backs.accept(
            room.desk,
            GREETER,
            ticket,
            due=due,
            staff_id=CLERK.staff_id,
            phone="13800130001",
        )
    )
    return ticket


def diversions_screen(room: Room) -> DiversionsScreen:
    return DiversionsScreen(room.hall_work().diversions)


def call_backs_screen(room: Room) -> CallBacksScreen:
    return CallBacksScreen(room.hall_work().diversions)


def board_screen(room: Room) -> BoardScreen:
    return BoardScreen(room.hall_work().hall)
