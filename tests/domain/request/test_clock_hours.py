"""A stage's clock stands while the hall is closed, unless the house wants it to run on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from hallterm.domain.decisions.request_clock import due_at, reminder_at
from hallterm.domain.hall import Rules
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from tests.support.requests import ACCOUNT_MANAGER, MACHINE, Office, R, office
from tests.support.rulebook import MORNING, STORE_MANAGER, configuration

CLOSING = MORNING + timedelta(hours=9)
"""18:00 by the hall's clock, which shows 9:00 in the morning of the tests."""
OPENING = CLOSING + timedelta(hours=14, minutes=30)


@dataclass
class DayAndNight(Office):
    """A house whose clocks always run."""

    @property
    def rules(self) -> Rules:
        rules = super().rules
        files = configuration()
        always = files.standards.requests.model_copy(update={"hours": "always"})
        return replace(rules, standards=files.standards.model_copy(update={"requests": always}))


@pytest.fixture
def evening() -> Office:
    scene = office()
    scene.now = CLOSING - timedelta(minutes=10)
    return scene


def shown(scene: Office) -> datetime:
    due = due_at(scene.request, scene.rules)
    assert due is not None
    return due


def test_what_is_asked_before_closing_is_not_overdue_at_night(evening: Office) -> None:
    evening.open()
    evening.answered(accepted=False)
    evening.ruled(STORE_MANAGER, Verdict.DECLINED, reason="beyond_authority")
    evening.answered(accepted=False)  # the account manager has half an hour
    assert shown(evening) == OPENING + timedelta(minutes=20)
    evening.now = OPENING + timedelta(minutes=19)
    assert evening.give(MACHINE, cmd.RemindRequest(request_id=R)) == ()
    evening.later(minutes=1)
    assert evening.must(MACHINE, cmd.RemindRequest(request_id=R)).reminded == 1
    superior = reminder_at(evening.request, evening.rules)
    assert superior == OPENING + timedelta(minutes=50)


def test_the_customer_is_promised_an_answer_in_opening_hours(evening: Office) -> None:
    promised = evening.open().promised_at  # two stages of ten minutes each
    assert promised == OPENING + timedelta(minutes=10)


def test_a_superior_is_not_told_at_night(evening: Office) -> None:
    evening.open()
    evening.now = CLOSING
    assert evening.must(MACHINE, cmd.RemindRequest(request_id=R)).reminded == 1
    evening.now = OPENING + timedelta(minutes=29)
    assert evening.give(MACHINE, cmd.RemindRequest(request_id=R)) == ()
    evening.later(minutes=1)
    assert evening.must(MACHINE, cmd.RemindRequest(request_id=R)).reminded == 2


def test_an_authority_ends_by_the_clock_on_the_wall(evening: Office) -> None:
    evening.now -= timedelta(minutes=10)
    evening.to_account_manager()
    authority = evening.ruled(ACCOUNT_MANAGER, Verdict.AUTHORISE).authority
    assert authority is not None
    assert authority.expires_at == evening.now + timedelta(hours=24)


def test_a_house_may_let_the_clocks_run_day_and_night() -> None:
    scene = DayAndNight(office().company, CLOSING - timedelta(minutes=10))
    scene.to_account_manager()
    assert shown(scene) == CLOSING + timedelta(minutes=20)
    assert scene.request.promised_at == CLOSING + timedelta(minutes=30)
