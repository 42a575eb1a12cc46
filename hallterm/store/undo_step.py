"""A step of the store's shape: tickets used to carry their earlier states whole, for undo."""

import json
from typing import Any

import sqlalchemy as sa

from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.undo import remembered
from hallterm.store.tables import TicketRecord, table_of

_AT_ONCE = 500

_ticket = table_of(TicketRecord)
_some = (
    sa.select(_ticket.c.id, _ticket.c.document)
    .where(_ticket.c.id > sa.bindparam("after"), _ticket.c.document.contains('"before":'))
    .order_by(_ticket.c.id)
    .limit(_AT_ONCE)
)
_write = (
    sa.update(_ticket)
    .where(_ticket.c.id == sa.bindparam("which"))
    .values(document=sa.bindparam("shorter"))
)


def shorten_undo(connection: sa.Connection) -> None:
    """Write what each ticket's last actions replaced in place of the tickets before them."""
    after = ""
    while some := connection.execute(_some, {"after": after}).all():
        rows = [{"which": row.id, "shorter": _shorter(row.document)} for row in some]
        connection.execute(_write, rows)
        after = some[-1].id


def _shorter(document: str) -> str:
    ticket = _folded_again(json.loads(document))
    return ticket.model_dump_json(exclude_defaults=True)


def _folded_again(written: dict[str, Any]) -> Ticket:
    earlier = written.pop("before", None)
    ticket = Ticket.model_validate_json(json.dumps(written))
    if earlier is None:
        return ticket
    before = _folded_again(earlier)
    undo = remembered(before, {name: getattr(ticket, name) for name in Ticket.model_fields})
    return ticket.model_copy(update={"undo": undo})
