"""The visits of a customer."""

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import Issued, TicketDraft, take
from hallterm.desk.visits import visits_of
from hallterm.domain.ticket.commands import FinishService, StartService, UndoAction
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.words import Outcome, TicketState, UndoReason
from tests.support.hall import done, sit
from tests.support.rulebook import CLERK, GREETER


def issue(desk: Desk, person_id: str | None) -> str:
    now = desk.clock.now()
    draft = TicketDraft(now, now, person_id=person_id, business_ids=["payment"])
    issued = take(desk, GREETER, draft)
    assert isinstance(issued, Issued), issued
    return issued.ticket.id


def test_visits_are_the_persons_own_the_latest_first(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = issue(desk, "p1")
    clock.advance(90)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, StartService(ticket_id=first)))
    done(desk.act(CLERK, FinishService(ticket_id=first)))
    issue(desk, "p2")
    issue(desk, None)
    clock.advance(60)
    second = issue(desk, "p1")
    latest, earlier = visits_of(desk, "p1")
    assert (latest.ticket_id, latest.wait, latest.state) == (second, None, TicketState.WAITING)
    assert (earlier.number, earlier.wait, earlier.outcome) == ("A001", 90, Outcome.COMPLETED)
    assert (earlier.verdict, earlier.businesses) == (Verdict.KEPT, ("缴费",))
    assert f"{earlier.arrived:%H:%M}" == "09:00", "the hall's time"
    assert visits_of(desk, "p1", limit=1) == [latest]
    assert visits_of(desk, "nobody") == []


def test_a_ticket_issued_by_mistake_is_no_visit(desk: Desk) -> None:
    ticket_id = issue(desk, "p1")
    done(desk.act(GREETER, UndoAction(ticket_id=ticket_id, reason=UndoReason.WRONG_CUSTOMER)))
    assert visits_of(desk, "p1") == []
