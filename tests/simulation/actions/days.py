"""Days open and close."""

from datetime import timedelta

from hallterm.domain.counter.commands import ReleaseCounter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.roles import MANAGERS
from hallterm.domain.ticket.commands import SettleTicket
from hallterm.domain.ticket.words import SettleReason
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import DUTY_MANAGER


@action(OpenDay, weight=1)
def open_day(at: Scene) -> object:
    today = at.desk.business_day(at.desk.clock.now())
    day = today if at.sensible() else today + timedelta(days=at.chance.randint(-1, 1))
    return at.desk.act(at.actor(*sorted(MANAGERS)), OpenDay(day=day))


@action(CloseDay, SettleTicket, ReleaseCounter, weight=1)
def close_day(at: Scene) -> object:
    if at.chance.random() < 0.8:
        return None
    if at.chance.random() < 0.7:
        return at.desk.act(DUTY_MANAGER, CloseDay())
    for ticket in list(at.desk.hall.open_tickets()):
        command = SettleTicket(ticket_id=ticket.id, reason=SettleReason.CUSTOMER_GONE)
        at.desk.act(DUTY_MANAGER, command)
    for duty in list(at.desk.hall.duties.values()):
        if duty.staff_id:
            at.desk.act(DUTY_MANAGER, ReleaseCounter(counter_id=duty.counter_id))
    return at.desk.act(DUTY_MANAGER, CloseDay())
