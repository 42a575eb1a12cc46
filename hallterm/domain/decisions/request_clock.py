"""Who holds a request, when it is due, who is reminded, what has run out."""

from datetime import datetime, timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.request_checks import Answer, request_in
from hallterm.domain.hall import Rules
from hallterm.domain.opening_hours import ROUND_THE_CLOCK, OpeningHours
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import commands as cmd
from hallterm.domain.request import events as ev
from hallterm.domain.request.state import STAGE_ROLES, SUPERIORS, Request
from hallterm.domain.request.words import FORM_STATES, RequestState

_RUNS_OUT = FORM_STATES - {RequestState.RETURNED}


def take(rules: Rules, command: cmd.TakeRequest, where: Circumstances) -> Answer:
    """Take a request from the office, or with a reason from a colleague who can't act."""
    request = request_in(rules, command.request_id)
    if isinstance(request, Refusal):
        return request
    holder = request.holder
    if holder is None or not where.actor.is_one_of(STAGE_ROLES[request.state]):
        return refuse("not_of_office", role=holder.role.value if holder else "")
    if holder.staff_id == where.actor.staff_id:
        return ()
    if holder.staff_id and command.reason is None:
        return refuse("request_held", number=request.number, staff=holder.staff_id)
    reason = command.reason if holder.staff_id else None
    return (ev.RequestTaken(request_id=request.id, role=holder.role, reason=reason),)


def clock_hours(rules: Rules) -> OpeningHours:
    """Return when the clocks of requests run: as the hall is open, unless the file says always."""
    hall = rules.company.hall
    if hall is None or rules.standards.requests.hours == "always":
        return ROUND_THE_CLOCK
    return OpeningHours(hall.opens, hall.closes, hall.timezone)


def due_at(request: Request, rules: Rules) -> datetime | None:
    """Return when the present stage should be over; None for a closed request."""
    allowed = rules.standards.requests.minutes.of(request.state)
    if allowed is None:
        return None
    due = clock_hours(rules).after(request.since, allowed)
    waits_for_visit = request.state in {RequestState.AT_HALL, RequestState.AUTHORISED}
    if request.visit and waits_for_visit:
        return max(due, request.visit.at)
    return due


def reminder_at(request: Request, rules: Rules) -> datetime | None:
    """Return when somebody has to be reminded next; None when nobody is left to remind."""
    due = due_at(request, rules)
    if due is None or request.holder is None:
        return None
    if not request.reminded:
        return due
    if request.reminded == 1 and request.holder.role in SUPERIORS:
        minutes = timedelta(minutes=rules.standards.requests.superior_after)
        return clock_hours(rules).after(due, minutes)
    return None


def remind(rules: Rules, command: cmd.RemindRequest, where: Circumstances) -> Answer:
    """Remind the holder, later the superior; nothing happens before it is time, or twice."""
    request = request_in(rules, command.request_id)
    if isinstance(request, Refusal):
        return request
    when = reminder_at(request, rules)
    if when is None or where.at < when or request.holder is None:
        return ()
    holder = request.holder
    first = not request.reminded
    return (
        ev.RequestReminded(
            request_id=request.id,
            level=1 if first else 2,
            role=holder.role if first else SUPERIORS[holder.role],
            staff_id=holder.staff_id if first else None,
        ),
    )


def runs_out_at(request: Request) -> datetime | None:
    """Return when the authority or the form that the request stands on runs out."""
    if request.state is RequestState.AUTHORISED and request.authority:
        return request.authority.expires_at
    if request.state in _RUNS_OUT and request.form:
        return request.form.valid_until
    return None


def expire(rules: Rules, command: cmd.ExpireRequest, where: Circumstances) -> Answer:
    """Say that an authority or a form ran out; nothing happens before that."""
    request = request_in(rules, command.request_id)
    if isinstance(request, Refusal):
        return request
    end = runs_out_at(request)
    if end is None or where.at < end:
        return ()
    if request.state is RequestState.AUTHORISED:
        return (ev.AuthorityExpired(request_id=request.id),)
    return (ev.FormExpired(request_id=request.id),)
