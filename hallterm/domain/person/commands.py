"""What can be asked about a person's record. The data itself travels beside the command."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.person.details import ConsentPurpose, ConsentWay, PersonKind
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.stream import Command, CommandKind, StreamKind


class UnmaskReason(StrEnum):
    """Why a masked number is looked at whole (查看原因)."""

    IDENTITY_CHECK = "identity_check"
    """The customer is here and a document is compared."""
    CALL_BACK = "call_back"
    """The customer has to be phoned."""
    FORM = "form"
    """A form of the business needs it."""
    COMPLAINT = "complaint"
    """A complaint or work order needs it."""


class PrivilegedReason(StrEnum):
    """Why a manager changes a tier, a card or the special flag (调整原因)."""

    CARD_SHOWN = "card_shown"
    """The card or the VIP club's list says so."""
    WRONG_ENTRY = "wrong_entry"
    """It was entered wrongly."""
    HEADQUARTERS = "headquarters"
    """A superior office decided it."""
    RELATION = "relation"
    """Special relation begun or ended (S1 §13)."""


class EraseReason(StrEnum):
    """Why a customer's record is erased (删除原因, S2)."""

    REQUESTED = "requested"
    """The customer asks for it."""
    RELATION_ENDED = "relation_ended"
    """There is no relation any more."""
    WRONG_ENTRY = "wrong_entry"
    """It should never have been entered."""
    KEPT_LONG_ENOUGH = "kept_long_enough"
    """The time for which it may be kept is over."""


class PersonCommand(Command):
    """A command about one person's record."""

    stream: ClassVar[StreamKind] = "company"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    person_id: str


class RecordPerson(PersonCommand):
    """Enter a new customer (新建客户)."""

    says: ClassVar[CommandKind] = "report"
    kind: PersonKind = PersonKind.INDIVIDUAL
    fields: tuple[str, ...] = Field(min_length=1)
    """Names of the fields that are filled in."""
    consent_way: ConsentWay
    consent_purpose: ConsentPurpose
    taken: tuple[str, ...] = ()
    """Unique fields (phone, VIP card) whose value another record holds already."""


class ChangePerson(PersonCommand):
    """Change fields of a record (修改资料)."""

    says: ClassVar[CommandKind] = "report"
    base_version: int = Field(ge=1)
    """Version of the record that was on the screen."""
    fields: tuple[str, ...]
    """Names of the fields whose values differ."""
    reason: PrivilegedReason | None = None
    """Needed when a tier, card or the special flag changes."""
    taken: tuple[str, ...] = ()
    """Unique fields whose new value another record holds already."""
    change_id: str = ""
    """Id under which it is kept if somebody has changed the same fields meanwhile."""


class UnmaskPerson(PersonCommand):
    """Look at a masked number whole (查看完整号码); recorded with its reason."""

    says: ClassVar[CommandKind] = "report"
    field: str
    reason: UnmaskReason


class SettleConflict(PersonCommand):
    """Say what holds where two people changed the same fields of a record (资料冲突)."""

    change_id: str
    fields: tuple[str, ...]
    """Names of the fields that the later change fills in."""
    take: bool
    """Whether the later change is made after all; else the record stays as it is."""


class ErasePerson(PersonCommand):
    """Erase a record with its history, notes and papers, for good and everywhere (删除客户资料).

    It is done where it is a fact: at the home, and at each terminal as soon as it hears of it.
    """

    allowed: ClassVar[frozenset[Role]] = MANAGERS | {Role.ADMINISTRATOR}
    reason: EraseReason


class ChangedRecord(Frozen):
    """One record that a batch changes."""

    person_id: str
    base_version: int = Field(ge=1)
    fields: tuple[str, ...] = Field(min_length=1)


class EnterPersons(Command):
    """Enter and change a batch of records from a file (批量导入)."""

    says: ClassVar[CommandKind] = "report"
    stream: ClassVar[StreamKind] = "company"
    allowed: ClassVar[frozenset[Role]] = MANAGERS | {Role.ADMINISTRATOR, Role.KIOSK}
    batch_id: str
    recorded: tuple[str, ...] = ()
    """Ids of new records."""
    changed: tuple[ChangedRecord, ...] = ()
