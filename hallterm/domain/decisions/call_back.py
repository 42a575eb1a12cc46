"""Decisions about call-backs: who calls, nobody answered, spoken with, taken back."""

from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.call_back import commands as cmd
from hallterm.domain.call_back import events as ev
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.transitions import may
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import FLOOR, MANAGERS
from hallterm.domain.ticket.commands import CallBackPlan

Answer = tuple[ev.CallBackEvent, ...] | Refusal

LONGEST_PROMISE = timedelta(days=7)
"""A call-back promised for later than this is a slip of the keys."""


def works_here(rules: Rules, staff_id: str) -> bool:
    """Say whether somebody has an account and works with customers."""
    member = rules.company.staff.get(staff_id)
    return member is not None and member.active and bool(member.roles & FLOOR)


def promise_problem(
    person_id: str | None, plan: CallBackPlan, where: Circumstances, rules: Rules
) -> Refusal | None:
    """Say why a call-back can't be promised like this."""
    if person_id is None and plan.note_id is None:
        return refuse("call_back_number_missing")
    if plan.due_at <= where.at:
        return refuse("call_back_time_past")
    if plan.due_at - where.at > LONGEST_PROMISE:
        return refuse("call_back_too_late", days=LONGEST_PROMISE.days)
    if not works_here(rules, plan.staff_id):
        return refuse("call_back_nobody", staff=plan.staff_id)
    return None


def _known(hall: Hall, call_back_id: str) -> CallBack | Refusal:
    return hall.call_backs.get(call_back_id) or refuse("unknown_call_back")


def _due(hall: Hall, call_back_id: str, event: type[ev.CallBackEvent]) -> CallBack | Refusal:
    """Return a call-back to which an event can happen now."""
    call_back = _known(hall, call_back_id)
    if isinstance(call_back, Refusal) or may(call_back.state, event):
        return call_back
    return refuse("call_back_ended", number=call_back.number, staff=call_back.last_by)


def assign(hall: Hall, command: cmd.AssignCallBack, _: Circumstances, rules: Rules) -> Answer:
    """Let somebody else call. One that belongs to them already changes nothing."""
    call_back = _due(hall, command.call_back_id, ev.CallBackAssigned)
    if isinstance(call_back, Refusal):
        return call_back
    if not works_here(rules, command.staff_id):
        return refuse("call_back_nobody", staff=command.staff_id)
    if call_back.staff_id == command.staff_id:
        return ()
    return (ev.CallBackAssigned(call_back_id=call_back.id, staff_id=command.staff_id),)


def no_answer(hall: Hall, command: cmd.NoteNoAnswer, where: Circumstances, rules: Rules) -> Answer:
    """Note that nobody answered: tried again later, and after the last try given up."""
    call_back = _due(hall, command.call_back_id, ev.CallBackUnanswered)
    if isinstance(call_back, Refusal):
        return call_back
    limits = rules.standards.diversion
    last = call_back.tries + 1 >= limits.call_back_tries
    again_at = None if last else where.at + timedelta(minutes=limits.retry_minutes)
    return (ev.CallBackUnanswered(call_back_id=call_back.id, again_at=again_at),)


def called_back(hall: Hall, command: cmd.NoteCalledBack, _: Circumstances, __: Rules) -> Answer:
    """Note what came of the call."""
    call_back = _due(hall, command.call_back_id, ev.CallBackDone)
    if isinstance(call_back, Refusal):
        return call_back
    return (ev.CallBackDone(call_back_id=call_back.id, outcome=command.outcome),)


def undo(hall: Hall, command: cmd.UndoCallBack, where: Circumstances, _: Rules) -> Answer:
    """Take the last action back: one's own, or as manager anybody's."""
    call_back = _known(hall, command.call_back_id)
    if isinstance(call_back, Refusal):
        return call_back
    if call_back.before is None or not may(call_back.state, ev.CallBackUndone):
        return refuse("nothing_to_undo")
    if call_back.last_by != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=call_back.last_by)
    return (ev.CallBackUndone(call_back_id=call_back.id, reason=command.reason),)


def promise_taken_back(hall: Hall, call_back_id: str | None) -> Answer:
    """Answer the undo of a customer's yes: the promise goes, unless somebody has called."""
    call_back = hall.call_backs.get(call_back_id or "")
    if call_back is None:
        return ()
    if call_back.tries or not may(call_back.state, ev.CallBackWithdrawn):
        return refuse("call_back_begun", number=call_back.number)
    return (ev.CallBackWithdrawn(call_back_id=call_back.id),)
