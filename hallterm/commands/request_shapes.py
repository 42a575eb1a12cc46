"""What `hallterm request` says as JSON. The keys are stable; docs/command-line.md lists them."""

from datetime import tzinfo

from hallterm.commands.shapes import Shape, moment
from hallterm.desk.request_acts import Offer
from hallterm.desk.request_figures import RequestFigures
from hallterm.desk.request_views import FormView, RequestPage, RequestRow, StoryLine


def request(row: RequestRow, zone: tzinfo) -> Shape:
    """Describe a request on one line; the customer is masked as the reader's role asks."""
    return {
        "id": row.request_id,
        "number": row.number,
        "kind": row.kind,
        "amount_fen": row.amount_fen,
        "tier": row.tier.value,
        "grade": row.grade.value if row.grade else None,
        "customer": row.customer,
        "person_id": row.person_id,
        "state": row.state.value,
        "since": moment(row.since, zone),
        "due_at": moment(row.due, zone),
        "holder_role": row.holder_role.value if row.holder_role else None,
        "holder": row.holder.staff_id if row.holder else None,
        "owner": row.owner.staff_id,
        "opened_at": moment(row.opened, zone),
        "promised_at": moment(row.promised, zone),
        "reminded": row.reminded,
        "result": row.result.value if row.result else None,
        "why": row.why.value if row.why else None,
    }


def whole(page: RequestPage, zone: tzinfo) -> Shape:
    """Describe a request with its story, its form and what can be done next."""
    return {
        **request(page.row, zone),
        "asked": page.asked,
        "form": _form(page.form) if page.form else None,
        "next": [_offer(offer) for offer in page.offers],
        "story": [_line(line) for line in page.story],
    }


def _form(form: FormView) -> Shape:
    return {
        "version": form.version,
        "solution": form.solution,
        "decided_by": form.superior,
        "hall": form.hall_id,
        "amount_fen": form.amount_fen,
        "valid_until": form.valid_until.isoformat(timespec="milliseconds"),
        "signed_by": form.signed_by.staff_id if form.signed_by else None,
        "missing": [row.proof.value for row in form.gate if row.at is None],
    }


def _offer(offer: Offer) -> Shape:
    return {
        "act": offer.act.value,
        "by_phone": offer.by_phone,
        "fields": {
            want.name: {
                "needed": want.needed,
                "options": [one.value for one in want.options or ()],
            }
            for want in offer.wants
        },
        "refused": offer.refusal.code if offer.refusal else None,
    }


def _line(line: StoryLine) -> Shape:
    return {
        "at": line.at.isoformat(timespec="milliseconds"),
        "event": line.event,
        "state": line.state.value,
        "staff": line.who.staff_id,
        "device": line.device,
        "detail": line.detail,
        "words": list(line.words),
        "mood": line.mood.value if line.mood else None,
        "by_phone": line.confirmation.value if line.confirmation else None,
        "disputed": line.disputed,
    }


def figures(counted: RequestFigures) -> Shape:
    """Describe figures."""
    return {
        "opened": counted.opened,
        "closed": counted.closed,
        "solved": {result.value: count for result, count in counted.solved.items()},
        "stages": [
            {
                "state": stage.state.value,
                "times": stage.times,
                "median_s": round(stage.median_s, 3),
                "longest_s": round(stage.longest_s, 3),
                "in_time": stage.in_time,
            }
            for stage in counted.stages
        ],
    }
