"""Decisions about errands (上门办理 / 配送): plan, call ahead, set out, done, not met, rebook."""

from datetime import datetime, timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.appointment import business_problem
from hallterm.domain.errand import commands as cmd
from hallterm.domain.errand import events as ev
from hallterm.domain.errand.state import Errand
from hallterm.domain.errand.transitions import may
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS

Answer = tuple[ev.ErrandEvent, ...] | Refusal

LONGEST_WINDOW = timedelta(hours=12)
"""A longer window tells the customer nothing."""
FARTHEST = timedelta(days=60)


def plan(hall: Hall, command: cmd.PlanErrand, where: Circumstances, rules: Rules) -> Answer:
    """Agree on a window."""
    if command.errand_id in hall.errands:
        return refuse("errand_exists")
    problem = (
        business_problem(command.business_id, rules, by_phone=False)
        or _window_problem(command.begins, command.ends, where)
        or _staff_problem(command.goes, rules)
    )
    if problem:
        return problem
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return (ev.ErrandPlanned(**fields),)


def _window_problem(begins: datetime, ends: datetime, where: Circumstances) -> Refusal | None:
    if ends <= begins:
        return refuse("window_reversed")
    if ends <= where.at:
        return refuse("window_past")
    if ends - begins > LONGEST_WINDOW:
        return refuse("window_too_long", hours=int(LONGEST_WINDOW.total_seconds() // 3600))
    if begins > where.at + FARTHEST:
        return refuse("slot_too_far", days=FARTHEST.days)
    return None


def _staff_problem(staff_id: str | None, rules: Rules) -> Refusal | None:
    if staff_id is None:
        return None
    member = rules.company.staff.get(staff_id)
    return None if member and member.active else refuse("unknown_staff", staff=staff_id)


def _errand_in(hall: Hall, errand_id: str, event: type[ev.ErrandEvent]) -> Errand | Refusal:
    errand = hall.errands.get(errand_id)
    if errand is None:
        return refuse("unknown_errand")
    if not may(errand.state, event):
        return refuse("errand_state", errand_state=errand.state.value)
    return errand


def assign(hall: Hall, command: cmd.AssignErrand, _: Circumstances, rules: Rules) -> Answer:
    """Say who goes."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandAssigned)
    if isinstance(errand, Refusal):
        return errand
    if errand.goes == command.goes:
        return ()
    problem = _staff_problem(command.goes, rules)
    return problem or (ev.ErrandAssigned(errand_id=errand.id, goes=command.goes),)


def call_ahead(hall: Hall, command: cmd.CallAhead, _: Circumstances, __: Rules) -> Answer:
    """Note what the call said."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandCalled)
    if isinstance(errand, Refusal):
        return errand
    return (ev.ErrandCalled(errand_id=errand.id, outcome=command.outcome),)


def depart(hall: Hall, command: cmd.DepartErrand, where: Circumstances, rules: Rules) -> Answer:
    """Set out. Nobody does so without having called, answered or not."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandDeparted)
    if isinstance(errand, Refusal):
        return errand
    if not errand.calls:
        return refuse("call_ahead_first")
    goes = command.goes or errand.goes or where.actor.staff_id
    problem = _staff_problem(goes, rules)
    return problem or (ev.ErrandDeparted(errand_id=errand.id, goes=goes),)


def finish(hall: Hall, command: cmd.FinishErrand, _: Circumstances, __: Rules) -> Answer:
    """End it on the spot."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandFinished)
    if isinstance(errand, Refusal):
        return errand
    return (ev.ErrandFinished(errand_id=errand.id, outcome=command.outcome),)


def miss(hall: Hall, command: cmd.MissErrand, _: Circumstances, __: Rules) -> Answer:
    """Note that nobody was there."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandMissed)
    if isinstance(errand, Refusal):
        return errand
    return (ev.ErrandMissed(errand_id=errand.id, left_note=command.left_note),)


def rebook(hall: Hall, command: cmd.RebookErrand, where: Circumstances, _: Rules) -> Answer:
    """Agree on another window; the call ahead is made anew."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandRebooked)
    if isinstance(errand, Refusal):
        return errand
    problem = _window_problem(command.begins, command.ends, where)
    if problem:
        return problem
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return (ev.ErrandRebooked(**fields),)


def cancel(hall: Hall, command: cmd.CancelErrand, _: Circumstances, __: Rules) -> Answer:
    """Call it off."""
    errand = _errand_in(hall, command.errand_id, ev.ErrandCancelled)
    if isinstance(errand, Refusal):
        return errand
    return (ev.ErrandCancelled(errand_id=errand.id, reason=command.reason),)


def undo(hall: Hall, command: cmd.UndoErrand, where: Circumstances, _: Rules) -> Answer:
    """Take back what happened last: one's own, or as manager anybody's."""
    errand = hall.errands.get(command.errand_id)
    if errand is None:
        return refuse("unknown_errand")
    if errand.before is None:
        return refuse("nothing_to_undo")
    if errand.last_by != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=errand.last_by)
    undone, reason = errand.last_event, command.reason
    return (ev.ErrandUndone(errand_id=errand.id, undone=undone, reason=reason),)
