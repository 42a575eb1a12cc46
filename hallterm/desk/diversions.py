"""Use cases of diversion (分流): who could be sent where, with which words, offer and answer."""

from collections.abc import Iterator
from datetime import datetime

from hallterm.desk.call_backs import Target, default_due, offer_before
from hallterm.desk.desk import Desk, Done
from hallterm.desk.diversion_views import WayRow
from hallterm.desk.staff_names import StaffNames
from hallterm.desk.together import act_together
from hallterm.dispatch.forecast import Expected
from hallterm.domain.actor import Actor
from hallterm.domain.decisions.diversion import way_problem
from hallterm.domain.diversion.plan import Neighbour
from hallterm.domain.diversion.words import Way
from hallterm.domain.hall import serves
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import MANAGERS
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState
from hallterm.words.diversions import lent_note, neighbour_note, neighbour_place, way_words
from hallterm.words.terms import counter_word


def overrun(desk: Desk, ticket: Ticket, expected: Expected | None, now: float) -> float | None:
    """Return by how many seconds the start is expected to miss the promise; None: not enough.

    A ticket that nobody at work may serve has no forecast; it is judged by its age.
    """
    if ticket.state is not TicketState.WAITING:
        return None
    start = now + (expected.wait if expected else 0.0)
    beyond = start - ticket.leg.deadline.timestamp()
    margin = desk.rules.standards.diversion.overrun_minutes * 60
    return beyond if beyond >= margin else None


def possible(desk: Desk, ticket: Ticket, actor: Actor | None, now: datetime) -> Iterator[Target]:
    """Return the ways that lead somewhere for a ticket, those declined already left out.

    actor: who offers; None: somebody of the floor.
    """
    declined = {(one.way, one.target) for one in ticket.diversions if one.accepted is False}
    for way in Way:
        for target in _targets(desk, ticket, way, actor, now):
            known = way_problem(desk.hall, ticket, way, target, desk.rules) is None
            if known and (way, target) not in declined:
                yield way, target


def _targets(
    desk: Desk, ticket: Ticket, way: Way, actor: Actor | None, now: datetime
) -> Iterator[str | None]:
    match way:
        case Way.COUNTER:
            yield from _free_counters(desk, ticket, actor)
        case Way.OTHER_HALL:
            for hall in desk.rules.diversion.halls:
                if hall.is_open(now.astimezone(desk.timezone).time(), hall.minutes):
                    yield hall.id
        case _:
            yield None


def _free_counters(desk: Desk, ticket: Ticket, actor: Actor | None) -> Iterator[str]:
    """Return free counters that would not call the ticket by themselves."""
    hall = desk.hall
    lends = actor is not None and actor.is_one_of(MANAGERS)
    for setup in sorted(desk.rules.company.counters.values(), key=lambda one: one.number):
        duty = hall.duty(setup.id)
        if duty.staff_id is None or duty.paused or hall.ticket_at(setup.id):
            continue
        if not serves(setup, ticket):
            if lends and not any(one.tier in setup.tiers for one in hall.waiting()):
                yield setup.id
        elif ticket.only_counter not in (None, setup.id):
            yield setup.id


def ways(
    desk: Desk, actor: Actor, ticket: Ticket, wait: float | None, names: StaffNames
) -> tuple[WayRow, ...]:
    """Return what can be offered to a customer now, with the words.

    wait: expected seconds until called; None when unknown.
    """
    now = desk.clock.now()
    return tuple(
        _row(desk, ticket, target, wait, names, now)
        for target in possible(desk, ticket, actor, now)
    )


def _row(
    desk: Desk,
    ticket: Ticket,
    target: Target,
    wait: float | None,
    names: StaffNames,
    now: datetime,
) -> WayRow:
    way, place_id = target
    plan = desk.rules.diversion
    neighbour = plan.hall(place_id) if way is Way.OTHER_HALL else None
    place = place_word(desk, way, place_id)
    due = default_due(desk, now).astimezone(desk.timezone)
    opened = (d for d in ticket.diversions if d.accepted is None and d.leads_to(*target))
    offer = next(opened, None)
    return WayRow(
        way=way,
        target=place_id,
        place=place,
        note=_note(desk, ticket, target, neighbour),
        say=way_words(way, plan.say.get(way), wait, place, due, neighbour),
        offered=names[offer.offered_by] if offer else None,
    )


def place_word(desk: Desk, way: Way, target: str | None) -> str:
    """Name the counter or the hall to which a way leads; empty for the other ways."""
    if way is Way.COUNTER:
        setup = desk.rules.company.counters.get(str(target))
        return counter_word(setup.number, setup.name) if setup else str(target)
    if way is Way.OTHER_HALL:
        neighbour = desk.rules.diversion.hall(target)
        return neighbour_place(neighbour) if neighbour else str(target)
    return ""


def _note(desk: Desk, ticket: Ticket, target: Target, neighbour: Neighbour | None) -> str:
    if neighbour is not None:
        return neighbour_note(neighbour)
    setup = desk.rules.company.counters.get(str(target[1]))
    if setup is None or target[0] is not Way.COUNTER:
        return ""
    return "" if serves(setup, ticket) else lent_note()


def told(
    desk: Desk, actor: Actor, ticket_id: str, target: Target, *, accepted: bool | None = None
) -> Done | Refusal:
    """Note that the customer was told of another way, and what they said to it.

    accepted: None: no answer yet. A call-back is taken with `call_backs.accept`, which promises
    it. An offer that stands open already is only answered.
    """
    way, place = target
    commands: list[Command] = list(offer_before(desk, ticket_id, target))
    if accepted is not None:
        commands.append(
            cmd.AnswerDiversion(ticket_id=ticket_id, way=way, target=place, accepted=accepted)
        )
    if not commands:
        return Done(())
    return act_together(desk, actor, commands)
