"""Hire, sign in, the lock after wrong PINs, new PINs."""

from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.accounts import SignedIn, change_pin, hire, sign_in, sign_out, staff_names
from hallterm.desk.desk import Desk
from hallterm.domain.roles import Role
from tests.support.hall import done, enter, refused
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, PIN
from tests.support.truth import assert_true_to_log

ME = CLERK.staff_id
WRONG = "135799"


def test_the_right_pin_gives_the_roles_of_the_account(desk: Desk) -> None:
    signed = sign_in(desk, ME, PIN)
    assert signed == SignedIn(CLERK, f"员工{ME}")


@pytest.mark.parametrize("staff_id", ["１００１", " 1001 ", "10 01"])
def test_full_width_digits_and_spaces_mean_the_same(desk: Desk, staff_id: str) -> None:
    assert isinstance(sign_in(desk, staff_id, "２４６ ８１０"), SignedIn)


def test_five_wrong_pins_lock_and_a_restart_does_not_help(
    desk: Desk, store: Path, clock: ManualClock
) -> None:
    for left in (4, 3, 2, 1):
        answer = sign_in(desk, ME, WRONG)
        assert refused(answer) == "wrong_pin"
        assert getattr(answer, "args", {})["left"] == left
    again = enter(store, clock, device="another terminal")
    assert refused(sign_in(again, ME, WRONG)) == "account_locked"
    again.close()
    again = enter(store, clock)
    assert refused(sign_in(again, ME, PIN)) == "account_locked"
    assert isinstance(sign_in(again, COLLEAGUE.staff_id, PIN), SignedIn)
    clock.advance(299)
    assert refused(sign_in(desk, ME, PIN)) == "account_locked"
    clock.advance(1)
    assert isinstance(sign_in(again, ME, PIN), SignedIn)
    assert_true_to_log(again.connection)
    again.close()


def test_the_clock_set_back_neither_unlocks_nor_forgets(desk: Desk, clock: ManualClock) -> None:
    for _ in range(5):
        sign_in(desk, ME, WRONG)
    clock.advance(-3600)
    assert refused(sign_in(desk, ME, PIN)) == "account_locked"
    done(change_pin(desk, ADMINISTRATOR, ME, "864209"))
    assert refused(sign_in(desk, ME, PIN)) == "wrong_pin"
    assert isinstance(sign_in(desk, ME, "864209"), SignedIn)


def test_a_new_pin_is_ones_own_business_or_the_administrators(desk: Desk) -> None:
    assert refused(change_pin(desk, COLLEAGUE, ME, "864209")) == "not_allowed"
    assert isinstance(sign_in(desk, ME, PIN), SignedIn)
    done(change_pin(desk, CLERK, ME, "864209"))
    assert isinstance(sign_in(desk, ME, "864209"), SignedIn)
    done(sign_out(desk, CLERK))


@pytest.mark.parametrize(
    ("staff_id", "name", "pin", "code"),
    [
        ("1", "王一", PIN, "staff_id_form"),
        ("123456789", "王一", PIN, "staff_id_form"),
        ("12a4", "王一", PIN, "staff_id_form"),
        (ME, "王一", PIN, "staff_exists"),
        ("2001", " \t\u200b", PIN, "name_form"),
        ("2001", "王" * 41, PIN, "name_form"),
        ("2001", "王一", "12345", "pin_form"),
        ("2001", "王一", "1234567890123", "pin_form"),
        ("2001", "王一", "24681x", "pin_form"),
        ("2001", "王一", "123456", "pin_easy"),
        ("2001", "王一", "987654", "pin_easy"),
        ("2001", "王一", "000000", "pin_easy"),
    ],
)
def test_accounts_that_are_not_opened(
    desk: Desk, staff_id: str, name: str, pin: str, code: str
) -> None:
    before = (desk.replica.version, staff_names(desk))
    answer = hire(desk, ADMINISTRATOR, staff_id, name, frozenset({Role.CLERK}), pin)
    assert refused(answer) == code
    assert (desk.replica.version, staff_names(desk)) == before


def test_an_account_needs_a_role_and_an_administrator(desk: Desk) -> None:
    none = hire(desk, ADMINISTRATOR, "2001", "王一", frozenset(), PIN)
    assert refused(none) == "roles_missing"
    clerk = frozenset({Role.CLERK})
    assert refused(hire(desk, CLERK, "2001", "王一", clerk, PIN)) == "not_allowed"
    done(hire(desk, ADMINISTRATOR, "２００１", " 王\n一 ", clerk, PIN))
    assert staff_names(desk)["2001"] == "王 一"


def test_a_pin_is_kept_as_argon2id_only(desk: Desk) -> None:
    connection = desk.connection
    hashes = connection.exec_driver_sql("SELECT pin_hash FROM staff_record").scalars().all()
    assert all(text.startswith("$argon2id$") for text in hashes)
    for table in ("event", "company", "staff_record"):
        for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):  # noqa: S608 - a literal
            assert not any(str(value) == PIN for value in row)
    payloads = connection.exec_driver_sql("SELECT payload FROM event").scalars().all()
    assert not any("员工" in payload or PIN in payload for payload in payloads)
    connection.rollback()
