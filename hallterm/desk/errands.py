"""Use cases of visits and deliveries (上门办理、配送)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.errand import commands as cmd
from hallterm.domain.errand.state import NoteRef
from hallterm.domain.errand.words import (
    AheadOutcome,
    ErrandCancel,
    ErrandKind,
    ErrandNote,
    ErrandOutcome,
)
from hallterm.domain.note import Note
from hallterm.domain.person.phone import read_phone
from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.words import UndoReason
from hallterm.store.connection import reading
from hallterm.store.persons.records import get

LONGEST_TEXT = 200
"""Characters of an address, of what to bring …"""
Texts = Mapping[ErrandNote, str]
"""What was typed, by what it is; empty texts are left out."""


@dataclass(frozen=True, slots=True)
class ErrandPlan:
    """What was agreed on with the customer."""

    kind: ErrandKind
    person_id: str
    business_id: str
    begins: datetime
    ends: datetime
    """Window, aware."""
    texts: Texts = field(default_factory=dict)
    goes: str | None = None
    """工号 of whoever goes."""
    origin: str | None = None
    """Id of the ticket or request that it comes from."""


def plan(desk: Desk, actor: Actor, agreed: ErrandPlan) -> Done | Refusal:
    """Write down what was agreed on. Nobody finds an address that isn't there."""
    made = planned(desk, agreed)
    return made if isinstance(made, Refusal) else desk.act(actor, *made)


def planned(desk: Desk, agreed: ErrandPlan) -> tuple[cmd.PlanErrand, tuple[Note, ...]] | Refusal:
    """Return the command that writes down what was agreed on, with its notes."""
    with reading(desk.connection):
        known = get(desk.connection, agreed.person_id) is not None
    if not known:
        return refuse("unknown_person")
    if not clean_text(agreed.texts.get(ErrandNote.ADDRESS, "")):
        return refuse("address_missing")
    errand_id = desk.new_id()
    notes = _notes(desk, errand_id, agreed.person_id, agreed.texts)
    if isinstance(notes, Refusal):
        return notes
    command = cmd.PlanErrand(
        errand_id=errand_id,
        errand_kind=agreed.kind,
        person_id=agreed.person_id,
        business_id=agreed.business_id,
        begins=agreed.begins,
        ends=agreed.ends,
        goes=agreed.goes,
        notes=tuple(NoteRef(about=about, id=note.id) for about, note in notes.items()),
        origin=agreed.origin,
    )
    return command, tuple(notes.values())


def _notes(
    desk: Desk, errand_id: str, person_id: str, typed: Texts
) -> dict[ErrandNote, Note] | Refusal:
    notes: dict[ErrandNote, Note] = {}
    for about, raw in typed.items():
        text = clean_text(raw)
        if not text:
            continue
        if about is ErrandNote.PHONE:
            number = read_phone(text)
            if number is None:
                return refuse("phone_wrong")
            text = number
        if len(text) > LONGEST_TEXT:
            return refuse("text_too_long", field="notes", limit=LONGEST_TEXT)
        note_id = desk.new_id()
        notes[about] = Note(id=note_id, person_id=person_id, about=errand_id, text=text)
    return notes


def assign(desk: Desk, actor: Actor, errand_id: str, goes: str) -> Done | Refusal:
    """Say who goes."""
    return desk.act(actor, cmd.AssignErrand(errand_id=errand_id, goes=goes))


def call_ahead(desk: Desk, actor: Actor, errand_id: str, outcome: AheadOutcome) -> Done | Refusal:
    """Note what the call before setting out said."""
    return desk.act(actor, cmd.CallAhead(errand_id=errand_id, outcome=outcome))


def depart(desk: Desk, actor: Actor, errand_id: str) -> Done | Refusal:
    """Set out; whoever was named goes, else the actor."""
    return desk.act(actor, cmd.DepartErrand(errand_id=errand_id))


def finish(desk: Desk, actor: Actor, errand_id: str, outcome: ErrandOutcome) -> Done | Refusal:
    """End it on the spot."""
    return desk.act(actor, cmd.FinishErrand(errand_id=errand_id, outcome=outcome))


def miss(desk: Desk, actor: Actor, errand_id: str, *, left_note: bool) -> Done | Refusal:
    """Note that nobody was there."""
    return desk.act(actor, cmd.MissErrand(errand_id=errand_id, left_note=left_note))


def rebook(
    desk: Desk,
    actor: Actor,
    errand_id: str,
    window: tuple[datetime, datetime],
    texts: Texts | None = None,
) -> Done | Refusal:
    """Agree on another window; texts: only what has changed."""
    errand = desk.hall.errands.get(errand_id)
    if errand is None:
        return refuse("unknown_errand")
    notes = _notes(desk, errand_id, errand.person_id, texts or {})
    if isinstance(notes, Refusal):
        return notes
    command = cmd.RebookErrand(
        errand_id=errand_id,
        begins=window[0],
        ends=window[1],
        notes=tuple(NoteRef(about=about, id=note.id) for about, note in notes.items()),
    )
    return desk.act(actor, command, notes.values())


def cancel(desk: Desk, actor: Actor, errand_id: str, reason: ErrandCancel) -> Done | Refusal:
    """Call it off."""
    return desk.act(actor, cmd.CancelErrand(errand_id=errand_id, reason=reason))


def undo(desk: Desk, actor: Actor, errand_id: str, reason: UndoReason) -> Done | Refusal:
    """Take back what happened last."""
    return desk.act(actor, cmd.UndoErrand(errand_id=errand_id, reason=reason))
