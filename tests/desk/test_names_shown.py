"""How much of a customer's name the lists show: by role, like the finder and the file."""

from datetime import timedelta

import pytest

from hallterm.desk import appointments, call_backs, errands, persons, reception_history
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.board import Board
from hallterm.desk.call_back_board import CallBacks
from hallterm.desk.desk import Desk
from hallterm.desk.person_views import view_of
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.words import Channel
from hallterm.domain.errand.words import ErrandKind, ErrandNote
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import reading
from hallterm.store.persons.records import get_many
from tests.support.appointments import TEN
from tests.support.hall import done
from tests.support.rulebook import ADMINISTRATOR, CLERK, GREETER, KIOSK, STORE_MANAGER


@pytest.fixture
def guest(desk: Desk) -> str:
    """Id of a known VIP who waits."""
    details = {"name": "张伟", "phone": "13800131234"}
    known = persons.record(desk, CLERK, details, ConsentWay.SPOKEN)
    assert not isinstance(known, Refusal)
    now = desk.clock.now()
    command = TakeTicket(
        ticket_id=desk.new_id(),
        tier=Tier.VIP,
        grade=Grade.GOLD,
        person_id=known.person_id,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(GREETER, command))
    return known.person_id


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        (CLERK, "张伟"),
        (GREETER, "张伟"),
        (STORE_MANAGER, "张伟"),
        (ADMINISTRATOR, "张*"),
        (KIOSK, "张*"),
    ],
)
def test_board_and_receptions_show_the_name_that_the_file_shows(
    desk: Desk, guest: str, actor: Actor, name: str
) -> None:
    shown = f"{name} 138****1234"
    assert Board(desk, actor.roles).hall().waiting[0].customer == shown
    assert ReceptionBoard(desk, actor.roles).rows(actor)[0].customer == shown
    (waiting,) = desk.hall.waiting()
    card = reception_history.summary(desk, waiting.id, actor.roles)
    assert card is not None
    assert card.customer == shown
    with reading(desk.connection) as connection:
        file = view_of(get_many(connection, [guest])[guest], actor.roles)
    assert file.name == name


@pytest.mark.parametrize(("actor", "name"), [(GREETER, "张伟"), (ADMINISTRATOR, "张*")])
def test_so_do_appointments_visits_and_call_backs(
    desk: Desk, guest: str, actor: Actor, name: str
) -> None:
    booking = appointments.Booking(guest, "payment", TEN, Channel.IN_HALL)
    done(appointments.book(desk, CLERK, booking))
    later = (TEN, TEN + timedelta(hours=1))
    agreed = {ErrandNote.ADDRESS: "建设路 12 号"}
    plan = errands.ErrandPlan(ErrandKind.DELIVERY, guest, "payment", *later, agreed)
    done(errands.plan(desk, CLERK, plan))
    (waiting,) = desk.hall.waiting()
    due, caller = TEN + timedelta(minutes=30), CLERK.staff_id
    done(call_backs.accept(desk, CLERK, waiting.id, due=due, staff_id=caller, phone=""))
    shown, board = f"{name} 138****1234", ArrangementBoard(desk, actor.roles)
    assert [row.customer for row in board.day(desk.hall.day or TEN.date(), actor).rows] == [shown]
    assert [row.customer for row in board.errands(actor)] == [shown]
    assert [row.customer for row in CallBacks(desk, actor.roles).rows(actor)] == [shown]


def test_who_does_not_say_who_looks_sees_no_name(desk: Desk, guest: str) -> None:
    del guest
    assert Board(desk).hall().waiting[0].customer == "张* 138****1234"
