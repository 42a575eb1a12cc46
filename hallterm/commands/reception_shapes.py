"""What `hallterm reception` says as JSON. The keys are stable; docs/command-line.md lists them."""

from datetime import datetime

from hallterm.commands.shapes import Shape
from hallterm.desk.reception_views import ReceptionFigures, ReceptionSummary, StepLine


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _seconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def reception(card: ReceptionSummary) -> Shape:
    """Describe a reception; the customer is masked."""
    return {
        "ticket": card.ticket_id,
        "number": card.number,
        "day": card.day.isoformat(),
        "grade": card.grade.value if card.grade else None,
        "customer": card.customer,
        "person_id": card.person_id,
        "state": card.state.value,
        "closed_as": card.close_reason.value if card.close_reason else None,
        "receiver": card.receiver.staff_id if card.receiver else None,
        "shown_at": _moment(card.shown),
        "received_at": _moment(card.received),
        "received_s": _seconds(card.received_s),
        "reception_budget_s": card.reception_budget_s,
        "received_in_time": card.received_in_time,
        "service_s": _seconds(card.service_s),
        "service_budget_s": card.service_budget_s,
        "service": card.service.value,
        "closed_at": _moment(card.closed),
        "place": card.place,
        "businesses": list(card.businesses),
        "outcome": card.outcome.value if card.outcome else None,
        "rating": card.rating.value if card.rating else None,
        "remembered": {name: list(titles) for name, titles in card.remembered},
        "arranged": [
            {
                "kind": one.kind.value if one.kind else "appointment",
                "begins": one.begins.isoformat(timespec="seconds"),
                "business": one.business,
            }
            for one in card.arranged
        ],
        "steps_done": sum(step.done for step in card.steps),
        "steps_skipped": len(card.skipped),
        "steps_late": len(card.late),
    }


def whole(card: ReceptionSummary) -> Shape:
    """Describe a reception with its steps and everything that happened to it."""
    moves = [
        {
            "event": move.event,
            "state": move.state.value,
            "at": _moment(move.at),
            "staff": move.staff_id,
            "device": move.device,
            "detail": move.detail,
        }
        for move in card.moves
    ]
    return {**reception(card), "steps": [step(line) for line in card.steps], "moves": moves}


def step(line: StepLine) -> Shape:
    """Describe a step."""
    return {
        "title": line.title,
        "done": line.done,
        "skipped": line.skipped.value if line.skipped else None,
        "late": line.late,
        "answers": list(line.answers),
        "staff": line.who or None,
        "happened_at": _moment(line.happened),
    }


def figures(counted: ReceptionFigures) -> Shape:
    """Describe figures."""
    return {
        "receptions": counted.receptions,
        "received": counted.received,
        "received_in_time": counted.received_in_time,
        "not_in_time": counted.not_in_time,
        "served": counted.served,
        "served_in_time": counted.served_in_time,
        "seen_off": counted.seen_off,
        "steps_done": counted.steps_done,
        "late": counted.late,
        "skipped": [
            {"step": title, "reason": reason.value, "count": count}
            for title, reason, count in counted.skipped
        ],
    }
