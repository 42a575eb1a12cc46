"""From words that were typed or imported to the values of a record, field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hallterm.domain.person.choices import CHOICES, grade_in_tier_column, read_choice
from hallterm.domain.person.details import Brand, PersonKind
from hallterm.domain.person.identity import read_id_number, read_vip_card
from hallterm.domain.person.phone import read_phone
from hallterm.domain.person.text import clean_code, clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.tiers import Tier

Value = str | bool | None
"""A field's value as the store keeps it; None is "empty"."""

Values = dict[str, Value]
"""Values by name of field."""

LENGTHS = {"name": 60, "account_manager": 24, "contact": 60, "notes": 500}
"""Longest free text, characters."""

IDENTIFIERS = ("phone", "vip_card", "id_number")
"""Fields by which a person is found again, the surest first."""

_NUMBERS: Mapping[str, Callable[[str], str | None]] = {
    "phone": read_phone,
    "vip_card": read_vip_card,
    "id_number": read_id_number,
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What could be read, and why the rest could not."""

    values: Values
    problems: tuple[Refusal, ...] = ()


def clean_field(field: str, raw: str) -> Value | Refusal:
    """Return the value of one field, or why it can't be read; empty input is None.

    Raises:
        KeyError: no field of a record that people fill in has this name.
    """
    if read := _NUMBERS.get(field):
        if not raw or raw.isspace():
            return None
        return read(raw) or refuse(f"{field}_wrong")
    if field in CHOICES:
        text = clean_text(raw)
        if not text:
            return None
        found = read_choice(field, text)
        return refuse("choice_unknown", field=field) if found is None else found
    limit = LENGTHS[field]
    text = clean_code(raw) if field == "account_manager" else clean_text(raw)
    if len(text) > limit:
        return refuse("text_too_long", field=field, limit=limit)
    return text or None


def clean(raw: Mapping[str, str]) -> Cleaned:
    """Read all given fields of a record; fields that aren't given are left out of the values."""
    values: Values = {}
    problems = []
    for field, text in raw.items():
        value = clean_field(field, text)
        if isinstance(value, Refusal):
            if field == "tier" and (grade := grade_in_tier_column(text)):
                values |= {"tier": Tier.VIP, "grade": grade}
                continue
            problems.append(value)
        elif value is not None or values.get(field) is None:
            values[field] = value
    return Cleaned(values, tuple(problems))


def complete(values: Values) -> Refusal | None:
    """Say what a new record lacks or contradicts, if anything; fill in what follows.

    A grade makes a VIP, the brand 全球通 a GoTone customer; a grade without VIP is a contradiction.
    """
    settle_tier(values)
    if not any(values.get(field) for field in (*IDENTIFIERS, "name")):
        return refuse("person_empty")
    if values.get("kind") == PersonKind.COMPANY and not values.get("name"):
        return refuse("company_needs_name")
    return check_together(values)


def settle_tier(values: Values) -> None:
    """Fill in a tier that wasn't said but follows from the grade or the brand."""
    if values.get("tier") is None:
        if values.get("grade"):
            values["tier"] = Tier.VIP
        elif values.get("brand") == Brand.GOTONE:
            values["tier"] = Tier.GOTONE
        else:
            values.pop("tier", None)


def check_together(values: Mapping[str, object]) -> Refusal | None:
    """Refuse a whole record whose fields contradict each other."""
    if values.get("grade") and values.get("tier") != Tier.VIP:
        return refuse("grade_needs_vip")
    return None
