"""What this terminal's people did and their home decided otherwise, to be told once."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hallterm.desk.accounts import staff_names
from hallterm.desk.desk import Desk
from hallterm.domain.disputes import CommandSettled, ReportDisputed
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.state import Ticket
from hallterm.store.connection import reading
from hallterm.store.log import from_ms, heads, read_event
from hallterm.store.outbox import read_link
from hallterm.store.tables import LoggedEvent, table_of

_event = table_of(LoggedEvent)
_TYPES = ("command_settled", "company_command_settled", "report_disputed")
_told = (
    sa.select(_event.c.type, _event.c.payload, _event.c.at_ms, _event.c.actor)
    .where(
        _event.c.stream == sa.bindparam("stream"),
        _event.c.seq > sa.bindparam("after"),
        _event.c.device == sa.bindparam("device"),
        _event.c.type.in_(_TYPES),
    )
    .order_by(_event.c.seq)
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One command that came to something else than was seen here."""

    command: str
    """Name of its class."""
    refusal: Refusal
    at: datetime
    actor: str
    disputed: bool
    """A report that is kept although it contradicts others; a manager settles it."""
    number: str = ""
    """Ticket that it was about."""
    counter: int | None = None
    """Number of the counter that has the ticket now."""
    staff: str = ""
    """Name of who has it there."""


class LossWatch:
    """Knows how far one process has told of losses; begins with what comes from now on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        with reading(desk.connection):
            self._seen = heads(desk.connection)

    def new(self) -> list[Loss]:
        """Return the losses since the last call."""
        desk = self._desk
        found: list[Any] = []
        with reading(desk.connection):
            link, now = read_link(desk.connection), heads(desk.connection)
            if link is None or now == self._seen:
                return []
            for stream, head in now.items():
                after = self._seen.get(stream, 0)
                if head > after:
                    asked = {"stream": stream, "after": after, "device": link.device}
                    found += desk.connection.execute(_told, asked).all()
        self._seen = now
        losses = []
        for row in found:
            event = read_event(row.type, json.loads(row.payload))
            loss = self._loss(event, from_ms(row.at_ms), row.actor)
            if loss is not None:
                losses.append(loss)
        return losses

    def _loss(self, event: object, at: datetime, actor: str) -> Loss | None:
        match event:
            case CommandSettled(refusal=Refusal() as refusal):
                number = str(refusal.args.get("number", ""))
                loss = Loss(event.command, refusal, at, actor, disputed=False, number=number)
                return self._placed(loss)
            case ReportDisputed():
                refusal = Refusal(event.code, dict(event.args))
                ticket = self._desk.hall.tickets.get(event.matter_id)
                number = ticket.number if ticket else ""
                return Loss(event.command, refusal, at, actor, disputed=True, number=number)
            case _:
                return None

    def _placed(self, loss: Loss) -> Loss:
        """Add who has the ticket now."""
        ticket = self._ticket(loss.number)
        if ticket is None or ticket.counter_id is None:
            return loss
        setup = self._desk.rules.company.counters.get(ticket.counter_id)
        staff = ticket.staff_id or ""
        name = staff_names(self._desk).get(staff, staff)
        return replace(loss, counter=setup.number if setup else None, staff=name)

    def _ticket(self, number: str) -> Ticket | None:
        hall = self._desk.hall
        return hall.tickets.get(hall.numbers.get(number, ""))
