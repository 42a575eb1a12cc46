"""Decisions about who sits at a counter."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.counter import commands as cmd
from hallterm.domain.counter import events as ev
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS

Answer = tuple[ev.CounterEvent, ...] | Refusal


def take(hall: Hall, command: cmd.TakeCounter, where: Circumstances, rules: Rules) -> Answer:
    """Sit down at a free counter, or go on at one's own after a restart; not on a closed day."""
    setup = rules.company.counters.get(command.counter_id)
    if hall.day is None or setup is None:
        closed = hall.day is None
        return refuse("day_closed") if closed else _unknown(command.counter_id)
    staff_id = where.actor.staff_id
    elsewhere = _elsewhere(hall, setup.id, staff_id, rules)
    if elsewhere:
        return elsewhere
    duty = hall.duty(setup.id)
    if duty.staff_id not in (None, staff_id):
        return refuse("counter_taken", counter=setup.number, staff=str(duty.staff_id))
    if duty.staff_id and duty.session_id == command.session_id:
        return ()
    if duty.staff_id and not command.take_over:
        return refuse("counter_taken_by_you", counter=setup.number, device=str(duty.device))
    return (ev.CounterTaken(counter_id=setup.id, session_id=command.session_id),)


def _unknown(counter_id: str) -> Refusal:
    return refuse("unknown_counter", counter=counter_id)


def _elsewhere(hall: Hall, counter_id: str, staff_id: str, rules: Rules) -> Refusal | None:
    other = hall.counter_of(staff_id)
    if other is None or other.counter_id == counter_id:
        return None
    there = rules.company.counters.get(other.counter_id)
    return refuse("at_another_counter", counter=there.number if there else other.counter_id)


def _own(hall: Hall, counter_id: str, where: Circumstances) -> CounterDuty | Refusal:
    duty = hall.duty(counter_id)
    if duty.staff_id is None:
        return refuse("counter_free", counter=counter_id)
    if duty.staff_id != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("counter_of_other", staff=duty.staff_id)
    return duty


def pause(hall: Hall, command: cmd.PauseCounter, where: Circumstances, _: Rules) -> Answer:
    """Stop calling; a customer at the counter is brought to a resting point first (S1 §16)."""
    duty = _own(hall, command.counter_id, where)
    if isinstance(duty, Refusal):
        return duty
    busy = hall.ticket_at(command.counter_id)
    if busy:
        return refuse("matter_open", number=busy.number)
    if duty.paused:
        return refuse("already_paused")
    return (ev.CounterPaused(counter_id=duty.counter_id, reason=command.reason),)


def reopen(hall: Hall, command: cmd.ReopenCounter, where: Circumstances, _: Rules) -> Answer:
    """Go on after a pause."""
    duty = _own(hall, command.counter_id, where)
    if isinstance(duty, Refusal):
        return duty
    if not duty.paused:
        return refuse("not_paused")
    return (ev.CounterReopened(counter_id=duty.counter_id),)


def release(hall: Hall, command: cmd.ReleaseCounter, where: Circumstances, _: Rules) -> Answer:
    """Get up; a customer at the counter is brought to a resting point first (S1 §16)."""
    duty = _own(hall, command.counter_id, where)
    if isinstance(duty, Refusal):
        return duty
    busy = hall.ticket_at(command.counter_id)
    if busy:
        return refuse("matter_open", number=busy.number)
    return (ev.CounterReleased(counter_id=duty.counter_id),)
