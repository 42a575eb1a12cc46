"""From what was typed for a special request to values and notes, or why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hallterm.desk.request_acts import Kind, Want
from hallterm.domain.note import LONGEST_NOTE, Note
from hallterm.domain.person.text import clean_code, clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.words.money import read_yuan

LARGEST_YUAN = 1_000_000
COUNT_DIGITS = 3
_MOMENTS = ("%Y-%m-%d %H:%M", "%m-%d %H:%M", "%H:%M", "%H%M")


@dataclass
class Notebook:
    """Makes the notes that go with one command."""

    about: str
    person_id: str | None
    new_id: Callable[[], str]
    notes: list[Note] = field(default_factory=list)

    def note(self, text: str) -> str | None:
        """Return the id of a note with these words; None for no words."""
        if not text:
            return None
        made = Note(id=self.new_id(), person_id=self.person_id, about=self.about, text=text)
        self.notes.append(made)
        return made.id


@dataclass(frozen=True, slots=True)
class Typed:
    """What a field is read with."""

    book: Notebook
    now: datetime
    zone: ZoneInfo


def read_fields(
    wants: Sequence[Want], typed: Mapping[str, str], by: Typed
) -> dict[str, Any] | Refusal:
    """Return the value of each wanted field; None for one left empty.

    Words become notes in the notebook; amounts are fen; moments are aware.
    """
    values: dict[str, Any] = {}
    for want in wants:
        text = clean_text(typed.get(want.name, ""))
        if not text:
            if want.needed:
                return refuse("field_missing", request_field=want.name)
            values[want.name] = None
            continue
        value = _READERS[want.kind](want, text, by)
        if isinstance(value, Refusal):
            return value
        values[want.name] = value
    return values


def _words(_: Want, text: str, by: Typed) -> object:
    if len(text) > LONGEST_NOTE:
        return refuse("words_too_long", limit=LONGEST_NOTE)
    return by.book.note(text)


def _choice(want: Want, text: str, _: Typed) -> object:
    options = list(want.options or ())
    found = next((one for one in options if one.value == text), None)
    known = ", ".join(one.value for one in options)
    return found or refuse("choice_not_known", request_field=want.name, options=known)


def _amount(_: Want, text: str, __: Typed) -> object:
    fen = read_yuan(text)
    return refuse("amount_form") if fen is None or fen > LARGEST_YUAN * 100 else fen


def _moment(_: Want, text: str, by: Typed) -> object:
    return read_moment(text, by.now, by.zone) or refuse("visit_moment_form")


def _count(_: Want, text: str, __: Typed) -> object:
    short = text.isdecimal() and len(text) <= COUNT_DIGITS
    return int(text) if short else refuse("count_form")


_READERS: Mapping[Kind, Callable[[Want, str, Typed], object]] = {
    Kind.WORDS: _words,
    Kind.CHOICE: _choice,
    Kind.AMOUNT: _amount,
    Kind.MOMENT: _moment,
    Kind.COUNT: _count,
    Kind.STAFF: lambda _want, text, _by: clean_code(text),
    Kind.TEXT: lambda _want, text, _by: text,
    Kind.CODE: lambda _want, text, _by: text.lower(),
}


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that somebody typed as date and time, or as a time of today; None if not.

    A day without a year is the next one of that name.
    """
    local = now.astimezone(zone)
    for form in _MOMENTS:
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - the hall's zone is set below
        except ValueError:
            continue
        if "%Y" not in form:
            found = found.replace(year=local.year)
        if "%d" not in form:
            found = datetime.combine(local.date(), time(found.hour, found.minute))
        moment = found.replace(tzinfo=zone)
        if "%Y" not in form and "%d" in form and moment < local - timedelta(days=1):
            moment = moment.replace(year=local.year + 1)
        return moment
    return None
