"""What the rows of a file mean for the records that are there: new, changed, the same, refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from hallterm.domain.person.cleaning import check_together, complete
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal, refuse
from hallterm.store.persons import bulk
from hallterm.store.persons.keys import KeyKind
from hallterm.store.persons.records import stored

Stored = dict[str, Any]
"""Values as the store keeps them, by name of field."""


@dataclass(slots=True)
class FileRow:
    """One readable row of the file."""

    line: int
    values: Stored
    """Only fields that the row fills in; an empty cell leaves a record as it is."""


@dataclass(slots=True, eq=False)
class Entry:
    """One record that the rows touch."""

    row: int | None
    """Its row in the store; None for a new one."""
    base: Mapping[str, Any]
    """Its values in the store; empty for a new one."""
    changes: Stored = field(default_factory=dict)
    """Values that differ from the base."""
    sources: list[FileRow] = field(default_factory=list)
    """Rows of the file that it comes from."""

    def get(self, name: str) -> Any:  # noqa: ANN401 - a column's value
        """Return a field's value as it will be."""
        return self.changes[name] if name in self.changes else self.base.get(name)


class Book:
    """Records by number: those of the store that a piece of the file mentions, and new ones."""

    def __init__(self, connection: sa.Connection, rows: Sequence[FileRow]) -> None:
        self._entries: dict[int, Entry] = {}
        found = {
            name: bulk.find(connection, kind, _mentioned(rows, name))
            for name, kind in (
                ("phone", KeyKind.PHONE),
                ("vip_card", KeyKind.CARD),
                ("id_number", KeyKind.ID_NUMBER),
            )
        }
        mentioned = {row for by_text in found.values() for rows in by_text.values() for row in rows}
        for current in bulk.read_rows(connection, mentioned):
            self._entries[current["row"]] = Entry(current["row"], current)
        self._by: dict[str, dict[str, list[Entry]]] = {
            name: {text: [self._entries[row] for row in rows] for text, rows in by_text.items()}
            for name, by_text in found.items()
        }

    def owner(self, values: Stored) -> Entry | Refusal | None:
        """Return the record that a row of the file is about, None if it is new.

        The first number that the row has decides: telephone, VIP card, ID. Where a telephone or
        card is new, a record found by the next number is only meant if it has none yet: one
        person may hold several telephone numbers, each with a record of its own.
        """
        phone, card, number = (values.get(n) for n in ("phone", "vip_card", "id_number"))
        if phone and (entry := self._one("phone", phone)):
            return entry
        if card and (entry := self._one("vip_card", card)):
            return entry if not phone or not entry.get("phone") else refuse("vip_card_taken")
        if not number:
            return None if phone or card else refuse("no_number")
        same = [
            entry
            for entry in self._by["id_number"].get(number, ())
            if not (phone and entry.get("phone")) and not (card and entry.get("vip_card"))
        ]
        if len(same) > 1 and not phone and not card:
            return refuse("id_number_of_several")
        return same[0] if same else None

    def card_of_other(self, entry: Entry | None, values: Stored) -> bool:
        """Say whether the row's VIP card belongs to another record."""
        card = values.get("vip_card")
        holder = self._one("vip_card", card) if card else None
        return holder is not None and holder is not entry

    def note(self, entry: Entry, values: Stored) -> None:
        """Remember the numbers that a row gives to a record."""
        for name, by_text in self._by.items():
            text = values.get(name)
            if text and entry not in (holders := by_text.setdefault(text, [])):
                holders.append(entry)

    def _one(self, name: str, text: str) -> Entry | None:
        for entry in self._by[name].get(text, ()):
            if entry.get(name) == text:
                return entry
        return None


def plan(
    connection: sa.Connection,
    rows: Sequence[FileRow],
    refused: Callable[[int, Refusal], None],
) -> list[Entry]:
    """Return the records that these rows touch, changed or not; refused rows are told."""
    book = Book(connection, rows)
    touched: dict[int, Entry] = {}
    for file_row in rows:
        answer = _apply(book, file_row)
        if isinstance(answer, Refusal):
            refused(file_row.line, answer)
        else:
            touched[id(answer)] = answer
    return list(touched.values())


def _apply(book: Book, file_row: FileRow) -> Entry | Refusal:
    values = file_row.values
    entry = book.owner(values)
    if isinstance(entry, Refusal):
        return entry
    if book.card_of_other(entry, values):
        return refuse("vip_card_taken")
    problem = _enter(file_row) if entry is None else _merge(entry, values)
    if isinstance(problem, Refusal):
        return problem
    if isinstance(problem, Entry):
        entry = problem
    assert entry is not None  # noqa: S101 - one of the two was just made
    entry.sources.append(file_row)
    book.note(entry, values)
    return entry


def _enter(file_row: FileRow) -> Entry | Refusal:
    values = dict(file_row.values)
    if problem := complete(values):
        return problem
    values |= {"consent_way": ConsentWay.CONTRACT, "consent_purpose": ConsentPurpose.SERVICE}
    return Entry(None, {}, stored(values))


def _merge(entry: Entry, values: Stored) -> Refusal | None:
    given = dict(values)
    if given.get("grade") and "tier" not in given:
        given["tier"] = "vip"
    if given.get("tier", "vip") != "vip" and "grade" not in given:
        given["grade"] = None
    now = stored(given)
    differing = {name: value for name, value in now.items() if entry.get(name) != value}
    if not differing:
        return None
    together = {name: differing.get(name, entry.get(name)) for name in ("tier", "grade")}
    if problem := check_together(together):
        return problem
    entry.changes |= differing
    return None


def _mentioned(rows: Iterable[FileRow], name: str) -> set[str]:
    return {text for row in rows if (text := row.values.get(name))}
