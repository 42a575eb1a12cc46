"""Decisions about diversion: what may be offered instead of a wait, and what an answer means."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.call_back.events import CallBackPromised
from hallterm.domain.decisions.call_back import promise_problem
from hallterm.domain.decisions.checks import ticket_in
from hallterm.domain.diversion.words import WITH_TARGET, Way
from hallterm.domain.hall import Hall, Rules, serves
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS
from hallterm.domain.stream import Event
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState

Answer = tuple[Event, ...] | Refusal


def offer(hall: Hall, command: cmd.OfferDiversion, where: Circumstances, rules: Rules) -> Answer:
    """Note that a customer was told of another way. What they declined is not offered again."""
    ticket = ticket_in(hall, command.ticket_id, TicketState.WAITING)
    if isinstance(ticket, Refusal):
        return ticket
    way, target = command.way, command.target
    for earlier in ticket.diversions:
        if earlier.leads_to(way, target) and earlier.accepted is not True:
            declined = earlier.accepted is False
            code = "diversion_declined" if declined else "diversion_offered"
            return refuse(code, number=ticket.number, way=way.value)
    problem = way_problem(hall, ticket, way, target, rules)
    if problem:
        return problem
    if way is Way.COUNTER and not _may_send(ticket, str(target), where, rules):
        setup = rules.company.counters[str(target)]
        return refuse("not_for_counter", number=ticket.number, counter=setup.number)
    return (ev.DiversionOffered(ticket_id=ticket.id, way=way, target=target),)


def way_problem(
    hall: Hall, ticket: Ticket, way: Way, target: str | None, rules: Rules
) -> Refusal | None:
    """Say why a way does not lead anywhere for this ticket."""
    if (way in WITH_TARGET) != (target is not None):
        return refuse("diversion_nowhere")
    asked_for = [line.business_id for line in ticket.businesses]
    match way:
        case Way.SELF_SERVICE:
            return _machine_problem(ticket, asked_for, rules)
        case Way.COUNTER:
            return _counter_problem(hall, ticket, str(target), rules)
        case Way.OTHER_HALL:
            neighbour = rules.diversion.hall(target)
            if neighbour is None:
                return refuse("unknown_neighbour")
            if not all(neighbour.does(business_id) for business_id in asked_for):
                return refuse("not_done_there", number=ticket.number, hall=neighbour.name)
        case _:
            pass
    return None


def _machine_problem(ticket: Ticket, asked_for: list[str], rules: Rules) -> Refusal | None:
    for business_id in asked_for:
        business = rules.businesses.get(business_id)
        if business is None or not business.self_service:
            name = business.name if business else business_id
            return refuse("no_machine_for", number=ticket.number, business=name)
    return None


def _counter_problem(hall: Hall, ticket: Ticket, target: str, rules: Rules) -> Refusal | None:
    setup = rules.company.counters.get(target)
    if setup is None:
        return refuse("unknown_counter", counter=target)
    if ticket.only_counter == target:
        return refuse("sent_there_already", number=ticket.number, counter=setup.number)
    if hall.duty(target).staff_id is None:
        return refuse("counter_unstaffed", counter=setup.number)
    return None


def _may_send(ticket: Ticket, target: str, where: Circumstances, rules: Rules) -> bool:
    """A counter kept for others (VIP room) is lent by a manager only."""
    return serves(rules.company.counters[target], ticket) or where.actor.is_one_of(MANAGERS)


def answer(hall: Hall, command: cmd.AnswerDiversion, where: Circumstances, rules: Rules) -> Answer:
    """Note what the customer said; taking a call-back makes its promise at once."""
    ticket = ticket_in(hall, command.ticket_id, TicketState.WAITING)
    if isinstance(ticket, Refusal):
        return ticket
    way, target = command.way, command.target
    offered = any(one.accepted is None and one.leads_to(way, target) for one in ticket.diversions)
    if not offered:
        return refuse("diversion_not_offered", number=ticket.number, way=way.value)
    if not command.accepted:
        return (_answered(command, None),)
    if way is Way.CALL_BACK:
        return _with_call_back(hall, ticket, command, where, rules)
    return way_problem(hall, ticket, way, target, rules) or (_answered(command, None),)


def _answered(command: cmd.AnswerDiversion, call_back_id: str | None) -> ev.DiversionAnswered:
    return ev.DiversionAnswered(
        ticket_id=command.ticket_id,
        way=command.way,
        target=command.target,
        accepted=command.accepted,
        call_back_id=call_back_id,
    )


def _with_call_back(
    hall: Hall, ticket: Ticket, command: cmd.AnswerDiversion, where: Circumstances, rules: Rules
) -> Answer:
    plan = command.call_back
    if plan is None:
        return refuse("call_back_plan_missing")
    if plan.call_back_id in hall.call_backs:
        return refuse("call_back_exists")
    problem = promise_problem(ticket.person_id, plan, where, rules)
    if problem:
        return problem
    promised = CallBackPromised(
        call_back_id=plan.call_back_id,
        ticket_id=ticket.id,
        number=ticket.number,
        day=ticket.day,
        person_id=ticket.person_id,
        note_id=plan.note_id,
        due_at=plan.due_at,
        staff_id=plan.staff_id,
    )
    return (_answered(command, plan.call_back_id), promised)
