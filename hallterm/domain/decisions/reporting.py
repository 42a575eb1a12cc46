"""Reports that the hall's stream can't take as they are: what is kept of them all the same.

The person who reported did it already: printed the ticket, began the service. So nothing is thrown
away. What can stand stands; the rest is noted, and in both cases a manager is told.
"""

from hallterm.domain.actor import Circumstances
from hallterm.domain.company.commands import SignIn, SignOut
from hallterm.domain.day import DayOpened
from hallterm.domain.decisions.issue import budget_s
from hallterm.domain.decisions.request_gate import keep_late
from hallterm.domain.disputes import (
    CompanyDisputeSettled,
    CompanyReportDisputed,
    DisputeSettled,
    ReportDisputed,
    SettleDispute,
    plain,
)
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request.commands import ReceiveProof
from hallterm.domain.stream import Command, Event
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.words import TicketState

NOT_BEGUN = (
    TicketState.WAITING,
    TicketState.ABSENT,
    TicketState.CALLED,
    TicketState.LEFT,
)
"""Elsewhere the customer was called in vain, or counted as gone: being served here."""
OF_A_LOST_CALL = (cmd.PassOver, cmd.RecallTicket)
"""What was done to nobody: the customer sat at another counter. Nothing is left to settle."""
_NOTHING_SAID = frozenset({"not_allowed", "role_not_allowed", "person_erased"})
"""Whoever may not report has reported nothing; of whoever was erased nothing is kept."""
_COMPANY_MATTERS = ("request_id", "person_id", "staff_id")
_MATTERS = ("ticket_id", "run_id", "counter_id", "errand_id")


def keep(
    hall: Hall,
    command: Command,
    command_id: str,
    refusal: Refusal,
    where: Circumstances,
    rules: Rules,
) -> tuple[Event, ...]:
    """Return what is written of a report that the rules would refuse."""
    if refusal.code in _NOTHING_SAID or isinstance(command, OF_A_LOST_CALL):
        return ()
    match command:
        case cmd.StartService():
            done = _begun_all_the_same(hall, command, where)
        case cmd.TakeTicket():
            done = _issued_all_the_same(hall, command, rules)
        case _:
            done = ()
    matter = next((getattr(command, name) for name in _MATTERS if hasattr(command, name)), "")
    mark = ReportDisputed(
        dispute_id=command_id,
        matter_id=str(matter),
        command=type(command).__name__,
        code=refusal.code,
        args=plain(refusal),
        stands=bool(done),
    )
    return (*done, mark)


def _begun_all_the_same(
    hall: Hall, command: cmd.StartService, where: Circumstances
) -> tuple[Event, ...]:
    """A started service beats a call: the customer is sitting there."""
    ticket = hall.tickets.get(command.ticket_id)
    duty = hall.counter_of(where.actor.staff_id)
    counter_id = command.counter_id or (duty.counter_id if duty else None)
    if ticket is None or ticket.state not in NOT_BEGUN or counter_id is None:
        return ()
    if hall.ticket_at(counter_id) not in (None, ticket):
        return ()
    return (
        ev.TicketCalled(ticket_id=ticket.id, counter_id=counter_id),
        ev.ServiceStarted(ticket_id=ticket.id),
    )


def _issued_all_the_same(hall: Hall, command: cmd.TakeTicket, rules: Rules) -> tuple[Event, ...]:
    """The customer holds the slip, whatever was known of it elsewhere."""
    day = hall.day or hall.last_day
    if day is None or command.ticket_id in hall.tickets:
        return ()
    number = hall.number_for(command.tier, command.number)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    told = {**fields, "number": number, "day": day}
    issued = ev.TicketIssued(**told, budget_s=budget_s(rules, command.tier))
    return (issued,) if hall.day else (DayOpened(day=day), issued)


def keep_in_company(
    command: Command, command_id: str, refusal: Refusal, rules: Rules
) -> tuple[Event, ...]:
    """Return what is written of a report to the company's stream that the rules would refuse."""
    if refusal.code in _NOTHING_SAID or isinstance(command, (SignIn, SignOut)):
        return ()
    done = keep_late(rules, command, refusal) if isinstance(command, ReceiveProof) else ()
    matter = next((getattr(command, n) for n in _COMPANY_MATTERS if hasattr(command, n)), "")
    mark = CompanyReportDisputed(
        dispute_id=command_id,
        matter_id=str(matter),
        command=type(command).__name__,
        code=refusal.code,
        args=plain(refusal),
        stands=bool(done),
    )
    return (*done, mark)


def settle_in_company(
    rules: Rules, command: SettleDispute, _: Circumstances
) -> tuple[CompanyDisputeSettled, ...] | Refusal:
    """A manager has looked at it."""
    if command.dispute_id not in rules.company.disputes:
        return refuse("dispute_unknown")
    return (CompanyDisputeSettled(dispute_id=command.dispute_id),)


def settle(
    hall: Hall, command: SettleDispute, _: Circumstances, __: Rules
) -> tuple[Event, ...] | Refusal:
    """A manager has looked at it."""
    found = hall.disputes.get(command.dispute_id)
    if found is None:
        return refuse("dispute_unknown")
    if found.settled_by:
        return refuse("dispute_settled", staff=found.settled_by)
    return (DisputeSettled(dispute_id=command.dispute_id),)
