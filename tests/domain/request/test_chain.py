"""Every branch of the chain: explain, store manager, account manager (a, b, c), ends."""

import pytest

from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import ByPhone, Holder, Verdict
from hallterm.domain.request.words import Confirmation, Mood, RequestState, Result
from hallterm.domain.roles import Role
from tests.support.requests import (
    ACCOUNT_MANAGER,
    DEPUTY,
    R,
    office,
)
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, KIOSK, STORE_MANAGER

S = RequestState


def test_an_explanation_that_is_accepted_ends_it() -> None:
    here = office()
    opened = here.open()
    assert (opened.number, opened.state) == ("2026-0001", S.EXPLAINED)
    assert opened.holder == Holder(role=Role.CLERK, staff_id=CLERK.staff_id)
    closed = here.answered(accepted=True)
    assert (closed.state, closed.result, closed.holder) == (S.CLOSED, Result.EXPLANATION, None)


def test_the_store_manager_grants_within_limits() -> None:
    here = office()
    here.open()
    asked = here.answered(accepted=False)
    assert asked.holder == Holder(role=Role.STORE_MANAGER)
    assert here.ruled(STORE_MANAGER, Verdict.GRANTED).state is S.STORE_REPLY
    closed = here.answered(accepted=True)
    assert (closed.state, closed.result) == (S.CLOSED, Result.STORE_MANAGER)


@pytest.mark.parametrize(
    ("kind", "amount_fen", "code"),
    [
        ("waive_fee", 20001, "beyond_authority"),
        ("roaming_deposit_free", 0, "no_authority"),
    ],
)
def test_the_store_manager_cannot_grant_beyond_the_limits(
    kind: str, amount_fen: int, code: str
) -> None:
    here = office()
    here.open(kind, amount_fen)
    here.answered(accepted=False)
    grant = cmd.DecideRequest(
        request_id=R,
        decision_id="d",
        stage=S.STORE_MANAGER,
        verdict=Verdict.GRANTED,
        terms="n",
    )
    assert here.refused(STORE_MANAGER, grant) == code


def test_a_duty_manager_stands_in_with_his_own_limit() -> None:
    here = office()
    here.open(amount_fen=5000)
    here.answered(accepted=False)
    request = here.ruled(DUTY_MANAGER, Verdict.GRANTED)
    assert request.decisions[-1].ruling.role is Role.DUTY_MANAGER


def test_declining_needs_a_reason_and_granting_terms() -> None:
    here = office()
    here.open()
    here.answered(accepted=False)
    bare = cmd.DecideRequest(
        request_id=R, decision_id="d", stage=S.STORE_MANAGER, verdict=Verdict.DECLINED
    )
    assert here.refused(STORE_MANAGER, bare) == "reason_missing"
    granted = bare.model_copy(update={"verdict": Verdict.GRANTED})
    assert here.refused(STORE_MANAGER, granted) == "terms_missing"


def test_nobody_decides_what_they_asked_for() -> None:
    here = office()
    here.open(opener=STORE_MANAGER)
    here.answered(accepted=False)
    grant = cmd.DecideRequest(
        request_id=R, decision_id="d", stage=S.STORE_MANAGER, verdict=Verdict.GRANTED, terms="n"
    )
    assert here.refused(STORE_MANAGER, grant) == "own_request"
    by_phone = ByPhone(decider=STORE_MANAGER.staff_id, words="n", said_at=here.now)
    again = grant.model_copy(update={"by_phone": by_phone})
    assert here.refused(CLERK, again) == "own_request"
    assert here.ruled(DUTY_MANAGER, Verdict.GRANTED).state is S.STORE_REPLY


def test_the_account_manager_takes_it_over() -> None:
    here = office()
    asked = here.to_account_manager()
    named = Holder(role=Role.ACCOUNT_MANAGER, staff_id=ACCOUNT_MANAGER.staff_id)
    assert asked.holder == named
    handed = here.ruled(ACCOUNT_MANAGER, Verdict.HAND_OVER)
    assert (handed.state, handed.holder) == (S.HANDED_OVER, named)
    here.answered(accepted=False, actor=ACCOUNT_MANAGER)
    closed = here.answered(accepted=True, actor=ACCOUNT_MANAGER)
    assert closed.result is Result.ACCOUNT_MANAGER


def test_the_hall_acts_once_under_an_authority() -> None:
    here = office()
    here.to_account_manager()
    authorised = here.ruled(ACCOUNT_MANAGER, Verdict.AUTHORISE)
    assert authorised.holder == Holder(role=Role.CLERK, staff_id=CLERK.staff_id)
    assert here.must(COLLEAGUE, cmd.UseAuthority(request_id=R)).state is S.HALL_REPLY
    assert here.refused(CLERK, cmd.UseAuthority(request_id=R)) == "authority_used"
    assert here.answered(accepted=True).result is Result.AUTHORITY


def test_an_authority_runs_out_and_is_asked_for_again() -> None:
    here = office()
    here.to_account_manager()
    here.ruled(ACCOUNT_MANAGER, Verdict.AUTHORISE)
    here.later(hours=24)
    assert here.refused(CLERK, cmd.UseAuthority(request_id=R)) == "authority_expired"
    asked = here.must(KIOSK, cmd.ExpireRequest(request_id=R))
    assert (asked.state, asked.decided) == (S.ACCOUNT_MANAGER, False)
    assert here.ruled(ACCOUNT_MANAGER, Verdict.AUTHORISE).state is S.AUTHORISED


def test_beyond_both_a_reply_is_agreed_and_followed_up() -> None:
    here = office()
    here.to_account_manager("preferred_number", 0)
    here.ruled(ACCOUNT_MANAGER, Verdict.BEYOND)
    agreed = here.must(ACCOUNT_MANAGER, cmd.AgreeReply(request_id=R, note="n"))
    assert agreed.holder == Holder(role=Role.CLERK, staff_id=CLERK.staff_id)
    assert here.answered(accepted=True).state is S.FOLLOW_UP
    here.must(ACCOUNT_MANAGER, cmd.FollowUp(request_id=R, note="n", mood=Mood.CALM))
    closed = here.must(CLERK, cmd.CloseRequest(request_id=R))
    assert closed.result is Result.AGREEMENT


def test_an_agreed_reply_that_fails_goes_back_to_the_account_manager() -> None:
    here = office()
    here.to_account_manager("preferred_number", 0)
    here.ruled(ACCOUNT_MANAGER, Verdict.BEYOND)
    here.must(ACCOUNT_MANAGER, cmd.AgreeReply(request_id=R, note="n"))
    assert here.answered(accepted=False).state is S.HANDED_OVER
    closed = here.must(ACCOUNT_MANAGER, cmd.GiveUpRequest(request_id=R, note="n"))
    assert closed.result is Result.UNRESOLVED


def test_a_decision_by_phone_is_marked_until_it_is_confirmed() -> None:
    here = office()
    here.open()
    here.answered(accepted=False)
    said = ByPhone(decider=STORE_MANAGER.staff_id, words="n-words", said_at=here.now)
    decided = here.ruled(CLERK, Verdict.GRANTED, terms=None, by_phone=said)
    decision = decided.decisions[-1]
    assert (decision.recorded_by, decision.confirmation) == (CLERK.staff_id, Confirmation.PENDING)
    assert decided.unconfirmed(STORE_MANAGER.staff_id) == (decision,)
    confirm = cmd.ConfirmDecision(request_id=R, decision_id=decision.ruling.id)
    assert here.refused(COLLEAGUE, confirm) == "not_your_decision"
    here.answered(accepted=True)
    done = here.must(STORE_MANAGER, confirm)
    assert done.decisions[-1].confirmation is Confirmation.CONFIRMED


def test_who_has_no_account_decides_by_phone_within_the_limits_of_the_office() -> None:
    here = office()
    here.open(amount_fen=20001)
    here.answered(accepted=False)
    said = ByPhone(words="n-words", said_at=here.now)
    grant = cmd.DecideRequest(
        request_id=R,
        decision_id="d",
        stage=S.STORE_MANAGER,
        verdict=Verdict.GRANTED,
        by_phone=said,
    )
    assert here.refused(CLERK, grant) == "beyond_authority"
    declined = here.ruled(CLERK, Verdict.DECLINED, reason="beyond_authority", by_phone=said)
    assert declined.decisions[-1].ruling.decider is None
    here.answered(accepted=False)
    assert here.ruled(CLERK, Verdict.AUTHORISE, by_phone=said).state is S.AUTHORISED


def test_a_named_holder_can_be_stood_in_for_with_a_reason() -> None:
    here = office()
    here.to_account_manager()
    take = cmd.TakeRequest(request_id=R)
    assert here.refused(DEPUTY, take) == "request_held"
    assert here.refused(CLERK, take) == "not_of_office"
    here.must(DEPUTY, cmd.TakeRequest.model_validate({"request_id": R, "reason": "away"}))
    assert here.ruled(DEPUTY, Verdict.HAND_OVER).account_manager == DEPUTY.staff_id


def test_it_can_be_withdrawn_and_taken_up_again() -> None:
    here = office()
    here.to_account_manager()
    withdrawn = cmd.WithdrawRequest.model_validate({"request_id": R, "reason": "changed_mind"})
    assert here.must(CLERK, withdrawn).result is Result.WITHDRAWN
    reopen = cmd.ReopenRequest.model_validate({"request_id": R, "reason": "wrong_key"})
    assert here.refused(COLLEAGUE, reopen) == "not_your_action"
    again = here.must(CLERK, reopen)
    assert (again.state, again.result) == (S.ACCOUNT_MANAGER, None)
    assert again.holder == Holder(role=Role.ACCOUNT_MANAGER, staff_id=ACCOUNT_MANAGER.staff_id)
