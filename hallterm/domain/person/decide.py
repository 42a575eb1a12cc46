"""Rules for a person's record."""

from dataclasses import dataclass

from hallterm.domain.actor import Circumstances
from hallterm.domain.person.commands import (
    ChangePerson,
    EnterPersons,
    ErasePerson,
    PersonCommand,
    RecordPerson,
    SettleConflict,
    UnmaskPerson,
)
from hallterm.domain.person.details import PRIVILEGED, SECRET
from hallterm.domain.person.events import (
    ConflictSettled,
    PersonChanged,
    PersonConflicted,
    PersonErased,
    PersonEvent,
    PersonRecorded,
    PersonsImported,
    PersonUnmasked,
    RecordVersion,
)
from hallterm.domain.person.state import Person
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What a command that was given elsewhere may not have known."""

    changed: tuple[str, ...] = ()
    """Fields that changed since the version it was based on."""


def decide(
    state: Person | None,
    command: PersonCommand,
    circumstances: Circumstances,
    meanwhile: Meanwhile | None = None,
) -> tuple[PersonEvent, ...] | Refusal:
    """Return what happens when the command is carried out, or why it is not.

    meanwhile: for a command that was carried out at another terminal and is decided again.
    What was told there is not lost: other fields merge, the same fields are kept aside.
    """
    if not circumstances.actor.is_one_of(command.allowed):
        return refuse("role_not_allowed")
    if isinstance(command, RecordPerson):
        return _record(state, command, circumstances, late=meanwhile is not None)
    if isinstance(command, ErasePerson) and state is not None and state.erased:
        return ()  # somebody else was quicker; what was wanted holds
    if state is None or state.erased:
        return refuse("person_unknown" if state is None else "person_erased")
    return _decide_known(state, command, circumstances, meanwhile)


def _decide_known(
    state: Person,
    command: PersonCommand,
    circumstances: Circumstances,
    meanwhile: Meanwhile | None,
) -> tuple[PersonEvent, ...] | Refusal:
    match command:
        case ChangePerson():
            return _change(state, command, circumstances, meanwhile)
        case SettleConflict():
            return _settle(state, command)
        case ErasePerson():
            return (PersonErased(person_id=command.person_id, reason=command.reason),)
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
    state: Person | None, command: RecordPerson, circumstances: Circumstances, *, late: bool
) -> tuple[PersonEvent, ...] | Refusal:
    if state is not None:
        return refuse("person_exists")
    if command.taken and not late:
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
    state: Person,
    command: ChangePerson,
    circumstances: Circumstances,
    meanwhile: Meanwhile | None,
) -> tuple[PersonEvent, ...] | Refusal:
    if not command.fields:
        return ()
    if meanwhile and (command.taken or set(meanwhile.changed) & set(command.fields)):
        kept = PersonConflicted(
            person_id=state.id, change_id=command.change_id, fields=command.fields
        )
        return (kept,)
    problem = _change_problem(state, command, circumstances, merging=meanwhile is not None)
    if problem:
        return problem
    return (
        PersonChanged(
            person_id=command.person_id,
            person_version=state.version + 1,
            fields=command.fields,
            reason=command.reason,
        ),
    )


def _change_problem(
    state: Person, command: ChangePerson, circumstances: Circumstances, *, merging: bool
) -> Refusal | None:
    if command.base_version != state.version and not merging:
        return refuse("person_changed_meanwhile", version=state.version)
    if command.taken:
        return refuse(f"{command.taken[0]}_taken")
    if privileged := sorted(PRIVILEGED.intersection(command.fields)):
        if not circumstances.actor.is_one_of(MANAGERS):
            return refuse("managers_only", field=privileged[0])
        if command.reason is None:
            return refuse("reason_needed", field=privileged[0])
    return None


def _settle(state: Person, command: SettleConflict) -> tuple[PersonEvent, ...]:
    settled = ConflictSettled(person_id=state.id, change_id=command.change_id, taken=command.take)
    if not command.take:
        return (settled,)
    version = state.version + 1
    changed = PersonChanged(person_id=state.id, person_version=version, fields=command.fields)
    return (changed, settled)


def _unmask(command: UnmaskPerson) -> tuple[PersonEvent, ...] | Refusal:
    if command.field not in SECRET:
        return refuse("field_not_masked", field=command.field)
    return (
        PersonUnmasked(person_id=command.person_id, field=command.field, reason=command.reason),
    )
