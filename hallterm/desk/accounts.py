"""Accounts of the staff: hire, set a PIN, sign in, unlock, sign out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from hallterm.desk import strangers
from hallterm.desk.desk import Desk, Done
from hallterm.desk.signatures import Cost, make_keys
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import ChangePin, HireStaff, RenameStaff, SignIn, SignOut
from hallterm.domain.company.events import SignInFailed
from hallterm.domain.company.state import STAFF_ID_PATTERN
from hallterm.domain.note import StaffCard
from hallterm.domain.person.text import clean_code, clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.store.connection import reading, writing
from hallterm.store.log import to_ms
from hallterm.store.tables import StaffRecord, table_of

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_records = table_of(StaffRecord)
LONGEST_NAME = 40
EASY_PINS = frozenset({"0123456789", "1234567890", "9876543210", "0987654321"})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who showed the right PIN."""

    actor: Actor
    name: str


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - loads a C library; needed only here

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def pin_problem(pin: str, least: int) -> Refusal | None:
    """Refuse a PIN that is too short, not digits, or easily guessed (S4 §4.1)."""
    if not pin.isascii() or not pin.isdigit() or not least <= len(pin) <= 12:  # noqa: PLR2004
        return refuse("pin_form", digits=least)
    runs = (run for run in EASY_PINS if pin in run)
    if len(set(pin)) == 1 or next(runs, None):
        return refuse("pin_easy")
    return None


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN (30 ms, 19 MiB)."""
    return _hasher().hash(pin)


def _keys(desk: Desk, staff_id: str, pin: str, private: str = "") -> dict[str, Any]:
    """Return a key pair for the staff record; it costs what a hash of the PIN costs."""
    hasher = _hasher()
    cost = Cost(hasher.time_cost, hasher.memory_cost, hasher.parallelism)
    keys = make_keys(staff_id, pin, cost, private)
    made = {} if private else {"key_since_ms": to_ms(desk.clock.now())}
    return {"public_key": keys.public_key, "sealed_key": keys.sealed_key, **made}


def hire(
    desk: Desk, actor: Actor, staff_id: str, name: str, roles: frozenset[Role], pin: str
) -> Done | Refusal:
    """Open an account with its name, roles and first PIN."""
    staff_id, name, pin = clean_code(staff_id), clean_text(name), clean_code(pin)
    problem = pin_problem(pin, desk.rules.standards.sign_in.pin_digits)
    if problem:
        return problem
    if not name or len(name) > LONGEST_NAME:
        return refuse("name_form", most=LONGEST_NAME)
    if not roles:
        return refuse("roles_missing")
    if not re.fullmatch(STAFF_ID_PATTERN, staff_id):
        return refuse("staff_id_form")
    keys = _keys(desk, staff_id, pin)
    card = StaffCard(staff_id=staff_id, name=name, pin_hash=hash_pin(pin), **keys)
    return desk.act(actor, HireStaff(staff_id=staff_id, roles=roles), staff=(card,))


def rename(desk: Desk, actor: Actor, staff_id: str, name: str) -> Done | Refusal:
    """Put right how somebody is called; what was done under the old name stays theirs."""
    name = clean_text(name)
    if not name or len(name) > LONGEST_NAME:
        return refuse("name_form", most=LONGEST_NAME)
    card = StaffCard(staff_id=staff_id, name=name)
    return desk.act(actor, RenameStaff(staff_id=staff_id), staff=(card,))


def change_pin(desk: Desk, actor: Actor, staff_id: str, pin: str) -> Done | Refusal:
    """Set a new PIN. One's own goes on with the same key; another's PIN brings a new one."""
    staff_id, pin = clean_code(staff_id), clean_code(pin)
    if staff_id not in desk.replica.company.staff:
        return refuse("unknown_staff", staff=staff_id)
    problem = pin_problem(pin, desk.rules.standards.sign_in.pin_digits)
    if problem:
        return problem
    own = desk.keyring.key_of(staff_id) if actor.staff_id == staff_id else ""
    keys = _keys(desk, staff_id, pin, own)
    if not own:
        with reading(desk.connection) as connection:
            keys["former_key"] = _public_key(connection, staff_id)
    card = StaffCard(staff_id=staff_id, pin_hash=hash_pin(pin), **keys)
    return desk.act(actor, ChangePin(staff_id=staff_id), staff=(card,))


def sign_in(desk: Desk, staff_id: str, pin: str, purpose: str = "sign_in") -> SignedIn | Refusal:
    """Judge 工号 and PIN. Wrong tries are counted in the store, so a restart doesn't help."""
    staff_id, pin = clean_code(staff_id), clean_code(pin)
    with reading(desk.connection):
        one = sa.select(_records).where(_records.c.staff_id == staff_id)
        record = desk.connection.execute(one).first()
    right = _matches(record.pin_hash if record else None, pin)
    actor = Actor(staff_id, frozenset({Role.KIOSK}))
    command = SignIn(staff_id=staff_id, pin_right=right, purpose=purpose)
    result = desk.act(actor, command)
    if isinstance(result, Refusal):
        return strangers.answer(desk, staff_id) if result.code == "wrong_pin" else result
    member = desk.replica.company.staff[staff_id]
    limits = desk.rules.standards.sign_in
    for event in result.events:
        if isinstance(event, SignInFailed):
            if event.locked_until:
                return refuse("account_locked", seconds=limits.lock_minutes * 60)
            return refuse("wrong_pin", left=limits.wrong_pins - member.wrong_pins)
    if record:
        _unlock(desk, staff_id, record.sealed_key, pin)
    return SignedIn(Actor(staff_id, member.roles), record.name if record else "")


@contextmanager
def errand(desk: Desk, staff_id: str, pin: str, purpose: str) -> Iterator[SignedIn | Refusal]:
    """Judge 工号 and PIN for what is done inside, at a terminal where another is signed in.

    Wrong ones are counted. The person's key is locked again right after, unless it was unlocked
    before: then they are signed in here.
    """
    before = bool(desk.keyring.key_of(clean_code(staff_id)))
    try:
        yield sign_in(desk, staff_id, pin, purpose)
    finally:
        if not before:
            desk.keyring.lock(clean_code(staff_id))


def _unlock(desk: Desk, staff_id: str, sealed_key: str, pin: str) -> None:
    """Have the key at hand where commands are signed; an account from before keys gets one.

    Only where the store is its own home: a terminal's word for a key would be worth nothing.
    """
    if desk.keyring.needed or desk.replica.link is not None:
        desk.keyring.unlock(staff_id, sealed_key, pin)
    elif not sealed_key:
        keys = _keys(desk, staff_id, pin)
        with writing(desk.connection) as connection:
            one = (_records.c.staff_id == staff_id) & (_records.c.sealed_key == "")
            connection.execute(sa.update(_records).where(one).values(keys))


def _public_key(connection: sa.Connection, staff_id: str) -> str:
    one = sa.select(_records.c.public_key).where(_records.c.staff_id == staff_id)
    return connection.execute(one).scalar() or ""


def _matches(pin_hash: str | None, pin: str) -> bool:
    from argon2.exceptions import VerificationError  # noqa: PLC0415 - see _hasher

    if pin_hash is None:
        # As slow as a real check, so that a stranger can't learn which accounts exist.
        hash_pin(pin)
        return False
    try:
        return _hasher().verify(pin_hash, pin)
    except VerificationError:
        return False


def sign_out(desk: Desk, actor: Actor) -> Done | Refusal:
    """Leave the terminal."""
    desk.keyring.lock(actor.staff_id)
    return desk.act(actor, SignOut(staff_id=actor.staff_id))


def staff_names(desk: Desk) -> dict[str, str]:
    """Return 工号 → name of everybody who works or worked here."""
    with reading(desk.connection):
        rows = desk.connection.execute(sa.select(_records.c.staff_id, _records.c.name))
        return {row.staff_id: row.name for row in rows}
