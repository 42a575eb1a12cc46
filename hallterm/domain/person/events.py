"""What can happen to a person's record. Ids, versions and names of fields; never the data."""

from typing import ClassVar

from hallterm.domain.frozen import Frozen
from hallterm.domain.person.commands import EraseReason, PrivilegedReason, UnmaskReason
from hallterm.domain.person.details import ConsentPurpose, ConsentWay, PersonKind
from hallterm.domain.stream import Event, StreamKind


class PersonEvent(Event):
    """Something that happened to one person's record."""

    aggregate: ClassVar[str] = "person"
    stream: ClassVar[StreamKind] = "company"
    person_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the person."""
        return self.person_id


class PersonRecorded(PersonEvent):
    """A new record, version 1."""

    type: ClassVar[str] = "person_recorded"
    kind: PersonKind
    fields: tuple[str, ...]
    consent_way: ConsentWay
    consent_purpose: ConsentPurpose


class PersonChanged(PersonEvent):
    """Fields of a record changed."""

    type: ClassVar[str] = "person_changed"
    person_version: int
    """Version of the record after the change."""
    fields: tuple[str, ...]
    reason: PrivilegedReason | None = None


class PersonUnmasked(PersonEvent):
    """Somebody looked at a masked number whole."""

    type: ClassVar[str] = "person_unmasked"
    field: str
    reason: UnmaskReason


class PersonConflicted(PersonEvent):
    """A change was kept aside, as others had changed the same fields meanwhile."""

    type: ClassVar[str] = "person_conflicted"
    change_id: str
    fields: tuple[str, ...]


class ConflictSettled(PersonEvent):
    """Somebody said what holds."""

    type: ClassVar[str] = "person_conflict_settled"
    change_id: str
    taken: bool


class PersonErased(PersonEvent):
    """The record is gone, and whatever was kept about the person with it."""

    type: ClassVar[str] = "person_erased"
    reason: EraseReason


class RecordVersion(Frozen):
    """One record that a batch changed."""

    person_id: str
    person_version: int
    """Version of the record after the change."""
    fields: tuple[str, ...]


class PersonsImported(Event):
    """A batch of a file went in: one event for some hundred records."""

    type: ClassVar[str] = "persons_imported"
    aggregate: ClassVar[str] = "person_batch"
    stream: ClassVar[StreamKind] = "company"
    batch_id: str
    recorded: tuple[str, ...]
    """Ids of new records, version 1."""
    changed: tuple[RecordVersion, ...]

    @property
    def aggregate_id(self) -> str:
        """Id of the batch."""
        return self.batch_id
