"""Called and not there (过号): back after some customers, ended after too often."""

from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.events import TicketReturned
from hallterm.domain.ticket.words import LeaveReason, OutOfOrderReason, TicketState, UndoReason
from tests.support.rulebook import CLERK, COLLEAGUE, GREETER, SECOND
from tests.support.scene import Scene


def pass_over(scene: Scene, ticket: str) -> None:
    scene.call(ticket)
    scene.do(CLERK, cmd.PassOver(ticket_id=ticket))


def serve_others(scene: Scene, count: int) -> None:
    for _ in range(count):
        other = scene.take()
        scene.serve(other)
        scene.do(CLERK, cmd.FinishService(ticket_id=other))


def test_comes_back_after_the_set_number_of_customers(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    pass_over(scene, ticket)
    assert scene[ticket].counter_id is None
    serve_others(scene, scene.rules.standards.pass_over.return_after - 1)
    assert scene[ticket].state is TicketState.ABSENT
    serve_others(scene, 1)
    assert scene[ticket].state is TicketState.WAITING


def test_calls_at_other_counters_count_too(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    pass_over(scene, ticket)
    serve_others(scene, scene.rules.standards.pass_over.return_after - 1)
    scene.call(scene.take(), COLLEAGUE)
    assert scene[ticket].state is TicketState.WAITING


def test_several_come_back_in_the_order_in_which_they_went(scene: Scene) -> None:
    scene.sit()
    tickets = [scene.take() for _ in range(3)]
    for ticket in reversed(tickets):
        scene.wait(minutes=1)
        pass_over(scene, ticket)
    serve_others(scene, scene.rules.standards.pass_over.return_after)
    returned = [f.event.ticket_id for f in scene.facts if isinstance(f.event, TicketReturned)]
    assert returned == list(reversed(tickets))


def test_an_absent_ticket_can_be_called_when_the_customer_stands_there(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    pass_over(scene, ticket)
    back = OutOfOrderReason.COMES_BACK
    scene.do(CLERK, cmd.CallTicket(ticket_id=ticket, out_of_order=back))
    assert scene[ticket].state is TicketState.CALLED
    assert len(scene[ticket].legs) == 2


def test_passed_over_too_often_it_ends_as_no_show(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    for time in range(scene.rules.standards.pass_over.most):
        pass_over(scene, ticket)
        assert scene[ticket].passes == time + 1
        scene.do(GREETER, cmd.ReportBack(ticket_id=ticket))
    pass_over(scene, ticket)
    assert scene[ticket].state is TicketState.LEFT
    assert scene[ticket].reason == LeaveReason.NO_SHOW.value


def test_only_a_called_ticket_is_passed_over_and_only_an_absent_one_comes_back(
    scene: Scene,
) -> None:
    scene.sit()
    ticket = scene.take()
    assert scene.refused(CLERK, cmd.PassOver(ticket_id=ticket)) == "wrong_state"
    assert scene.refused(GREETER, cmd.ReportBack(ticket_id=ticket)) == "wrong_state"
    scene.serve(ticket)
    assert scene.refused(CLERK, cmd.PassOver(ticket_id=ticket)) == "wrong_state"


def test_a_return_is_not_anybodys_action_to_undo(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    pass_over(scene, ticket)
    scene.do(GREETER, cmd.ReportBack(ticket_id=ticket))
    undo = cmd.UndoAction(ticket_id=ticket, reason=UndoReason.WRONG_KEY)
    assert scene.refused(CLERK, undo) == "nothing_to_undo"
