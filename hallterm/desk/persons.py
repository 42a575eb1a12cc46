"""Use cases around one customer: find, look at, enter, change, see a number whole, history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.person_views import (
    FoundPersons,
    HistoryEntry,
    PersonView,
    masked_values,
    view_of,
)
from hallterm.domain.actor import Actor
from hallterm.domain.note import NOTHING, Beside
from hallterm.domain.person.cleaning import Values, check_together, clean, complete
from hallterm.domain.person.commands import (
    ChangePerson,
    PersonCommand,
    PrivilegedReason,
    RecordPerson,
    UnmaskPerson,
    UnmaskReason,
)
from hallterm.domain.person.details import (
    ConsentPurpose,
    ConsentWay,
    PersonKind,
)
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.persons import records
from hallterm.store.persons.pinyin import load_pinyin
from hallterm.store.persons.search import search as search_store

__all__ = [
    "FoundPersons",
    "HistoryEntry",
    "PersonView",
    "change",
    "get",
    "get_many",
    "history",
    "record",
    "search",
    "unmask",
    "view_of",
]


def get(desk: Desk, actor: Actor, person_id: str) -> PersonView | None:
    """Return a customer, or None when nobody has this id."""
    with reading(desk.connection) as connection:
        record = records.get(connection, person_id)
    return None if record is None else view_of(record, actor.roles)


def get_many(desk: Desk, actor: Actor, person_ids: Iterable[str]) -> dict[str, PersonView]:
    """Return several customers by id, such as those on the board; unknown ids are left out."""
    with reading(desk.connection) as connection:
        found = records.get_many(connection, person_ids)
    return {person_id: view_of(record, actor.roles) for person_id, record in found.items()}


def search(desk: Desk, actor: Actor, text: str, limit: int = 20) -> FoundPersons:
    """Return the first customers that fit what was typed; see `store.persons.search`."""
    with reading(desk.connection) as connection:
        found = search_store(connection, text, limit)
    rows = tuple(view_of(record, actor.roles) for record in found.rows)
    return FoundPersons(rows, found.more, found.more_is_at_least)


def record(
    desk: Desk,
    actor: Actor,
    raw: Mapping[str, str],
    way: ConsentWay,
    purpose: ConsentPurpose = ConsentPurpose.SERVICE,
) -> PersonView | Refusal:
    """Enter a new customer from what was typed, with consent; empty fields are left out."""
    values = _read(raw)
    if isinstance(values, Refusal):
        return values
    values = {name: value for name, value in values.items() if value is not None}
    if problem := complete(values):
        return problem
    person_id = desk.new_id()

    def make(_: sa.Connection, __: records.PersonRecord | None) -> PersonCommand:
        return RecordPerson(
            person_id=person_id,
            kind=PersonKind(str(values.get("kind") or PersonKind.INDIVIDUAL)),
            fields=tuple(values),
            consent_way=way,
            consent_purpose=purpose,
        )

    def beside(at: datetime) -> dict[str, Any]:
        consent: dict[str, Any] = {"consent_at": at, "consent_way": way, "consent_purpose": purpose}
        return records.stored({**values, **consent})

    return _viewed(desk, actor, person_id, _act(desk, actor, person_id, make, beside))


def change(
    desk: Desk,
    actor: Actor,
    person_id: str,
    base_version: int,
    raw: Mapping[str, str],
    reason: PrivilegedReason | None = None,
) -> PersonView | Refusal:
    """Change the given fields of a record; an empty text empties the field.

    Args:
        desk: the store's door.
        actor: who changes.
        person_id: whose record.
        base_version: version of the record that was on the screen.
        raw: what was typed, by name of field; only fields that were edited.
        reason: needed for tier, card and the special flag.
    """
    values = _read(raw)
    if isinstance(values, Refusal):
        return values
    changed: dict[str, Any] = {}
    change_id = desk.new_id()

    def make(_: sa.Connection, before: records.PersonRecord | None) -> PersonCommand | Refusal:
        if before is not None:
            now = records.stored(dict(before.details))
            after = records.stored(_follow(values, now))
            changed.update({n: v for n, v in after.items() if v != now[n]})
            if problem := check_together({**now, **after}):
                return problem
        return ChangePerson(
            person_id=person_id,
            base_version=base_version,
            fields=tuple(changed),
            reason=reason,
            change_id=change_id,
        )

    return _viewed(desk, actor, person_id, _act(desk, actor, person_id, make, lambda _: changed))


def unmask(
    desk: Desk, actor: Actor, person_id: str, field: str, reason: UnmaskReason
) -> str | Refusal:
    """Return a masked number whole; who looked and why is recorded first."""
    command = UnmaskPerson(person_id=person_id, field=field, reason=reason)
    problem = _act(desk, actor, person_id, lambda *_: command, lambda _: None)
    if problem:
        return problem
    with reading(desk.connection) as connection:
        found = records.get(connection, person_id)
    return refuse("person_unknown") if found is None else getattr(found.details, field) or ""


def history(desk: Desk, actor: Actor, person_id: str) -> list[HistoryEntry]:
    """Return what changed in a record and by whom, the latest first, its recording last."""
    with reading(desk.connection) as connection:
        found = records.get(connection, person_id)
        changes = records.versions(connection, person_id)
    if found is None:
        return []
    entries = [
        HistoryEntry(c.version, c.at, c.actor, masked_values(c.previous, actor.roles))
        for c in changes
    ]
    return [*entries, HistoryEntry(1, found.recorded_at, found.recorded_by, {})]


_Make = Callable[[sa.Connection, records.PersonRecord | None], PersonCommand | Refusal]
_Values = Callable[[datetime], dict[str, Any] | None]
"""The values that go beside the command, for its moment."""


def _act(desk: Desk, actor: Actor, person_id: str, make: _Make, values: _Values) -> Refusal | None:
    """Make the command inside the transaction, decide it, write its data and its events."""
    load_pinyin()
    with desk.transaction(actor) as transaction:
        command = make(transaction.connection, records.get(transaction.connection, person_id))
        given = values(transaction.where.at)
        beside = Beside(persons={person_id: given}) if given else NOTHING
        answer = command if isinstance(command, Refusal) else transaction.perform(command, beside)
        if isinstance(answer, Refusal):
            transaction.abandon()
            return answer
    return None


def _viewed(
    desk: Desk, actor: Actor, person_id: str, problem: Refusal | None
) -> PersonView | Refusal:
    return problem or get(desk, actor, person_id) or refuse("person_unknown")


def _read(raw: Mapping[str, str]) -> Values | Refusal:
    cleaned = clean(raw)
    return cleaned.problems[0] if cleaned.problems else cleaned.values


def _follow(values: Values, now: Mapping[str, Any]) -> Values:
    """Return the values with what follows: no VIP any more, no card grade any more."""
    after = dict(values)
    if after.get("grade") and "tier" not in after:
        after["tier"] = Tier.VIP
    if after.get("tier", now["tier"]) != Tier.VIP and now["grade"] and "grade" not in after:
        after["grade"] = None
    return after
