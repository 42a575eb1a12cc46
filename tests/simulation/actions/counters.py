"""Counters are taken, paused and left."""

from hallterm.domain.counter import commands as cmd
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import PauseReason
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import COUNTERS


@action(cmd.TakeCounter, weight=8)
def sit(at: Scene) -> object:
    command = cmd.TakeCounter(
        counter_id=at.some(COUNTERS).id,
        session_id=at.desk.new_id(),
        take_over=at.chance.random() < 0.3,
    )
    return at.desk.act(at.actor(Role.CLERK, Role.DUTY_MANAGER), command)


@action(cmd.PauseCounter)
def pause(at: Scene) -> object:
    sitting, duty = at.sitting(), at.duty()
    if sitting is None or duty is None:
        return None
    command = cmd.PauseCounter(counter_id=duty.counter_id, reason=at.some(PauseReason))
    return at.desk.act(sitting[0], command)


@action(cmd.ReopenCounter, weight=4)
def reopen(at: Scene) -> object:
    sitting, duty = at.sitting(), at.duty()
    if sitting is None or duty is None:
        return None
    return at.desk.act(sitting[0], cmd.ReopenCounter(counter_id=duty.counter_id))


@action(cmd.ReleaseCounter)
def release(at: Scene) -> object:
    duty = at.duty()
    if duty is None:
        return None
    actor = at.actor(Role.DUTY_MANAGER, Role.CLERK)
    return at.desk.act(actor, cmd.ReleaseCounter(counter_id=duty.counter_id))
