"""The search keys of a record: what is written to `person_key` for one person."""

from collections.abc import Mapping
from enum import IntEnum

from hallterm.domain.person.cleaning import Value
from hallterm.domain.person.details import LOWEST_RANK, rank
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.persons.pinyin import initials, syllables

Key = tuple[int, int, str, int]
"""Kind, rank, text, row of the person."""

TEXT_LIMIT = 32
"""Characters of a name or its spelling that a key keeps."""

TAIL = 4
"""Last digits of a telephone number by which it is found (尾号)."""


class KeyKind(IntEnum):
    """What a key's text is."""

    PHONE = 0
    CARD = 1
    ID_NUMBER = 2
    NAME = 3
    """Case-folded."""
    INITIALS = 4
    """First letters of the pinyin."""
    PINYIN = 5
    """Whole pinyin without spaces and tones."""
    TAIL = 6
    """Last four digits of the telephone number."""


# Plain numbers: millions of keys are made at once, and an enum's value is slow to read.
_PHONE, _CARD, _ID_NUMBER, _NAME, _INITIALS, _PINYIN, _TAIL = (kind.value for kind in KeyKind)

KEYED_FIELDS = frozenset({"phone", "vip_card", "id_number", "name", "tier", "grade"})
"""Fields whose change moves keys."""


def rank_of(values: Mapping[str, Value]) -> int:
    """Return the rank of a record from its stored values."""
    tier, grade = values.get("tier"), values.get("grade")
    if tier is None:
        return LOWEST_RANK
    return rank(Tier(str(tier)), Grade(str(grade)) if grade else None)


def identity_keys(row: int, values: Mapping[str, Value]) -> list[Key]:
    """Return the keys that are unique to a person and decide whether a record is new."""
    place = rank_of(values)
    keys: list[Key] = []
    if phone := values.get("phone"):
        keys.append((_PHONE, place, str(phone), row))
    if card := values.get("vip_card"):
        keys.append((_CARD, place, str(card), row))
    return keys


def other_keys(row: int, values: Mapping[str, Value]) -> list[Key]:
    """Return the keys by which a person is found, beyond the unique ones."""
    place = rank_of(values)
    keys: list[Key] = []
    if number := values.get("id_number"):
        keys.append((_ID_NUMBER, place, str(number), row))
    if phone := values.get("phone"):
        keys.append((_TAIL, place, str(phone)[-TAIL:], row))
    if name := values.get("name"):
        parts = syllables(str(name))
        keys.append((_NAME, place, str(name).casefold()[:TEXT_LIMIT], row))
        if parts:
            keys.append((_INITIALS, place, initials(parts)[:TEXT_LIMIT], row))
            keys.append((_PINYIN, place, "".join(parts)[:TEXT_LIMIT], row))
    return keys
