"""Set-up and accounts, and the lock after wrong PINs."""

from datetime import time, timedelta

import pytest

from hallterm.domain.actor import Actor
from hallterm.domain.company import commands as cmd
from hallterm.domain.company.events import SignInFailed
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.tiers import Tier
from tests.support.rulebook import ADMINISTRATOR, CLERK, PROFILE
from tests.support.scene import Scene

TERMINAL = Actor(CLERK.staff_id, frozenset({Role.KIOSK}))


def show(*, right: bool) -> cmd.SignIn:
    return cmd.SignIn(staff_id=CLERK.staff_id, pin_right=right)


def lock(scene: Scene) -> None:
    limit = scene.rules.standards.sign_in.wrong_pins
    for attempt in range(1, limit + 1):
        (failed,) = scene.do(TERMINAL, show(right=False))
        assert isinstance(failed, SignInFailed)
        assert (failed.locked_until is not None) == (attempt == limit)


def test_too_many_wrong_pins_lock_even_against_the_right_one(scene: Scene) -> None:
    lock(scene)
    assert scene.refused(TERMINAL, show(right=True)) == "account_locked"
    scene.wait(minutes=4.99)
    assert scene.refused(TERMINAL, show(right=True)) == "account_locked"
    scene.wait(minutes=0.01)
    scene.do(TERMINAL, show(right=True))
    assert scene.company.staff[CLERK.staff_id].locked_until is None


def test_the_seconds_left_are_told_exactly(scene: Scene) -> None:
    lock(scene)
    scene.wait(minutes=1)
    answer = scene.answer(TERMINAL, show(right=True))
    assert isinstance(answer, Refusal)
    assert answer.args["seconds"] == 240


def test_after_the_lock_there_are_as_many_tries_as_before(scene: Scene) -> None:
    lock(scene)
    scene.wait(minutes=5)
    lock(scene)


def test_setting_the_clock_back_does_not_unlock(scene: Scene) -> None:
    lock(scene)
    scene.now -= timedelta(days=1)
    assert scene.refused(TERMINAL, show(right=True)) == "account_locked"
    scene.do(ADMINISTRATOR, cmd.ChangePin(staff_id=CLERK.staff_id))
    scene.do(TERMINAL, show(right=True))


def test_the_right_pin_forgets_wrong_ones(scene: Scene) -> None:
    limit = scene.rules.standards.sign_in.wrong_pins
    for _ in range(limit - 1):
        scene.do(TERMINAL, show(right=False))
    scene.do(TERMINAL, show(right=True))
    (failed,) = scene.do(TERMINAL, show(right=False))
    assert isinstance(failed, SignInFailed)
    assert failed.locked_until is None


def test_an_unknown_or_closed_account_looks_like_a_wrong_pin(scene: Scene) -> None:
    unknown = cmd.SignIn(staff_id="99", pin_right=False)
    assert scene.refused(TERMINAL, unknown) == "wrong_pin"
    scene.do(ADMINISTRATOR, cmd.RetireStaff(staff_id=CLERK.staff_id))
    assert scene.refused(TERMINAL, show(right=True)) == "wrong_pin"


ME = ADMINISTRATOR.staff_id
PERSON = frozenset({Role.CLERK})
NUMBER_USED = CounterSetup(id="c9", number=3, name="重号", tiers=(Tier.VIP,))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.FoundHall(profile=PROFILE), "hall_exists"),
        (cmd.DefineCounter(counter=NUMBER_USED), "counter_number_used"),
        (cmd.RetireCounter(counter_id="c9"), "unknown_counter"),
        (cmd.SetHours(opens=time(18), closes=time(18)), "hours_reversed"),
        (cmd.OfferBusinesses(business_ids=("no_such",)), "unknown_business"),
        (cmd.HireStaff(staff_id=CLERK.staff_id, roles=PERSON), "staff_exists"),
        (cmd.HireStaff(staff_id="77", roles=frozenset({Role.KIOSK})), "role_for_machines"),
        (cmd.GiveRoles(staff_id="1002", roles=frozenset({Role.KIOSK})), "role_for_machines"),
        (cmd.GiveRoles(staff_id="77", roles=PERSON), "unknown_staff"),
        (cmd.GiveRoles(staff_id=ME, roles=PERSON), "last_administrator"),
        (cmd.RetireStaff(staff_id=ME), "last_administrator"),
        (cmd.RetireStaff(staff_id="77"), "unknown_staff"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_refused(scene: Scene, command: Command, code: str) -> None:
    assert scene.refused(ADMINISTRATOR, command) == code


def test_with_a_second_administrator_the_first_may_go(scene: Scene) -> None:
    both = frozenset({Role.ADMINISTRATOR, Role.CLERK})
    scene.do(ADMINISTRATOR, cmd.GiveRoles(staff_id=CLERK.staff_id, roles=both))
    scene.do(ADMINISTRATOR, cmd.RetireStaff(staff_id=ME))
    assert scene.refused(ADMINISTRATOR, cmd.RetireCounter(counter_id="c1")) == "not_allowed"


def test_an_account_opened_again_starts_clean(scene: Scene) -> None:
    lock(scene)
    scene.do(ADMINISTRATOR, cmd.RetireStaff(staff_id=CLERK.staff_id))
    scene.do(ADMINISTRATOR, cmd.HireStaff(staff_id=CLERK.staff_id, roles=PERSON))
    scene.do(TERMINAL, show(right=True))
