"""Nobody learns from the answers to wrong PINs who works here."""

from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.accounts import rename, sign_in, staff_names
from hallterm.desk.desk import Desk
from hallterm.desk.strangers import FORGOTTEN_AFTER
from hallterm.domain.company.commands import RetireStaff
from hallterm.domain.refusal import Argument, Refusal
from hallterm.store.log import facts_after
from tests.support.hall import done, enter, quick_pins, refused
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, PIN

Told = tuple[str, dict[str, Argument]]


def told(desk: Desk, staff_id: str, pin: str = "999111") -> Told:
    with quick_pins():
        answer = sign_in(desk, staff_id, pin)
    assert isinstance(answer, Refusal)
    return answer.code, dict(answer.args)


@pytest.mark.parametrize("stranger", ["9876", COLLEAGUE.staff_id])
def test_an_account_that_is_not_there_answers_like_one_that_is(
    store: Path, clock: ManualClock, stranger: str
) -> None:
    desk = enter(store, clock)
    done(desk.act(ADMINISTRATOR, RetireStaff(staff_id=COLLEAGUE.staff_id)))
    for seconds in (0, 0, 5, 0, 0, 1, 100.5, 198, 1, 0):
        clock.advance(seconds)
        assert told(desk, stranger) == told(desk, CLERK.staff_id)
        desk.close()
        desk = enter(store, clock)
    desk.close()


def test_tries_are_forgotten_in_time(desk: Desk, clock: ManualClock) -> None:
    for left in (4, 3):
        assert told(desk, "9876") == ("wrong_pin", {"left": left})
    clock.advance(FORGOTTEN_AFTER.total_seconds() + 1)
    assert told(desk, "9876") == ("wrong_pin", {"left": 4})


def test_a_very_long_id_is_kept_short(desk: Desk) -> None:
    assert told(desk, "8" * 10_000) == ("wrong_pin", {"left": 4})
    assert told(desk, "8" * 9_000) == ("wrong_pin", {"left": 3})


def test_a_misspelt_name_is_put_right_and_is_not_in_the_log(desk: Desk) -> None:
    done(rename(desk, ADMINISTRATOR, CLERK.staff_id, " 李 敏 "))
    assert staff_names(desk)[CLERK.staff_id] == "李 敏"
    last = list(facts_after(desk.connection, "company", 0))[-1]
    assert (last.event.type, last.actor) == ("staff_renamed", ADMINISTRATOR.staff_id)
    assert "敏" not in last.event.model_dump_json()
    with quick_pins():
        answer = sign_in(desk, CLERK.staff_id, PIN)
    assert not isinstance(answer, Refusal)
    assert answer.name == "李 敏"


def test_only_administrators_rename_and_only_those_who_are_there(desk: Desk) -> None:
    assert refused(rename(desk, CLERK, CLERK.staff_id, "李敏")) == "not_allowed"
    assert refused(rename(desk, ADMINISTRATOR, "9876", "李敏")) == "unknown_staff"
    for name in ("", " ", "敏" * 41):
        assert refused(rename(desk, ADMINISTRATOR, CLERK.staff_id, name)) == "name_form"
    assert "9876" not in staff_names(desk)
