"""What `hallterm form` says as JSON. The keys are stable; docs/forms.md lists them."""

from datetime import datetime, tzinfo

from hallterm.commands.shapes import Shape
from hallterm.desk.form_verify import Verification
from hallterm.domain.company.keys import OfficeKey


def _moment(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def verification(found: Verification, zone: tzinfo) -> Shape:
    """Describe what was found out about a form."""
    seen, order = found.examination, found.order
    return {
        "good": found.good,
        "genuine": seen.genuine,
        "number": seen.number,
        "key": seen.key_id or None,
        "office": found.office.value if found.office else None,
        "order": seen.order.value,
        "record": seen.record.value,
        "page": seen.page.value,
        "customer_matches": seen.customer_matches,
        "filed": found.filed.value,
        "version": order.revision if order else None,
        "hall": order.hall if order else None,
        "customer": order.customer_name if order else None,
        "request": order.request if order else None,
        "solution": order.solution if order else None,
        "decided_by": order.decided_by if order else None,
        "valid_until": _moment(order.valid_until, zone) if order else None,
    }


def office_key(key: OfficeKey, zone: tzinfo) -> Shape:
    """Describe an office's key."""
    return {
        "key": key.key_id,
        "office": key.office.value,
        "public_key": key.public_key,
        "added_at": _moment(key.added_at, zone),
        "retired_at": _moment(key.retired_at, zone),
        "revoked": key.revoked,
    }
