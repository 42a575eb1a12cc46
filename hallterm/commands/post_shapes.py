"""What `hallterm mail` and `fax` say as JSON. The keys are stable; docs/forms.md lists them."""

from datetime import datetime, tzinfo

from hallterm.commands.shapes import Shape
from hallterm.desk.incoming import Came
from hallterm.desk.post_status import FaxView, LetterView, PostStatus, ReceivedView
from hallterm.desk.sending import Round
from hallterm.words.refusals import explain


def _moment(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def status(seen: PostStatus, zone: tzinfo) -> Shape:
    """Describe what waits."""
    return {
        "waiting": seen.waiting,
        "asking": seen.asking,
        "unmatched": seen.unmatched,
        "oldest": _moment(seen.oldest, zone),
    }


def letter(view: LetterView, zone: tzinfo) -> Shape:
    """Describe a letter."""
    return {
        "id": view.id,
        "number": view.number,
        "purpose": view.purpose,
        "office": view.office,
        "recipient": view.recipient or None,
        "state": view.state.value,
        "asks": view.asks,
        "attempts": view.attempts,
        "said": view.said,
        "made_at": _moment(view.made, zone),
        "due_at": _moment(view.due, zone),
    }


def fax(view: FaxView, zone: tzinfo) -> Shape:
    """Describe a fax page on its way out."""
    return {
        "number": view.number,
        "to": view.target or None,
        "filed": view.filed,
        "said": view.said,
        "made_at": _moment(view.made, zone),
    }


def received(view: ReceivedView, zone: tzinfo) -> Shape:
    """Describe what came in earlier."""
    return {
        "id": view.id,
        "kind": view.kind,
        "sender": view.sender or None,
        "subject": view.subject or None,
        "number": view.number or None,
        "verdict": view.verdict.value,
        "reported": view.reported,
        "digest": view.digest,
        "at": _moment(view.at, zone),
    }


def came(one: Came) -> Shape:
    """Describe what has just come in."""
    return {
        "id": one.id,
        "verdict": one.verdict.value,
        "number": one.number or None,
        "reported": one.reported,
        "refused": explain(one.refusal) if one.refusal else None,
    }


def round_done(done: Round) -> Shape:
    """Describe a round of the spool."""
    return {
        "sent": done.sent,
        "filed": done.filed,
        "postponed": done.postponed,
        "refused": done.refused,
        "uncertain": done.uncertain,
    }
