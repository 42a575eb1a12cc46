"""What is shown of a customer: numbers masked, the name as the roles may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hallterm.domain.person.cleaning import Value
from hallterm.domain.person.details import (
    SECRET,
    Brand,
    ConsentPurpose,
    ConsentWay,
    Home,
    PersonDetails,
    PersonKind,
)
from hallterm.domain.person.masking import mask_field, mask_name, name_for
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.persons import records


@dataclass(frozen=True, slots=True)
class PersonView:
    """A customer as a screen may show it: numbers masked, the name as the roles may see it."""

    person_id: str
    version: int
    kind: PersonKind
    name: str
    phone: str
    vip_card: str
    id_number: str
    tier: Tier
    grade: Grade | None
    account_manager: str | None
    """工号 of the 客户经理."""
    brand: Brand
    home: Home
    group_member: bool
    special: bool
    contact: str | None
    notes: str | None
    consent_at: datetime | None
    consent_way: ConsentWay | None
    consent_purpose: ConsentPurpose | None
    recorded_at: datetime
    recorded_by: str
    changed_at: datetime | None
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class FoundPersons:
    """What a search found, VIP first."""

    rows: tuple[PersonView, ...]
    more: int
    """Matches beyond the rows."""
    more_is_at_least: bool
    """There are more than `more`; shown as "1000+"."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record, numbers masked."""

    version: int
    at: datetime
    actor: str
    previous: Mapping[str, Value | float]
    """Values before the change, by name of field; empty for the entry that recorded the person."""


def view_of(record: records.PersonRecord, roles: frozenset[Role]) -> PersonView:
    """Return what these roles may see of a record."""
    details = record.details
    shown = {name: getattr(details, name) for name in PersonDetails.model_fields}
    shown |= {name: mask_field(name, shown[name]) for name in SECRET}
    shown["name"] = name_for(details.name, details.kind, roles)
    if roles.isdisjoint(FLOOR):
        shown |= {"contact": None, "notes": None}
    return PersonView(
        person_id=record.person_id,
        version=record.version,
        recorded_at=record.recorded_at,
        recorded_by=record.recorded_by,
        changed_at=record.changed_at,
        changed_by=record.changed_by,
        **shown,
    )


def masked_values(
    previous: Mapping[str, Value | float], roles: frozenset[Role]
) -> dict[str, Value]:
    """Return earlier values of fields as these roles may see them."""
    shown: dict[str, Value] = {}
    for name, value in previous.items():
        if name in SECRET:
            shown[name] = mask_field(name, str(value) if value else None)
        elif name in {"name", "contact", "notes"} and roles.isdisjoint(FLOOR):
            shown[name] = mask_name(str(value or ""))
        else:
            shown[name] = value if isinstance(value, bool) or value is None else str(value)
    return shown
