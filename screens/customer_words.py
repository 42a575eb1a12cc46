"""Words for the fields of a customer's record and for what changed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hallterm.domain.person.details import Brand, Home, PersonKind
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.cells import plain
from hallterm.words import _, joined
from hallterm.words.refusals import field_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.persons import HistoryEntry, PersonView

CLOSED: Mapping[str, type[StrEnum]] = {
    "kind": PersonKind,
    "tier": Tier,
    "grade": Grade,
    "brand": Brand,
    "home": Home,
}
"""Fields that hold a member of a closed set."""

YES_OR_NO = frozenset({"group_member", "special"})


def value_words(field: str, value: object) -> str:
    """Say a field's value as a person reads it."""
    if field in YES_OR_NO:
        return _("是") if value else _("否")
    if value is None or value == "":
        return _("空")
    if field in CLOSED:
        try:
            return term(CLOSED[field](str(value)))
        except ValueError:
            return plain(str(value))
    return plain(str(value))


def who(staff_id: str, staff: Mapping[str, str]) -> str:
    """Name a member of staff with 工号."""
    return " ".join(filter(None, (plain(staff.get(staff_id, "")), plain(staff_id))))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one change."""

    field: str
    before: object
    after: object

    @property
    def words(self) -> str:
        """The change in words: 姓名 张伟 改为 张炜."""
        return _("{field} {before} 改为 {after}").format(
            field=field_word(self.field),
            before=value_words(self.field, self.before),
            after=value_words(self.field, self.after),
        )


def changes_of(
    history: Sequence["HistoryEntry"], view: "PersonView"
) -> list[tuple["HistoryEntry", list[FieldChange]]]:
    """Return each entry, the latest first, with what its fields held before and after.

    What a field held after a change is what the next later change of it calls "before", or what
    the record holds now.
    """
    now: dict[str, object] = {}
    told = []
    for entry in history:
        fields = []
        for field, before in entry.previous.items():
            after = now.get(field, getattr(view, field, None))
            fields.append(FieldChange(field, before, after))
            now[field] = before
        told.append((entry, fields))
    return told


def changed_since(
    history: Sequence["HistoryEntry"], view: "PersonView", version: int, staff: Mapping[str, str]
) -> str:
    """Say who changed what after a version was read."""
    parts = []
    for entry, fields in changes_of(history, view):
        if entry.version <= version:
            break
        listed = joined(change.words for change in fields)
        parts.append(_("{who}：{changes}").format(who=who(entry.actor, staff), changes=listed))
    return _("；").join(reversed(parts))
