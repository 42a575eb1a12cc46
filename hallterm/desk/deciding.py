"""Deciding a command on what a transaction holds: the hall's rules, or the persons' room's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from hallterm.domain.actor import Circumstances
from hallterm.domain.decide import Answer, decide
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.note import Beside
from hallterm.domain.person.commands import (
    ChangePerson,
    EnterPersons,
    PersonCommand,
    RecordPerson,
    SettleConflict,
)
from hallterm.domain.person.decide import Meanwhile, decide_batch
from hallterm.domain.person.decide import decide as decide_person
from hallterm.domain.person.details import FIELDS
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Command
from hallterm.store.beside import conflict_fields
from hallterm.store.persons import records
from hallterm.store.persons.keys import KeyKind
from hallterm.store.persons.pinyin import load_pinyin

_UNIQUE = (("phone", KeyKind.PHONE), ("vip_card", KeyKind.CARD))


@dataclass(frozen=True, slots=True)
class Situation:
    """What a decision stands on."""

    hall: Hall
    rules: Rules
    where: Circumstances
    late: bool = False
    """The command was carried out at a terminal before, and is decided again here."""


def decide_in(
    connection: sa.Connection, command: Command, beside: Beside, now: Situation
) -> Answer:
    """Answer a command inside a write transaction; nothing is written yet."""
    if isinstance(command, EnterPersons):
        load_pinyin()
        return decide_batch(command, now.where)
    if not isinstance(command, PersonCommand):
        return decide(now.hall, command, now.where, now.rules)
    problem = _incomplete(connection, command, beside)
    if problem:
        return problem
    load_pinyin()
    person_id = command.person_id
    state = records.state_of(connection, person_id, records.get(connection, person_id))
    if isinstance(command, RecordPerson | ChangePerson):
        values = beside.persons.get(person_id, {})
        command = command.model_copy(update={"taken": taken(connection, values, person_id)})
    meanwhile = _meanwhile(connection, command) if now.late else None
    return decide_person(state, command, now.where, meanwhile)


def _incomplete(
    connection: sa.Connection, command: PersonCommand, beside: Beside
) -> Refusal | None:
    """Refuse a command that names fields without their values, or settles what is no conflict.

    Such a command comes from a faulty terminal; its facts could be taken in by nobody.
    """
    if isinstance(command, SettleConflict):
        kept = conflict_fields(connection, command.person_id, command.change_id)
        if kept is None:
            return refuse("conflict_unknown")
        if command.take and set(command.fields) != kept:
            return refuse("person_fields_wrong")
    if isinstance(command, RecordPerson | ChangePerson | SettleConflict):
        values = beside.persons.get(command.person_id)
        told = set(FIELDS) if values is None else set(FIELDS) & values.keys()
        if not told.issuperset(command.fields):
            return refuse("person_fields_wrong")
    return None


def _meanwhile(connection: sa.Connection, command: PersonCommand) -> Meanwhile:
    if not isinstance(command, ChangePerson):
        return Meanwhile()
    since = records.changed_since(connection, command.person_id, command.base_version)
    return Meanwhile(since)


def taken(connection: sa.Connection, values: Mapping[str, Any], person_id: str) -> tuple[str, ...]:
    """Return the unique fields whose value another record holds."""
    return tuple(
        name
        for name, kind in _UNIQUE
        if (text := values.get(name))
        and any(i != person_id for i in records.holders(connection, kind, str(text)))
    )
