"""VIPs are received."""

from hallterm.desk import receptions
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.state import Reception
from hallterm.domain.reception.words import ReceptionState, ReleaseReason
from hallterm.domain.roles import FLOOR, MANAGERS
from hallterm.domain.ticket.words import UndoReason
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import CLERK, COLLEAGUE, COUNTERS, DUTY_MANAGER, GREETER


def _reception(at: Scene, *states: ReceptionState) -> Reception | None:
    every = sorted(at.desk.hall.receptions.values(), key=lambda one: one.ticket_id)
    if at.sensible():
        every = [one for one in every if one.state in states]
    return at.some(every) if every else None


@action(cmd.SetRoster)
def set_roster(at: Scene) -> object:
    receivers = [one.staff_id for one in (CLERK, COLLEAGUE, GREETER) if at.perhaps(one)]
    managers = [DUTY_MANAGER.staff_id] if at.perhaps(1) else []
    return receptions.set_roster(at.desk, at.actor(*sorted(MANAGERS)), receivers, managers)


@action(cmd.EscalateReception, weight=5)
def escalate(at: Scene) -> object:
    return receptions.escalate_due(at.desk)


@action(cmd.AcceptReception, weight=4)
def accept(at: Scene) -> object:
    found = _reception(at, ReceptionState.OFFERED, ReceptionState.ESCALATED)
    return found and receptions.accept(at.desk, at.actor(*sorted(FLOOR)), found.ticket_id)


@action(cmd.ReleaseReception)
def release(at: Scene) -> object:
    found = _reception(at, ReceptionState.ACCEPTED)
    if found is None:
        return None
    to = at.some((None, CLERK.staff_id, GREETER.staff_id))
    command = cmd.ReleaseReception(ticket_id=found.ticket_id, reason=at.some(ReleaseReason), to=to)
    return at.desk.act(at.actor(*sorted(MANAGERS)), command)


@action(cmd.GuideTo, weight=4)
def guide(at: Scene) -> object:
    found = _reception(at, ReceptionState.ACCEPTED, ReceptionState.OFFERED)
    if found is None:
        return None
    actor, counter_id = at.actor(*sorted(FLOOR)), at.perhaps(at.some(COUNTERS).id)
    return receptions.guide(at.desk, actor, found.ticket_id, counter_id)


@action(cmd.CloseReception)
def close(at: Scene) -> object:
    found = _reception(at, ReceptionState.ACCEPTED)
    return found and receptions.close(at.desk, at.actor(*sorted(MANAGERS)), found.ticket_id)


@action(cmd.ReopenReception)
def reopen(at: Scene) -> object:
    found = _reception(at, ReceptionState.CLOSED)
    if found is None:
        return None
    command = cmd.ReopenReception(ticket_id=found.ticket_id, reason=at.some(UndoReason))
    return at.desk.act(at.actor(*sorted(MANAGERS)), command)
