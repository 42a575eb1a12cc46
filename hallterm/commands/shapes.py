"""What the command line says as JSON. The keys are stable; docs/command-line.md lists them."""

from datetime import datetime, tzinfo

from hallterm.desk.diversion_views import DiversionFigures
from hallterm.desk.tickets import Issued
from hallterm.desk.views import Clock, CounterRow, HallView, OfferRow, TicketRow
from hallterm.domain.ticket.promise import promise_word

Shape = dict[str, object]


def moment(seconds: float | None, zone: tzinfo) -> str | None:
    """Write seconds since the epoch as ISO 8601 in the hall's time."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, zone).isoformat(timespec="milliseconds")


def clock(running: Clock | None, now: float, zone: tzinfo) -> Shape | None:
    """Describe a promise: from when, how long, how much is used up, how it stands."""
    if running is None:
        return None
    age = (running.stopped or now) - running.began
    return {
        "began": moment(running.began, zone),
        "budget_s": running.budget,
        "waited_s": round(max(0.0, age), 3),
        "running": running.stopped is None,
        "word": promise_word(age, running.budget, running.short_share).value,
    }


def ticket(row: TicketRow, now: float, zone: tzinfo) -> Shape:
    """Describe a ticket; the customer is masked."""
    return {
        "id": row.ticket_id,
        "number": row.number,
        "state": row.state.value,
        "state_since": moment(row.state_since, zone),
        "tier": row.tier.value,
        "grade": row.grade.value if row.grade else None,
        "customer": row.customer,
        "person_id": row.person_id,
        "businesses": list(row.businesses),
        "documents_missing": list(row.documents_missing),
        "flags": [flag.value for flag in row.flags],
        "visiting": row.visiting,
        "group": row.group,
        "special": row.special,
        "appointed_at": moment(row.appointed, zone),
        "counter": row.counter,
        "passes": row.passes,
        "service": clock(row.service, now, zone),
        "reception": clock(row.reception, now, zone),
        "expected_wait_s": _whole(row.expected_wait),
        "overrun_s": _whole(row.overrun),
        "divert_to": [way.value for way in row.ways],
        "offers": [offer(one, zone) for one in row.offers],
    }


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def offer(one: OfferRow, zone: tzinfo) -> Shape:
    """Describe an offer to send a customer elsewhere."""
    return {
        "way": one.way.value,
        "target": one.target,
        "place": one.place,
        "offered_at": moment(one.offered, zone),
        "staff": one.offered_by,
        "accepted": one.accepted,
        "answered_at": moment(one.answered, zone),
    }


def diversion(counted: DiversionFigures) -> Shape:
    """Describe a day's diversion in numbers."""
    return {
        "offered": counted.offered,
        "accepted": counted.accepted,
        "declined": counted.declined,
        "unanswered": counted.unanswered,
        "by_way": {way.value: count for way, count in counted.by_way.items()},
        "in_time": counted.in_time,
        "called_back": counted.called_back,
        "called_in_time": counted.called_in_time,
        "not_reached": counted.not_reached,
        "calls_due": counted.calls_due,
    }


def counter(row: CounterRow, zone: tzinfo) -> Shape:
    """Describe a counter."""
    return {
        "id": row.counter_id,
        "number": row.number,
        "name": row.name,
        "tiers": [tier.value for tier in row.tiers],
        "staff": row.staff_id,
        "paused": row.paused.value if row.paused else None,
        "serving": row.serving,
        "serving_state": row.serving_state.value if row.serving_state else None,
        "since": moment(row.since, zone),
    }


def board(view: HallView, diverted: DiversionFigures, now: float, zone: tzinfo) -> Shape:
    """Describe the hall, with the day's diversion."""
    return {
        "hall": view.hall_name,
        "day": view.day.isoformat() if view.day else None,
        "at": moment(now, zone),
        "waiting": [ticket(row, now, zone) for row in view.waiting],
        "others": [ticket(row, now, zone) for row in view.others],
        "counters": [counter(row, zone) for row in view.counters],
        "diversion": diversion(diverted),
    }


def slip(issued: Issued, trouble: str | None) -> Shape:
    """Describe a ticket just issued."""
    return {
        "id": issued.ticket.id,
        "number": issued.ticket.number,
        "tier": issued.ticket.tier.value,
        "grade": issued.ticket.grade.value if issued.ticket.grade else None,
        "hall": issued.hall_name,
        "businesses": list(issued.business_names),
        "documents_missing": list(issued.documents_missing),
        "ahead": issued.ahead,
        "expected_wait_s": round(issued.expected_wait),
        "expected_low_s": round(issued.expected_low),
        "expected_high_s": round(issued.expected_high),
        "issued_at": issued.local_time.isoformat(timespec="milliseconds"),
        "print_problem": trouble,
    }
