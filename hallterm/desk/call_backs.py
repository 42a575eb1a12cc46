"""Use cases of call-backs (回电): promise, who calls, spoken with, nobody answered, undo."""

from datetime import datetime, timedelta

from hallterm.desk import persons
from hallterm.desk.desk import Desk, Done
from hallterm.desk.diversion_views import Promise
from hallterm.desk.together import act_together
from hallterm.domain.actor import Actor
from hallterm.domain.call_back import commands as calls
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.diversion.words import Way
from hallterm.domain.note import Note
from hallterm.domain.person.commands import UnmaskReason
from hallterm.domain.person.phone import read_phone
from hallterm.domain.person.text import clean_code
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.commands import AnswerDiversion, CallBackPlan, OfferDiversion
from hallterm.domain.ticket.words import UndoReason
from hallterm.store.connection import reading
from hallterm.store.persons import notes
from hallterm.store.persons.records import get_many

Target = tuple[Way, str | None]
"""A way, and the counter or hall to which it leads."""
LEAST_BEFORE_CLOSING = timedelta(minutes=15)
_CLOCK_DIGITS = len("1432")


def default_due(desk: Desk, now: datetime) -> datetime:
    """Return until when a call-back is promised unless another time is agreed, aware, UTC.

    Not later than closing time, when there is still time before it.
    """
    due = now + timedelta(minutes=desk.rules.standards.diversion.call_back_minutes)
    profile = desk.rules.company.hall
    if profile is None:
        return due
    local = now.astimezone(desk.timezone)
    closing = datetime.combine(local.date(), profile.closes, desk.timezone)
    closes = closing.astimezone(now.tzinfo)
    return min(due, closes) if closes - now >= LEAST_BEFORE_CLOSING else due


def promise(desk: Desk, ticket_id: str) -> Promise | Refusal:
    """Return what a call-back of a ticket would promise, and whether a number must be left."""
    ticket = desk.hall.tickets.get(ticket_id)
    if ticket is None:
        return refuse("unknown_ticket")
    due = default_due(desk, desk.clock.now()).astimezone(desk.timezone)
    return Promise(due, _phone_of(desk, ticket.person_id) is None)


def _phone_of(desk: Desk, person_id: str | None) -> str | None:
    if person_id is None:
        return None
    with reading(desk.connection):
        found = get_many(desk.connection, [person_id])
    return found[person_id].details.phone if person_id in found else None


def due_of(desk: Desk, digits: str) -> datetime | Refusal:
    """Read a promised time: ``90`` is in 90 minutes, ``1432`` at 14:32; nothing: the default.

    A time of day that has passed is tomorrow's.
    """
    text, now = clean_code(digits), desk.clock.now()
    if not text:
        return default_due(desk, now)
    if not (text.isascii() and text.isdigit() and len(text) <= _CLOCK_DIGITS):
        return refuse("promise_form")
    if len(text) < _CLOCK_DIGITS:
        return now + timedelta(minutes=int(text))
    hour, minute = int(text[:2]), int(text[2:])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock face
        return refuse("promise_form")
    local = now.astimezone(desk.timezone)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment <= local:
        moment += timedelta(days=1)
    return moment.astimezone(now.tzinfo)


def accept(
    desk: Desk,
    actor: Actor,
    ticket_id: str,
    *,
    due: datetime | None = None,
    staff_id: str | None = None,
    phone: str = "",
) -> Done | Refusal:
    """Note that the customer takes a call-back, and promise it.

    due: aware; None: the default. staff_id: who calls; None: the actor. phone: the number that
    was left; needed when the customer's record has none.
    """
    ticket = desk.hall.tickets.get(ticket_id)
    if ticket is None:
        return refuse("unknown_ticket")
    number = read_phone(phone) if phone.strip() else None
    if phone.strip() and number is None:
        return refuse("phone_wrong")
    if number is None and _phone_of(desk, ticket.person_id) is None:
        return refuse("call_back_number_missing")
    note = None
    if number is not None:
        about, owner = ticket_id, ticket.person_id
        note = Note(id=desk.new_id(), person_id=owner, about=about, text=number)
    plan = CallBackPlan(
        call_back_id=desk.new_id(),
        due_at=due or default_due(desk, desk.clock.now()),
        staff_id=staff_id or actor.staff_id,
        note_id=note.id if note else None,
    )
    answer = AnswerDiversion(ticket_id=ticket_id, way=Way.CALL_BACK, accepted=True, call_back=plan)
    commands = (*offer_before(desk, ticket_id, (Way.CALL_BACK, None)), answer)
    return act_together(desk, actor, commands, (note,) if note else ())


def offer_before(desk: Desk, ticket_id: str, target: Target) -> tuple[OfferDiversion, ...]:
    """Return the offer that an answer needs before it, unless one stands open."""
    ticket = desk.hall.tickets.get(ticket_id)
    if ticket and any(d.accepted is None and d.leads_to(*target) for d in ticket.diversions):
        return ()
    return (OfferDiversion(ticket_id=ticket_id, way=target[0], target=target[1]),)


def number_to_call(desk: Desk, actor: Actor, call_back_id: str) -> str | Refusal:
    """Return the whole number of a customer; looking at a record's number is written down."""
    call_back = desk.hall.call_backs.get(call_back_id)
    if call_back is None:
        return refuse("unknown_call_back")
    if call_back.note_id is not None:
        with reading(desk.connection):
            left = notes.texts(desk.connection, [call_back.note_id])
        if call_back.note_id in left:
            return left[call_back.note_id]
    if call_back.person_id is None:
        return refuse("call_back_number_missing")
    return persons.unmask(desk, actor, call_back.person_id, "phone", UnmaskReason.CALL_BACK)


def assign(desk: Desk, actor: Actor, call_back_id: str, staff_id: str) -> Done | Refusal:
    """Take a call-back over, or hand it to a colleague."""
    return desk.act(actor, calls.AssignCallBack(call_back_id=call_back_id, staff_id=staff_id))


def no_answer(desk: Desk, actor: Actor, call_back_id: str) -> Done | Refusal:
    """Nobody answered."""
    return desk.act(actor, calls.NoteNoAnswer(call_back_id=call_back_id))


def done(desk: Desk, actor: Actor, call_back_id: str, outcome: CallOutcome) -> Done | Refusal:
    """The customer was reached."""
    return desk.act(actor, calls.NoteCalledBack(call_back_id=call_back_id, outcome=outcome))


def undo(desk: Desk, actor: Actor, call_back_id: str, reason: UndoReason) -> Done | Refusal:
    """Take the last action on a call-back back."""
    return desk.act(actor, calls.UndoCallBack(call_back_id=call_back_id, reason=reason))
