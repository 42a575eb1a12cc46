"""Terminals that a hub is measured with: enrolled, and with a day's commands to send."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.signatures import unseal
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import (
    CallTicket,
    FinishService,
    StartService,
    TakeTicket,
)
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from hallterm.hub.registry import enrol, keep_code
from hallterm.hub.tokens import TokenMint
from hallterm.proofs import (
    PROOF_HEADER,
    new_private_key,
    public_key,
    request_message,
    sign,
)
from hallterm.store.connection import writing
from hallterm.store.ids import new_id
from hallterm.store.log import from_ms
from hallterm.store.tables import StaffRecord, table_of
from hallterm.wire import Envelope, Push
from tests.bench.halls import PIN, STAFF

DAY_MS = 24 * 3600 * 1000


class Chain:
    """The commands of one device, one after the other, each naming the one before."""

    def __init__(self, device: str, staff_key: str, begin_ms: int) -> None:
        self.device = device
        self.at_ms = begin_ms
        self._staff_key = staff_key
        self._seq, self._previous = 0, ""

    def give(self, command: Command, actor: str = "") -> Envelope:
        """Return the next command of the chain, signed if a person gives it and has a key."""
        self._seq += 1
        self.at_ms += 20
        made = Envelope(
            id=new_id(from_ms(self.at_ms)),
            device=self.device,
            device_seq=self._seq,
            previous=self._previous,
            stream=command.stream,
            type=type(command).__name__,
            payload=command.model_dump(mode="json", exclude_defaults=True),
            actor=actor or self.device,
            at_ms=self.at_ms,
        )
        self._previous = digest = made.digest
        if not actor or not self._staff_key:
            return made
        signature = sign(self._staff_key, digest.encode())
        return made.model_copy(update={"signature": signature})

    def sit_down(self) -> Envelope:
        """Let the clerk take counter 1."""
        taking = TakeCounter(counter_id="c1", session_id=self.device, take_over=True)
        return self.give(taking, STAFF)

    def ticket(self, business: str) -> Envelope:
        """Let somebody take a ticket."""
        now = from_ms(self.at_ms)
        return self.give(
            TakeTicket(
                ticket_id=new_id(now),
                tier=Tier.STANDARD,
                businesses=(BusinessLine(business_id=business),),
                arrived_at=now,
                shown_at=now,
            )
        )

    def served(self, business: str) -> Iterator[Envelope]:
        """Let somebody come and be served: four commands, three of them signed by the clerk."""
        first = self.ticket(business)
        yield first
        ticket = first.payload["ticket_id"]
        yield self.give(CallTicket(ticket_id=ticket), STAFF)
        yield self.give(StartService(ticket_id=ticket, counter_id="c1"), STAFF)
        yield self.give(FinishService(ticket_id=ticket), STAFF)


def staff_key(desk: Desk) -> str:
    """Return the clerk's private key."""
    records = table_of(StaffRecord)
    one = sa.select(records.c.sealed_key).where(records.c.staff_id == STAFF)
    sealed = desk.connection.execute(one).scalar() or ""
    desk.connection.rollback()
    key = unseal(sealed, STAFF, PIN)
    assert key
    return key


class Enrolled:
    """A terminal with a key and a token."""

    def __init__(self, device: str, private: str, access: str) -> None:
        self.device, self.private, self.access = device, private, access

    def request(
        self, client: httpx.AsyncClient | httpx.Client, method: str, target: str, body: bytes = b""
    ) -> httpx.Request:
        """Return a signed request."""
        message = request_message(method, target, self.access, body)
        headers = {
            "Authorization": f"Bearer {self.access}",
            PROOF_HEADER: sign(self.private, message),
        }
        return client.build_request(method, target, content=body, headers=headers)

    def push_request(
        self, client: httpx.AsyncClient | httpx.Client, commands: list[Envelope]
    ) -> httpx.Request:
        """Return a push of commands."""
        body = Push(epoch=1, commands=commands).model_dump_json().encode()
        return self.request(client, "POST", "/v1/push", body)


def enrol_many(desk: Desk, secret: bytes, count: int, now_ms: int) -> list[Enrolled]:
    """Let terminals in, without asking over the network."""
    mint, made = TokenMint(secret), []
    with writing(desk.connection) as connection:
        for number in range(count):
            private, code = new_private_key(), f"CODE{number:08}"
            keep_code(connection, code, "bench", now_ms)
            device = enrol(connection, code, f"t{number:03}", public_key(private), now_ms)
            assert device is not None
            tokens = mint.pair(device.id, device.family, device.generation, now_ms)
            made.append(Enrolled(device.id, private, tokens.access))
    return made


def trusted(pem: Path) -> ssl.SSLContext:
    """Trust one authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(pem)
    return context
