"""Use cases of receptions (VIP 接待): the roster, who answers, where to, seen off, undo."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallterm.desk.accounts import errand
from hallterm.desk.desk import Desk, Done
from hallterm.desk.reception_views import PlaceRow, PlaceState
from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.checklist.commands import UndoStep
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.decisions.reception import more_to_ask, seconds_until_due
from hallterm.domain.hall import Hall
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.words import WAITING_STATES, CloseReason, ReleaseReason
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command, Event
from hallterm.domain.ticket.commands import UndoAction
from hallterm.domain.ticket.events import CustomerReceived
from hallterm.domain.ticket.words import UndoReason
from hallterm.words import _, joined
from hallterm.words.actions import action_word

MOST_ON_ROSTER = 20


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reception was accepted by somebody who showed 工号 and PIN at this terminal."""

    actor: Actor
    name: str


def set_roster(
    desk: Desk, actor: Actor, receivers: Sequence[str], managers: Sequence[str] = ()
) -> Done | Refusal:
    """Say who receives VIPs, in the order of asking, and which managers are on duty."""
    if max(len(receivers), len(managers)) > MOST_ON_ROSTER:
        return refuse("roster_too_long", most=MOST_ON_ROSTER)
    command = cmd.SetRoster(receivers=tuple(receivers), managers=tuple(managers))
    return desk.act(actor, command)


def escalate_due(desk: Desk) -> tuple[str, ...]:
    """Ask others for every VIP whom nobody has answered in time; return the tickets concerned.

    Any terminal's tick may call it each second: without a due reception it touches no store.
    Several terminals at once ask only once.
    """
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    where = Circumstances(machine, desk.clock.now(), desk.device)
    due = [
        reception.ticket_id
        for reception in desk.hall.receptions.values()
        if reception.state in WAITING_STATES
        and seconds_until_due(reception, where, desk.rules) <= 0
        and more_to_ask(desk.hall, desk.rules, reception)
    ]
    asked = []
    for ticket_id in due:
        result = desk.act(machine, cmd.EscalateReception(ticket_id=ticket_id))
        if isinstance(result, Done) and result.events:
            asked.append(ticket_id)
    return tuple(asked)


def accept(desk: Desk, actor: Actor, ticket_id: str) -> Done | Refusal:
    """Take the customer. The first one has them; a later one is told who it is."""
    return desk.act(actor, cmd.AcceptReception(ticket_id=ticket_id))


def accept_with_pin(desk: Desk, ticket_id: str, staff_id: str, pin: str) -> Accepted | Refusal:
    """Take the customer at any terminal, whoever is signed in there."""
    with errand(desk, staff_id, pin, "reception") as who:
        if isinstance(who, Refusal):
            return who
        result = accept(desk, who.actor, ticket_id)
        return result if isinstance(result, Refusal) else Accepted(who.actor, who.name)


def close_with_pin(desk: Desk, ticket_id: str, staff_id: str, pin: str) -> Done | Refusal:
    """See the customer off at any terminal, whoever is signed in there."""
    with errand(desk, staff_id, pin, "reception") as who:
        return who if isinstance(who, Refusal) else close(desk, who.actor, ticket_id)


def release(
    desk: Desk, actor: Actor, ticket_id: str, reason: ReleaseReason, to: str | None = None
) -> Done | Refusal:
    """Give the customer to a colleague, who is asked, or to whoever is next."""
    if reason is ReleaseReason.UNDONE:
        return refuse("reason_missing")
    return desk.act(actor, cmd.ReleaseReception(ticket_id=ticket_id, reason=reason, to=to))


def guide(desk: Desk, actor: Actor, ticket_id: str, counter_id: str | None) -> Done | Refusal:
    """Note where the customer was led; None: a seat in the hall."""
    return desk.act(actor, cmd.GuideTo(ticket_id=ticket_id, counter_id=counter_id))


def close(desk: Desk, actor: Actor, ticket_id: str) -> Done | Refusal:
    """The customer was seen off; refused while a required step is open."""
    return desk.act(actor, cmd.CloseReception(ticket_id=ticket_id))


def places(desk: Desk, ticket_id: str) -> tuple[PlaceRow, ...]:
    """Return where the customer can be led, the best place first.

    A free VIP room, a free dedicated counter, another free counter, a seat, and what is taken.
    """
    hall = desk.hall
    setups = sorted(desk.rules.company.counters.values(), key=lambda c: c.number)
    rows = [_place(hall, setup, ticket_id) for setup in setups]
    rows.append(PlaceRow(None, None, _("等候区座位"), None, PlaceState.SEAT, ""))
    return tuple(sorted(rows, key=_rank))


def _place(hall: Hall, setup: CounterSetup, ticket_id: str) -> PlaceRow:
    duty, there = hall.duty(setup.id), hall.ticket_at(setup.id)
    guests = (
        reception.ticket_id
        for reception in hall.receptions.values()
        if reception.is_open and reception.guided and reception.counter_id == setup.id
    )
    taken = [there.id] if there else list(guests)
    taken = [one for one in taken if one != ticket_id]
    # A room without anybody at its counter is still a room to sit in.
    staffed = duty.staff_id is not None or setup.kind is CounterKind.VIP_ROOM
    if taken:
        state = PlaceState.BUSY
    elif duty.paused:
        state = PlaceState.PAUSED
    else:
        state = PlaceState.FREE if staffed else PlaceState.UNSTAFFED
    number = hall.tickets[taken[0]].number if taken else ""
    return PlaceRow(setup.id, setup.number, setup.name, setup.kind, state, number)


_KINDS = {CounterKind.VIP_ROOM: 0, CounterKind.GOTONE: 1, CounterKind.GENERAL: 2, None: 3}
_STATES = {PlaceState.FREE: 0, PlaceState.SEAT: 0}


def _rank(place: PlaceRow) -> tuple[int, int, int]:
    return _STATES.get(place.state, 1), _KINDS[place.kind], place.number or 0


def _last(hall: Hall, actor: Actor, ticket_id: str) -> list[Command]:
    """Return the commands that take back what the actor did last in a reception."""
    reception = hall.receptions.get(ticket_id)
    if reception is None:
        return []
    if reception.close_reason is CloseReason.SEEN_OFF:
        mine = reception.moves[-1].staff_id == actor.staff_id
        command = cmd.ReopenReception(ticket_id=ticket_id, reason=UndoReason.OTHER)
        return [command] if mine else []
    action = hall.tickets[ticket_id].last_action
    received = action and action.type == CustomerReceived.type
    action_seq = action.seq if action and received and action.staff_id == actor.staff_id else 0
    run = hall.runs.get(ticket_id)
    # What came by itself goes with what brought it: the end of the service, undone at the counter.
    given = [e for e in run.entries if e.by is None] if run else []
    entries = [e for e in given if e.staff_id == actor.staff_id]
    entry_seq = max((entry.seq for entry in entries), default=0)
    if run and not run.end and entry_seq > action_seq:
        return [
            UndoStep(run_id=run.id, step_id=entry.step_id, reason=UndoReason.OTHER)
            for entry in entries
            if entry.seq == entry_seq
        ]
    return [UndoAction(ticket_id=ticket_id, reason=UndoReason.OTHER)] if action_seq else []


def undo_last(desk: Desk, actor: Actor, ticket_id: str, reason: UndoReason) -> Done | Refusal:
    """Take back what the actor did last in a reception: ticks entered together go together."""
    events: list[Event] = []
    desk.turn_day(actor)
    with desk.transaction(actor) as transaction:
        commands = _last(transaction.hall, actor, ticket_id)
        if not commands:
            transaction.abandon()
            return refuse("nothing_to_undo")
        for command in commands:
            answer = transaction.perform(command.model_copy(update={"reason": reason}))
            if isinstance(answer, Refusal):
                transaction.abandon()
                return answer
            events += answer
    return Done(tuple(events))


def undo_words(desk: Desk, actor: Actor, ticket_id: str) -> str:
    """Name what `undo_last` would take back; empty when there is nothing."""
    commands = _last(desk.hall, actor, ticket_id)
    if not commands:
        return ""
    match commands[0]:
        case UndoStep(run_id=run_id):
            template = desk.hall.versions[desk.hall.runs[run_id].digest]
            steps = [template.step(c.step_id) for c in commands if isinstance(c, UndoStep)]
            return joined(step.title for step in steps if step)
        case UndoAction():
            return action_word(CustomerReceived.type)
        case _:
            return action_word("reception_closed")
