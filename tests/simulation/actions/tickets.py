"""Customers come, are called, served, and go."""

from datetime import timedelta

from hallterm.desk.calling import call_given, call_next, finish_and_call_next, undo_last
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    Rating,
    SettleReason,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import COUNTERS

_LINES = ("payment", "replace_sim", "suspend")
_HERE = (TicketState.CALLED, TicketState.SERVING)
_OPEN = (TicketState.WAITING, *_HERE, TicketState.PARKED, TicketState.ABSENT)


def _line(at: Scene) -> BusinessLine:
    return BusinessLine(business_id=at.some(_LINES))


@action(cmd.TakeTicket, weight=12)
def take(at: Scene) -> object:
    now = at.desk.clock.now()
    tier = at.some((Tier.VIP, Tier.GOTONE, Tier.STANDARD))
    person = at.some(at.memory.persons) if at.memory.persons and at.sensible() else None
    command = cmd.TakeTicket(
        ticket_id=at.desk.new_id(),
        tier=tier,
        grade=at.some(Grade) if tier is Tier.VIP else None,
        person_id=person,
        businesses=(_line(at),),
        arrived_at=now - timedelta(seconds=at.chance.randint(0, 60)),
        shown_at=now,
    )
    return at.desk.act(at.actor(Role.GREETER, Role.KIOSK, Role.CLERK), command)


@action(cmd.CallTicket, weight=12)
def call(at: Scene) -> object:
    sitting = at.sitting()
    return sitting and call_next(at.desk, sitting[0])


@action(cmd.CallTicket)
def call_out_of_turn(at: Scene) -> object:
    sitting, ticket = at.sitting(), at.ticket(TicketState.WAITING)
    if sitting is None or ticket is None:
        return None
    return call_given(at.desk, sitting[0], ticket.id, at.perhaps(at.some(OutOfOrderReason), 0.8))


@action(cmd.FinishService, cmd.CallTicket, weight=5)
def finish_and_call(at: Scene) -> object:
    found = at.at_counter(TicketState.SERVING)
    return found and finish_and_call_next(at.desk, found[0], found[1].id, at.some(Outcome))


@action(cmd.StartService, weight=10)
def start(at: Scene) -> object:
    found = at.at_counter(TicketState.CALLED)
    return found and at.desk.act(found[0], cmd.StartService(ticket_id=found[1].id))


@action(cmd.RecallTicket)
def recall(at: Scene) -> object:
    found = at.at_counter(TicketState.CALLED)
    return found and at.desk.act(found[0], cmd.RecallTicket(ticket_id=found[1].id))


@action(cmd.ParkService)
def park(at: Scene) -> object:
    found = at.at_counter(TicketState.SERVING)
    if found is None:
        return None
    command = cmd.ParkService(ticket_id=found[1].id, reason=at.some(ParkReason))
    return at.desk.act(found[0], command)


@action(cmd.ResumeService)
def resume(at: Scene) -> object:
    sitting, ticket = at.sitting(), at.ticket(TicketState.PARKED)
    if sitting is None or ticket is None:
        return None
    return at.desk.act(sitting[0], cmd.ResumeService(ticket_id=ticket.id))


@action(cmd.PassOver)
def pass_over(at: Scene) -> object:
    found = at.at_counter(TicketState.CALLED)
    return found and at.desk.act(found[0], cmd.PassOver(ticket_id=found[1].id))


@action(cmd.ReportBack)
def report_back(at: Scene) -> object:
    ticket = at.ticket(TicketState.ABSENT)
    if ticket is None:
        return None
    return at.desk.act(at.actor(Role.GREETER), cmd.ReportBack(ticket_id=ticket.id))


@action(cmd.TransferTicket)
def transfer(at: Scene) -> object:
    found = at.at_counter(*_HERE)
    if found is None:
        return None
    counter_id = at.perhaps(at.some(COUNTERS).id)
    line = at.perhaps(_line(at)) if counter_id else _line(at)
    command = cmd.TransferTicket(ticket_id=found[1].id, business=line, counter_id=counter_id)
    return at.desk.act(found[0], command)


@action(cmd.FinishService, weight=6)
def finish(at: Scene) -> object:
    found = at.at_counter(TicketState.SERVING)
    return found and at.desk.act(found[0], cmd.FinishService(ticket_id=found[1].id))


@action(cmd.RateService)
def rate(at: Scene) -> object:
    ticket = at.ticket(TicketState.DONE)
    if ticket is None:
        return None
    return at.desk.act(at.machine, cmd.RateService(ticket_id=ticket.id, rating=at.some(Rating)))


@action(cmd.CustomerLeft)
def leave(at: Scene) -> object:
    ticket = at.ticket(*_OPEN)
    if ticket is None:
        return None
    command = cmd.CustomerLeft(ticket_id=ticket.id, reason=at.some(LeaveReason))
    return at.desk.act(at.actor(Role.GREETER, Role.CLERK), command)


@action(cmd.ChangeTier)
def change_tier(at: Scene) -> object:
    ticket = at.ticket(TicketState.WAITING)
    if ticket is None:
        return None
    tier = at.some(Tier)
    command = cmd.ChangeTier(
        ticket_id=ticket.id,
        tier=tier,
        grade=at.some(Grade) if tier is Tier.VIP else None,
        shown_at=at.desk.clock.now(),
    )
    return at.desk.act(at.actor(Role.GREETER, Role.CLERK), command)


@action(cmd.ReceiveCustomer)
def receive(at: Scene) -> object:
    ticket = at.ticket(TicketState.WAITING)
    if ticket is None:
        return None
    return at.desk.act(at.actor(Role.GREETER), cmd.ReceiveCustomer(ticket_id=ticket.id))


@action(cmd.UndoAction)
def undo(at: Scene) -> object:
    sitting = at.sitting()
    return sitting and undo_last(at.desk, sitting[0], at.some(UndoReason))


@action(cmd.SettleTicket, weight=1)
def settle(at: Scene) -> object:
    ticket = at.ticket(*_OPEN)
    if ticket is None:
        return None
    command = cmd.SettleTicket(ticket_id=ticket.id, reason=at.some(SettleReason))
    return at.desk.act(at.actor(*sorted(MANAGERS)), command)
