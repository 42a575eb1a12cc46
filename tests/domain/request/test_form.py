"""The assistance form: its way, and the gate of mail, fax and phone."""

import pytest

from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import ByPhone, Verdict
from hallterm.domain.request.words import Mood, Proof, RequestState, Result, VisitKind
from tests.support.requests import (
    ACCOUNT_MANAGER,
    OPERATIONS,
    SIGNER,
    VIP_LIAISON,
    R,
    office,
)
from tests.support.rulebook import CLERK, COLLEAGUE, KIOSK

S = RequestState


def test_the_way_of_a_form_that_is_carried_out() -> None:
    here = office()
    here.to_hall()
    signed = here.must(SIGNER, cmd.SignForm(request_id=R, form_version=1))
    assert signed.form
    assert signed.form.signed_by == SIGNER.staff_id
    assert here.through_gate().state is S.FOLLOW_UP
    here.must(ACCOUNT_MANAGER, cmd.FollowUp(request_id=R, note="n", mood=Mood.SATISFIED))
    closed = here.must(CLERK, cmd.CloseRequest(request_id=R))
    assert (closed.state, closed.result) == (S.CLOSED, Result.FORM)


@pytest.mark.parametrize("missing", list(Proof))
def test_the_gate_names_what_is_missing(missing: Proof) -> None:
    here = office()
    here.to_hall()
    for proof in Proof:
        if proof is not missing:
            here.must(CLERK, here.proof(proof))
    answer = here.give(CLERK, here.carry_out())
    assert not isinstance(answer, tuple)
    assert (answer.code, answer.args["missing"]) == ("gate_open", missing.value)
    here.must(CLERK, here.proof(missing))
    assert here.must(CLERK, here.carry_out()).carried_out_at == here.now


def test_the_call_says_that_the_customer_is_here() -> None:
    here = office()
    here.to_hall()
    assert here.must(CLERK, here.proof(Proof.PHONE)).arrived_at == here.now
    nobody = here.proof(Proof.PHONE, by=None)
    assert here.refused(CLERK, nobody) == "confirmer_missing"
    assert here.refused(CLERK, here.proof(Proof.PHONE, by=CLERK.staff_id)) == "not_entitled"
    assert here.refused(KIOSK, here.proof(Proof.PHONE)) == "not_allowed"


def test_who_is_denied_by_phone_is_not_served() -> None:
    here = office()
    here.to_hall()
    for proof in Proof:
        here.must(CLERK, here.proof(proof))
    here.must(CLERK, cmd.DenyIdentity(request_id=R, by=ACCOUNT_MANAGER.staff_id, note="n"))
    assert here.refused(CLERK, here.carry_out()) == "gate_open"


def test_a_fax_may_come_before_the_approval_and_counts_once() -> None:
    here = office()
    here.to_form()
    fax = here.proof(Proof.FAX)
    assert here.must(KIOSK, fax).form.evidence  # type: ignore[union-attr] # drafted above
    assert here.give(KIOSK, fax) == ()
    assert here.refused(CLERK, here.proof(Proof.FAX, by=VIP_LIAISON.staff_id)) == "not_entitled"


def test_a_new_draft_needs_new_evidence() -> None:
    here = office()
    here.to_form()
    here.must(KIOSK, here.proof(Proof.FAX))
    returned = here.decide_form(VIP_LIAISON, Verdict.RETURNED, reason="unclear")
    assert returned.state is S.RETURNED
    old = here.proof(Proof.MAIL)
    redrafted = here.draft()
    assert redrafted.form
    assert (redrafted.form.version, redrafted.form.evidence) == (2, ())
    late = here.must(KIOSK, old)
    assert late.form
    assert (late.form.evidence, late.moves[-1].detail) == ((), "mail")


def test_returning_and_refusing_need_a_reason_of_their_own_kind() -> None:
    here = office()
    here.to_form()
    here.must(VIP_LIAISON, cmd.MailForm(request_id=R))
    for verdict, reason in ((Verdict.RETURNED, None), (Verdict.REFUSED, "unclear")):
        values = {"request_id": R, "decision_id": "d", "form_version": 1}
        command = cmd.DecideForm.model_validate(values | {"verdict": verdict, "reason": reason})
        assert here.refused(OPERATIONS, command) == "reason_missing"
    refused = here.decide_form(OPERATIONS, Verdict.REFUSED, reason="against_law")
    assert refused.state is S.HANDED_OVER


def test_who_drafted_it_does_not_write_down_its_approval() -> None:
    here = office()
    here.to_form()
    here.must(VIP_LIAISON, cmd.MailForm(request_id=R))
    approval = cmd.DecideForm(
        request_id=R,
        decision_id="d",
        form_version=1,
        verdict=Verdict.APPROVED,
        by_phone=ByPhone(words="n", said_at=here.now),
    )
    assert here.refused(ACCOUNT_MANAGER, approval) == "own_request"
    assert here.must(COLLEAGUE, approval).state is S.APPROVED


def test_a_form_for_another_hall_is_sent_on() -> None:
    here = office()
    here.to_hall("elsewhere")
    for proof in Proof:
        here.must(CLERK, here.proof(proof))
    assert here.refused(CLERK, here.carry_out()) == "other_hall"
    sent = here.must(COLLEAGUE, cmd.ReportWrongHall(request_id=R, hall_id="test"))
    assert sent.form
    assert (sent.state, sent.form.evidence) == (S.APPROVED, ())
    here.must(OPERATIONS, cmd.ForwardForm(request_id=R))
    assert here.through_gate().state is S.FOLLOW_UP


def test_a_form_runs_out() -> None:
    here = office()
    here.to_hall()
    for proof in Proof:
        here.must(CLERK, here.proof(proof))
    here.later(days=7)
    assert here.refused(CLERK, here.carry_out()) == "form_expired"
    returned = here.must(KIOSK, cmd.ExpireRequest(request_id=R))
    assert returned.state is S.RETURNED
    assert here.draft().form.version == 2  # type: ignore[union-attr] # drafted in this line


def test_what_cannot_be_done_on_the_spot_gets_a_time_within_the_term() -> None:
    here = office()
    here.to_hall()
    form = here.request.form
    assert form
    visit = cmd.BookVisit(request_id=R, visit=VisitKind.ON_SITE, visit_at=form.valid_until)
    assert here.refused(CLERK, visit) == "beyond_expiry"
    past = visit.model_copy(update={"visit_at": here.now})
    assert here.refused(CLERK, past) == "already_past"
    here.later(hours=1)
    booked = here.must(CLERK, past.model_copy(update={"visit_at": here.now.replace(hour=9)}))
    assert booked.visit
    assert booked.state is S.AT_HALL
