"""Rules for a person's record."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.person.commands import (
    ChangePerson,
    EnterPersons,
    PersonCommand,
    RecordPerson,
    UnmaskPerson,
)
from hallterm.domain.person.details import PRIVILEGED, SECRET
from hallterm.domain.person.events import (
    PersonChanged,
    PersonEvent,
    PersonRecorded,
    PersonsImported,
    PersonUnmasked,
    RecordVersion,
)
from hallterm.domain.person.state import Person
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS


def decide(
    state: Person | None, command: PersonCommand, circumstances: Circumstances
) -> tuple[PersonEvent, ...] | Refusal:
    """Return what happens when the command is carried out, or why it is not."""
    if not circumstances.actor.is_one_of(command.allowed):
        return refuse("role_not_allowed")
    if isinstance(command, RecordPerson):
        return _record(state, command, circumstances)
    if state is None or state.erased:
        return refuse("person_unknown" if state is None else "person_erased")
    match command:
        case ChangePerson():
            return _change(state, command, circumstances)
        case UnmaskPerson():
            return _unmask(command)
        case _:
            return refuse("command_unknown", command=type(command).__name__)


def decide_batch(
    command: EnterPersons, circumstances: Circumstances
) -> tuple[PersonsImported, ...] | Refusal:
    """Return what happens when a batch is entered; nothing when the batch is empty."""
    if not circumstances.actor.is_one_of(command.allowed):
        return refuse("role_not_allowed")
    if not command.recorded and not command.changed:
        return ()
    changed = tuple(
        RecordVersion(
            person_id=record.person_id,
            person_version=record.base_version + 1,
            fields=record.fields,
        )
        for record in command.changed
    )
    return (PersonsImported(batch_id=command.batch_id, recorded=command.recorded, changed=changed),)


def _record(
    state: Person | None, command: RecordPerson, circumstances: Circumstances
) -> tuple[PersonEvent, ...] | Refusal:
    if state is not None:
        return refuse("person_exists")
    if command.taken:
        return refuse(f"{command.taken[0]}_taken")
    if "special" in command.fields and not circumstances.actor.is_one_of(MANAGERS):
        return refuse("managers_only", field="special")
    return (
        PersonRecorded(
            person_id=command.person_id,
            kind=command.kind,
            fields=command.fields,
            consent_way=command.consent_way,
            consent_purpose=command.consent_purpose,
        ),
    )


def _change(
    state: Person, command: ChangePerson, circumstances: Circumstances
) -> tuple[PersonEvent, ...] | Refusal:
    if command.base_version != state.version:
        return refuse("person_changed_meanwhile", version=state.version)
    if not command.fields:
        return ()
    if command.taken:
        return refuse(f"{command.taken[0]}_taken")
    if privileged := sorted(PRIVILEGED.intersection(command.fields)):
        if not circumstances.actor.is_one_of(MANAGERS):
            return refuse("managers_only", field=privileged[0])
        if command.reason is None:
            return refuse("reason_needed", field=privileged[0])
    return (
        PersonChanged(
            person_id=command.person_id,
            person_version=state.version + 1,
            fields=command.fields,
            reason=command.reason,
        ),
    )


def _unmask(command: UnmaskPerson) -> tuple[PersonEvent, ...] | Refusal:
    if command.field not in SECRET:
        return refuse("field_not_masked", field=command.field)
    return (
        PersonUnmasked(person_id=command.person_id, field=command.field, reason=command.reason),
    )
