"""One matter taken several steps on at one terminal, as people do, so that ends are reached.

The single steps in the other modules are done by whoever comes by; between two of them the hall has
changed, and few matters would ever get to their end.
"""

from collections.abc import Callable

from hallterm.desk import appointments, call_backs, checklists, receptions
from hallterm.desk.calling import call_given
from hallterm.domain.actor import Actor
from hallterm.domain.appointment import commands as appointment
from hallterm.domain.appointment.words import AppointmentState, CancelReason
from hallterm.domain.call_back import commands as call_back
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.checklist import commands as checklist
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.errand import commands as errand
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandOutcome, ErrandState
from hallterm.domain.hall import serves
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.words import WAITING_STATES, ReleaseReason
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.ticket.words import (
    OPEN_STATES,
    Outcome,
    OutOfOrderReason,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Tier
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER

MOST_STEPS = 4


def _on(at: Scene, step: Callable[[], object]) -> object:
    """Do a step, and perhaps the next ones, until one is refused or there is none."""
    result: object = None
    for _ in range(at.chance.randint(1, MOST_STEPS)):
        result = step() or result
    return result


@action(
    errand.CallAhead,
    errand.DepartErrand,
    errand.FinishErrand,
    errand.MissErrand,
    errand.CancelErrand,
    errand.UndoErrand,
    weight=10,
)
def go_out(at: Scene) -> object:
    going_on = sorted(one.id for one in at.desk.hall.errands.values() if one.is_open)
    if not going_on:
        return None
    errand_id = at.some(going_on)
    return _on(at, lambda: _errand_step(at, errand_id))


def _errand_step(at: Scene, errand_id: str) -> object:
    one = at.desk.hall.errands.get(errand_id)
    if one is None:
        return None
    undo = errand.UndoErrand(errand_id=errand_id, reason=UndoReason.WRONG_KEY)
    steps: dict[ErrandState, Command] = {
        ErrandState.PLANNED: errand.CallAhead(errand_id=errand_id, outcome=AheadOutcome.AGREED),
        ErrandState.CALLED: errand.DepartErrand(errand_id=errand_id),
        ErrandState.UNDERWAY: at.some(
            (
                errand.FinishErrand(errand_id=errand_id, outcome=at.some(ErrandOutcome)),
                errand.MissErrand(errand_id=errand_id, left_note=True),
            )
        ),
        ErrandState.MISSED: errand.CancelErrand(errand_id=errand_id, reason=at.some(ErrandCancel)),
        ErrandState.DONE: undo,
        ErrandState.CANCELLED: undo,
    }
    return at.desk.act(DUTY_MANAGER, steps[one.state])


@action(
    call_back.NoteNoAnswer,
    call_back.NoteCalledBack,
    call_back.AssignCallBack,
    call_back.UndoCallBack,
    weight=8,
)
def phone(at: Scene) -> object:
    due = sorted(one.id for one in at.desk.hall.call_backs.values() if one.is_open)
    if not due:
        return None
    call_back_id = at.some(due)
    return _on(at, lambda: _call_step(at, call_back_id))


def _call_step(at: Scene, call_back_id: str) -> object:
    desk, one = at.desk, at.desk.hall.call_backs.get(call_back_id)
    if one is None:
        return None
    if not one.is_open:
        return call_backs.undo(desk, DUTY_MANAGER, call_back_id, UndoReason.WRONG_KEY)
    match at.some(("none", "spoken", "other")):
        case "none":
            return call_backs.no_answer(desk, CLERK, call_back_id)
        case "spoken":
            return call_backs.done(desk, CLERK, call_back_id, at.some(CallOutcome))
        case _:
            other = COLLEAGUE if one.staff_id == CLERK.staff_id else CLERK
            return call_backs.assign(desk, CLERK, call_back_id, other.staff_id)


@action(
    appointment.MissAppointment,
    appointment.CancelAppointment,
    appointment.UndoAppointment,
    weight=8,
)
def not_come(at: Scene) -> object:
    """Close who is late, or call off who is to come; think again now and then."""
    appointments.note_late_due(at.desk)
    expected = [one for one in at.desk.hall.appointments.values() if one.is_expected]
    if not expected:
        return None
    late = [one for one in expected if one.state is AppointmentState.LATE]
    one = min(late or expected, key=lambda one: one.id)
    if one.state is AppointmentState.LATE:
        result: object = appointments.miss(at.desk, CLERK, one.id)
    else:
        result = appointments.cancel(at.desk, CLERK, one.id, at.some(CancelReason))
    if at.perhaps(1, 0.3):
        return appointments.undo(at.desk, DUTY_MANAGER, one.id, UndoReason.WRONG_KEY)
    return result


@action(StartService, FinishService, weight=10)
def serve_vip(at: Scene) -> object:
    """Call a VIP to a counter, and serve them to the end or nearly so."""
    sitting = at.sitting()
    duty = at.desk.hall.counter_of(sitting[0].staff_id) if sitting else None
    if sitting is None or duty is None or sitting[1] is not None:
        return None
    setup = at.desk.rules.company.counters.get(duty.counter_id)
    waiting = [one for one in at.desk.hall.waiting() if one.tier is Tier.VIP]
    fitting = sorted(one.id for one in waiting if setup and serves(setup, one))
    if not fitting:
        return None
    actor, ticket_id = sitting[0], at.some(fitting)
    result = call_given(at.desk, actor, ticket_id, OutOfOrderReason.HELP_NEEDED)
    at.desk.act(actor, StartService(ticket_id=ticket_id))
    if at.sensible():
        outcome = at.some((Outcome.COMPLETED, *Outcome))
        return at.desk.act(actor, FinishService(ticket_id=ticket_id, outcome=outcome))
    return result


@action(
    cmd.AcceptReception,
    cmd.ReleaseReception,
    checklist.TickSteps,
    checklist.SkipStep,
    weight=5,
)
def receive(at: Scene) -> object:
    """Take a VIP and enter a few steps; now and then hand them to a colleague."""
    waiting = [one for one in at.desk.hall.receptions.values() if one.state in WAITING_STATES]
    if not waiting:
        return None
    ticket_id = at.some(sorted(one.ticket_id for one in waiting))
    result: object = receptions.accept(at.desk, GREETER, ticket_id)
    if at.perhaps(1, 0.3):
        why = ReleaseReason.HAND_OVER
        return receptions.release(at.desk, GREETER, ticket_id, why, COLLEAGUE.staff_id)
    result = checklists.tick_now(at.desk, GREETER, ticket_id, "greet") or result
    return checklists.skip(at.desk, GREETER, ticket_id, "tea", at.some(SkipReason)) or result


@action(checklist.SkipStep, cmd.CloseReception, cmd.ReopenReception, weight=8)
def see_off(at: Scene) -> object:
    """Enter what is left of a VIP's visit and see them off; now and then by mistake."""
    hall = at.desk.hall
    served = [
        one.ticket_id
        for one in hall.receptions.values()
        if one.is_open and hall.tickets[one.ticket_id].state not in OPEN_STATES
    ]
    if not served:
        return serve_vip(at)
    ticket_id = at.some(sorted(served))
    if hall.tickets[ticket_id].state is not TicketState.DONE:
        return None
    _leave_out(at, DUTY_MANAGER, ticket_id)
    result = receptions.close(at.desk, DUTY_MANAGER, ticket_id)
    if at.perhaps(1):
        again = cmd.ReopenReception(ticket_id=ticket_id, reason=UndoReason.WRONG_KEY)
        return at.desk.act(DUTY_MANAGER, again)
    return result


@action(checklist.StartChecklist, checklist.SkipStep, checklist.EndChecklist, weight=2)
def open_the_doors(at: Scene) -> object:
    """Work a checklist of the hall through to its end."""
    actor = at.actor(Role.DUTY_MANAGER)
    run_id = checklists.start(at.desk, actor, "hall_opening")
    if not isinstance(run_id, str):
        return run_id
    _leave_out(at, actor, run_id)
    return checklists.end(at.desk, actor, run_id)


def _leave_out(at: Scene, actor: Actor, run_id: str) -> None:
    run = at.desk.hall.runs.get(run_id)
    if run is None:
        return
    for step in at.desk.hall.versions[run.digest].steps:
        if run.entry(step.id) is None:
            checklists.skip(at.desk, actor, run_id, step.id, at.some(SkipReason))
