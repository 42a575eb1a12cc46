"""What a role may not do is refused by the domain: every command × every role."""

from datetime import date, time

import pytest

from hallterm.domain.actor import Actor
from hallterm.domain.appointment import commands as appointment
from hallterm.domain.appointment.words import CancelReason
from hallterm.domain.call_back import commands as call_back
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.checklist import commands as checklist
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.company import commands as company
from hallterm.domain.company.keys import Office
from hallterm.domain.counter import commands as counter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.decide import COMPANY_DECISIONS, HALL_DECISIONS
from hallterm.domain.dispatching import Rules
from hallterm.domain.disputes import SettleCompanyDispute, SettleDispute
from hallterm.domain.diversion.words import Way
from hallterm.domain.errand import commands as errand
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel
from hallterm.domain.numbering import LeaseNumbers
from hallterm.domain.reception import commands as reception
from hallterm.domain.reception.words import ReleaseReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    LeaveReason,
    ParkReason,
    PauseReason,
    Rating,
    SettleReason,
    UndoReason,
)
from hallterm.domain.tiers import Tier
from tests.support.appointments import planning
from tests.support.request_commands import REQUEST_COMMANDS
from tests.support.rulebook import ADMINISTRATOR, CLERK, COUNTERS, FIRST, MORNING, PROFILE
from tests.support.scene import Scene

C, G, S, D, A, *_OFFICES, K = Role
ALL = set(Role)
T = "t1"
TABLE: dict[Command, set[Role]] = {
    ticket.TakeTicket(
        ticket_id=T,
        tier=Tier.STANDARD,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=MORNING,
        shown_at=MORNING,
    ): {C, G, S, D, K},
    ticket.ChangeTier(ticket_id=T, tier=Tier.GOTONE, shown_at=MORNING): {C, G, S, D},
    ticket.ReceiveCustomer(ticket_id=T): {C, G, S, D},
    ticket.ReportBack(ticket_id=T): {C, G, S, D},
    ticket.CallTicket(ticket_id=T): {C, S, D},
    ticket.RecallTicket(ticket_id=T): {C, S, D},
    ticket.StartService(ticket_id=T): {C, S, D},
    ticket.ParkService(ticket_id=T, reason=ParkReason.FORM): {C, S, D},
    ticket.ResumeService(ticket_id=T): {C, S, D},
    ticket.PassOver(ticket_id=T): {C, S, D},
    ticket.TransferTicket(ticket_id=T): {C, S, D},
    ticket.FinishService(ticket_id=T): {C, S, D},
    ticket.RateService(ticket_id=T, rating=Rating.NEUTRAL): {K},
    ticket.CustomerLeft(ticket_id=T, reason=LeaveReason.OWN_REASONS): {C, G, S, D},
    ticket.UndoAction(ticket_id=T, reason=UndoReason.OTHER): {C, G, S, D},
    ticket.SettleTicket(ticket_id=T, reason=SettleReason.CUSTOMER_GONE): {S, D},
    ticket.OfferDiversion(ticket_id=T, way=Way.CALL_BACK): {C, G, S, D},
    ticket.AnswerDiversion(ticket_id=T, way=Way.CALL_BACK, accepted=False): {C, G, S, D},
    call_back.AssignCallBack(call_back_id="c", staff_id="1001"): {C, G, S, D},
    call_back.NoteNoAnswer(call_back_id="c"): {C, G, S, D},
    call_back.NoteCalledBack(call_back_id="c", outcome=CallOutcome.BOOKED): {C, G, S, D},
    call_back.UndoCallBack(call_back_id="c", reason=UndoReason.OTHER): {C, G, S, D},
    OpenDay(day=date(2026, 3, 3)): ALL,
    CloseDay(): {S, D},
    LeaseNumbers(lease_id="l", counts=(("A", 5),)): ALL,
    SettleDispute(dispute_id="d"): {S, D},
    SettleCompanyDispute(dispute_id="d"): {S, D},
    counter.TakeCounter(counter_id=FIRST, session_id="s"): {C, S, D},
    counter.PauseCounter(counter_id=FIRST, reason=PauseReason.BREAK): {C, S, D},
    counter.ReopenCounter(counter_id=FIRST): {C, S, D},
    counter.ReleaseCounter(counter_id=FIRST): {C, S, D},
    reception.SetRoster(receivers=("1001",)): {G, S, D},
    reception.EscalateReception(ticket_id=T): ALL,
    reception.AcceptReception(ticket_id=T): {C, G, S, D},
    reception.ReleaseReception(ticket_id=T, reason=ReleaseReason.SHIFT_ENDS): {C, G, S, D},
    reception.GuideTo(ticket_id=T, counter_id=None): {C, G, S, D},
    reception.CloseReception(ticket_id=T): {C, G, S, D},
    reception.ReopenReception(ticket_id=T, reason=UndoReason.OTHER): {C, G, S, D},
    checklist.StartChecklist(run_id="r", template_id="x"): {C, G, S, D},
    checklist.TickSteps(run_id="r", steps=(checklist.Ticking(step_id="x", happened_at=MORNING),)): {
        C,
        G,
        S,
        D,
    },
    checklist.SkipStep(run_id="r", step_id="x", reason=SkipReason.DECLINED): {C, G, S, D},
    checklist.UndoStep(run_id="r", step_id="x", reason=UndoReason.OTHER): {C, G, S, D},
    checklist.EndChecklist(run_id="r"): {C, G, S, D},
    appointment.BookAppointment(
        appointment_id="a", person_id="p", tier=Tier.STANDARD, business_id="payment", at=MORNING
    ): {C, G, S, D},
    appointment.ChangeAppointment(appointment_id="a", at=MORNING, business_id="payment"): {
        C,
        G,
        S,
        D,
    },
    appointment.NoteLate(appointment_id="a"): ALL,
    appointment.MissAppointment(appointment_id="a"): {C, G, S, D},
    appointment.CancelAppointment(appointment_id="a", reason=CancelReason.CUSTOMER): {C, G, S, D},
    appointment.UndoAppointment(appointment_id="a", reason=UndoReason.OTHER): {C, G, S, D},
    planning(): {C, G, S, D},
    errand.AssignErrand(errand_id="e", goes="1001"): {C, G, S, D},
    errand.CallAhead(errand_id="e", outcome=AheadOutcome.AGREED): {C, G, S, D},
    errand.DepartErrand(errand_id="e"): {C, G, S, D},
    errand.FinishErrand(errand_id="e"): {C, G, S, D},
    errand.MissErrand(errand_id="e", left_note=True): {C, G, S, D},
    errand.RebookErrand(errand_id="e", begins=MORNING, ends=MORNING): {C, G, S, D},
    errand.CancelErrand(errand_id="e", reason=ErrandCancel.CUSTOMER): {C, G, S, D},
    errand.UndoErrand(errand_id="e", reason=UndoReason.OTHER): {C, G, S, D},
    company.PublishRules(digest="ab" * 32, text="{}"): {A},
    company.FoundHall(profile=PROFILE): {A},
    company.DefineCounter(counter=COUNTERS[0]): {A},
    company.RetireCounter(counter_id=FIRST): {A},
    company.SetHours(opens=time(8), closes=time(18)): {A},
    company.OfferBusinesses(business_ids=("payment",)): {A},
    company.ChoosePolicy(rules=Rules(policy="edf")): {S, D},
    company.AddOfficeKey(office=next(iter(Office)), public_key="ab" * 32): ALL,
    company.RetireOfficeKey(key_id="ABCDEFGH"): {A},
    company.HireStaff(staff_id="77", roles=frozenset({C})): {A},
    company.GiveRoles(staff_id="1001", roles=frozenset({C})): {A},
    company.RenameStaff(staff_id="1001"): {A},
    company.RetireStaff(staff_id="1001"): {A},
    company.ChangePin(staff_id="55"): ALL - {K},
    company.SignIn(staff_id="1001", pin_right=True): ALL,
    company.SignOut(staff_id="55"): ALL,
    **REQUEST_COMMANDS,
}


def test_the_table_knows_every_command() -> None:
    assert {type(c) for c in TABLE} == {*HALL_DECISIONS, *COMPANY_DECISIONS}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("command", TABLE, ids=lambda c: type(c).__name__)
def test_every_command_and_role(scene: Scene, command: Command, role: Role) -> None:
    answer = scene.answer(Actor("55", frozenset({role})), command)
    refused = isinstance(answer, Refusal) and answer.code == "not_allowed"
    assert refused == (role not in TABLE[command])


@pytest.mark.parametrize("command", TABLE, ids=lambda c: type(c).__name__)
def test_nobody_without_a_role_may_do_anything(scene: Scene, command: Command) -> None:
    assert scene.refused(Actor("55", frozenset()), command) == "not_allowed"


def test_one_changes_ones_own_pin_and_signs_only_oneself_out(scene: Scene) -> None:
    scene.do(CLERK, company.ChangePin(staff_id=CLERK.staff_id))
    assert scene.refused(CLERK, company.ChangePin(staff_id="1002")) == "not_allowed"
    assert scene.refused(CLERK, company.SignOut(staff_id="1002")) == "not_allowed"
    scene.do(ADMINISTRATOR, company.ChangePin(staff_id="1002"))


def test_roles_count_as_they_are_now_not_as_they_were_at_sign_in(scene: Scene) -> None:
    scene.sit()
    ticket_id = scene.take()
    roles = frozenset({Role.GREETER})
    scene.do(ADMINISTRATOR, company.GiveRoles(staff_id=CLERK.staff_id, roles=roles))
    assert scene.refused(CLERK, ticket.CallTicket(ticket_id=ticket_id)) == "not_allowed"
    scene.do(ADMINISTRATOR, company.RetireStaff(staff_id="1004"))
    was_manager = Actor("1004", frozenset({Role.STORE_MANAGER}))
    assert scene.refused(was_manager, CloseDay()) == "not_allowed"


def test_nobody_claims_a_role_that_was_never_given(scene: Scene) -> None:
    claimed = Actor(CLERK.staff_id, frozenset({Role.CLERK, Role.STORE_MANAGER}))
    assert scene.refused(claimed, CloseDay()) == "not_allowed"
