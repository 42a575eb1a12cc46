"""What undo needs of a ticket's past: the values that its last few actions replaced.

Kept as text of changed fields rather than as earlier tickets: a hall holds every ticket of its day,
and after a busy one five whole tickets in place of each would fill the memory of a small terminal.
"""

import json
from collections.abc import Mapping
from typing import Any

from hallterm.domain.ticket.state import Ticket

UNDO_DEPTH = 4
"""Actions that can be taken back one after another."""

_NEVER = frozenset({"undo", "rating"})
"""Not put back: the list itself, and the customer's word, after which nothing is taken back."""


def remembered(before: Ticket, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what `undo` is after an action: what it replaced, and what those before it did.

    values: field → value after the action, of those that it may have changed.
    """
    changed = {f for f, now in values.items() if f not in _NEVER and getattr(before, f) != now}
    return (before.model_dump_json(include=changed), *before.undo[: UNDO_DEPTH - 1])


def before(ticket: Ticket) -> Ticket | None:
    """Return the ticket as it was before its last action; None when nothing is remembered."""
    if not ticket.undo:
        return None
    last, *earlier = ticket.undo
    now = ticket.model_dump(mode="json", exclude=set(_NEVER))
    return Ticket.model_validate_json(json.dumps({**now, **json.loads(last), "undo": earlier}))
