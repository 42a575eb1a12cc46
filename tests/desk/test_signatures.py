"""Only whoever knows the PIN can sign as a member of the staff."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.accounts import SignedIn, change_pin, errand, sign_in, sign_out
from hallterm.desk.desk import Desk
from hallterm.desk.signatures import Cost, make_keys, unseal
from hallterm.desk.verifying import FORMER_KEY_MS, Verifier
from hallterm.domain.note import Beside, StaffCard
from hallterm.domain.refusal import Refusal
from hallterm.proofs import holds, public_key, sign
from hallterm.store.connection import writing
from hallterm.store.log import to_ms
from hallterm.wire import Envelope
from tests.support.hall import done
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, DUTY_MANAGER, PIN

QUICK = Cost(1, 8, 1)
NEW_PIN = "864209"


def envelope(
    actor: str = CLERK.staff_id, command: str = "CallTicket", device: str = "d1"
) -> Envelope:
    return Envelope(
        id="e1",
        device=device,
        device_seq=1,
        previous="",
        stream="hall",
        type=command,
        payload={},
        actor=actor,
        at_ms=0,
    )


def signed(desk: Desk, letter: Envelope) -> Envelope:
    signature = desk.keyring.sign(letter.actor, letter.digest)
    return letter.model_copy(update={"signature": signature})


@pytest.fixture
def verdict(desk: Desk, clock: ManualClock) -> Callable[[Envelope], str]:
    """Return the code with which the home refuses an envelope, or an empty text."""
    verify = Verifier(desk.connection, lambda: to_ms(clock.now()))

    def code(letter: Envelope) -> str:
        answer = verify.refused(letter, letter.digest)
        desk.connection.rollback()
        assert answer is None or isinstance(answer, Refusal)
        return answer.code if answer else ""

    return code


def test_the_pin_unseals_the_key_and_nothing_else_does() -> None:
    keys = make_keys("1001", PIN, QUICK)
    private = unseal(keys.sealed_key, "1001", PIN)
    assert private
    assert public_key(private) == keys.public_key
    assert private not in keys.sealed_key
    assert unseal(keys.sealed_key, "1001", NEW_PIN) is None
    assert unseal(keys.sealed_key, "1002", PIN) is None, "somebody else's key under one's own name"
    for broken in ("", "{}", "[]", "null", keys.sealed_key[:-9] + '"}'):
        assert unseal(broken, "1001", PIN) is None
    assert make_keys("1001", PIN, QUICK).sealed_key != keys.sealed_key


def test_what_the_actor_signed_is_believed(desk: Desk, verdict: Callable[[Envelope], str]) -> None:
    desk.keyring.needed = True
    assert desk.keyring.sign(CLERK.staff_id, "digest") == ""
    sign_in(desk, CLERK.staff_id, PIN)
    mine = signed(desk, envelope())
    assert verdict(mine) == ""
    changed = mine.model_copy(update={"payload": {"ticket_id": "another"}})
    assert verdict(changed) == "signature_wrong"
    as_colleague = mine.model_copy(update={"actor": COLLEAGUE.staff_id})
    assert verdict(as_colleague) == "signature_wrong"
    assert verdict(envelope()) == "signature_wrong"
    done(sign_out(desk, CLERK))
    assert desk.keyring.sign(CLERK.staff_id, "digest") == ""


def test_machines_act_under_their_device_only(verdict: Callable[[Envelope], str]) -> None:
    assert verdict(envelope("d1", device="d1")) == ""
    assert verdict(envelope("d1", device="d2")) == "actor_unknown"
    assert verdict(envelope("9999")) == "actor_unknown"
    me = CLERK.staff_id
    assert verdict(envelope(me, device=me)) == "signature_wrong", "a device called like a person"
    assert verdict(envelope(me, "SignIn")) == ""


def test_a_wrong_pin_unlocks_nothing(desk: Desk) -> None:
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, NEW_PIN)
    assert desk.keyring.key_of(CLERK.staff_id) == ""


def test_an_errand_at_somebody_elses_terminal_leaves_no_key_behind(desk: Desk) -> None:
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    for staff_id in (COLLEAGUE.staff_id, f" {COLLEAGUE.staff_id} "):
        with errand(desk, staff_id, PIN, "reception") as who:
            assert isinstance(who, SignedIn)
            assert desk.keyring.sign(COLLEAGUE.staff_id, "digest")
        assert desk.keyring.key_of(COLLEAGUE.staff_id) == ""
    with errand(desk, CLERK.staff_id, PIN, "reception"):
        pass
    assert desk.keyring.key_of(CLERK.staff_id), "who is signed in stays so"


def test_without_a_hub_nothing_is_unlocked(desk: Desk) -> None:
    sign_in(desk, CLERK.staff_id, PIN)
    assert desk.keyring.key_of(CLERK.staff_id) == ""


def test_ones_own_new_pin_goes_on_with_the_same_key(
    desk: Desk, verdict: Callable[[Envelope], str]
) -> None:
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    before = signed(desk, envelope())
    done(change_pin(desk, CLERK, CLERK.staff_id, NEW_PIN))
    assert verdict(before) == ""
    done(sign_out(desk, CLERK))
    sign_in(desk, CLERK.staff_id, NEW_PIN)
    assert verdict(signed(desk, envelope())) == ""


def test_work_signed_before_a_pin_was_reset_is_believed_for_some_days(
    desk: Desk, clock: ManualClock, verdict: Callable[[Envelope], str]
) -> None:
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    before = signed(desk, envelope())
    done(change_pin(desk, ADMINISTRATOR, CLERK.staff_id, NEW_PIN))
    assert verdict(before) == ""
    sign_in(desk, CLERK.staff_id, NEW_PIN)
    assert verdict(signed(desk, envelope())) == ""
    clock.advance(timedelta(milliseconds=FORMER_KEY_MS).total_seconds())
    assert verdict(before) == "signature_wrong"
    assert verdict(signed(desk, envelope())) == ""


def test_an_account_from_before_keys_gets_one_where_the_store_is_its_own_home(
    desk: Desk, verdict: Callable[[Envelope], str]
) -> None:
    with writing(desk.connection):
        desk.connection.exec_driver_sql("UPDATE staff_record SET public_key = '', sealed_key = ''")
    assert verdict(envelope()) == "signature_without_key"
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    assert verdict(envelope()) == "signature_without_key", "a terminal's word is worth nothing"
    desk.keyring.needed = False
    sign_in(desk, CLERK.staff_id, PIN)
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    assert verdict(signed(desk, envelope())) == ""


def test_a_key_signs_digests_as_text() -> None:
    keys = make_keys("1001", PIN, QUICK)
    private = unseal(keys.sealed_key, "1001", PIN) or ""
    assert holds(keys.public_key, b"digest", sign(private, b"digest"))


@pytest.mark.parametrize(
    "command", ["SignIn", "TakeTicket", "HireStaff", "ChangePin", "RenameStaff"]
)
def test_nobody_brings_a_card_of_somebody_else_along(
    desk: Desk, verdict: Callable[[Envelope], str], command: str
) -> None:
    thief = make_keys(DUTY_MANAGER.staff_id, PIN, QUICK)
    card = StaffCard(staff_id=DUTY_MANAGER.staff_id, public_key=thief.public_key)
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    letter = envelope("d1" if command == "TakeTicket" else CLERK.staff_id, command)
    about = {"payload": {"staff_id": CLERK.staff_id}, "beside": Beside(staff=(card,))}
    assert verdict(signed(desk, letter.model_copy(update=about))) == "card_of_other"


def test_ones_own_card_goes_along(desk: Desk, verdict: Callable[[Envelope], str]) -> None:
    desk.keyring.needed = True
    sign_in(desk, CLERK.staff_id, PIN)
    card = StaffCard(staff_id=CLERK.staff_id, pin_hash="x")
    about = {"payload": {"staff_id": CLERK.staff_id}, "beside": Beside(staff=(card,))}
    letter = envelope(command="ChangePin").model_copy(update=about)
    assert verdict(signed(desk, letter)) == ""
