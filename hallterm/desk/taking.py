"""One transaction in which a home takes what terminals did."""

import logging
from datetime import timedelta

from pydantic import ValidationError

from hallterm.desk.desk import Desk
from hallterm.desk.transaction import Transaction
from hallterm.desk.verifying import Verifying
from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.command_types import command_types
from hallterm.domain.decide import keep_report
from hallterm.domain.disputes import command_settled
from hallterm.domain.hall import Rules
from hallterm.domain.note import NOTHING
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.store.chains import Chain, digest_at, read_chain, write_chain
from hallterm.store.log import Origin, from_ms
from hallterm.wire import Envelope, Problem, Push, Pushed

log = logging.getLogger(__name__)

BELIEVED_SKEW = timedelta(minutes=5)
"""A clock further off than this is not believed: what it says is moved by the difference."""
BEFORE_ROLES = frozenset({"SignIn"})
"""Commands given before anybody is signed in."""
MACHINE = frozenset({Role.KIOSK})
FAULTS = (LookupError, ValueError, TypeError, AttributeError)
"""What a rule that meets something unforeseen may raise; one command must not stop the others."""


class Taking:
    """Takes pushes inside the write transaction that is open on the desk's connection.

    careful: a command at which the rules fail is settled as faulty, instead of failing all.
    """

    def __init__(
        self,
        desk: Desk,
        verify: Verifying,
        epoch: int,
        *,
        careful: bool,
    ) -> None:
        self._desk, self._verify, self._epoch, self._careful = desk, verify, epoch, careful
        self._connection = desk.connection
        self._now = desk.clock.now()
        self._types = command_types()
        where = Circumstances(Actor(desk.device, MACHINE), self._now, desk.device)
        self._work = Transaction(
            desk.connection, desk.replica, desk.rules, where, desk.business_day(self._now)
        )
        self._work.late = True
        self._digests: dict[tuple[str, int], str] = {}
        """Of what was taken in this transaction, by device and place."""
        if not careful:
            self._work.gather()

    def write(self) -> None:
        """Write what was gathered, before the commit."""
        self._work.write_gathered()

    def keep(self) -> None:
        """After the commit: what was decided is the home's state."""
        self._work.keep(self._desk.replica)

    def push(self, device: str, push: Push) -> Pushed | Problem:
        """Take one device's envelopes as far as they follow on what is known of its chain."""
        if push.epoch != self._epoch:
            return Problem(code="epoch", expected={"epoch": self._epoch})
        chain = read_chain(self._connection, device)
        skew = self._skew(push)
        problem: Problem | None = None
        for envelope in push.commands:
            digest = envelope.digest
            problem = self._misplaced(device, chain, envelope, digest)
            if problem:
                break
            if envelope.device_seq > chain.seq:
                self._take(envelope, digest, skew)
                chain = Chain(envelope.device_seq, digest)
                self._digests[device, chain.seq] = digest
        write_chain(self._connection, device, chain)
        return problem or Pushed(device_seq=chain.seq, heads={})

    def _skew(self, push: Push) -> timedelta:
        """Return how far the device's clock is off, if that is too far to be believed."""
        off = from_ms(push.sent_ms) - self._now if push.sent_ms else timedelta()
        return off if abs(off) > BELIEVED_SKEW else timedelta()

    def _misplaced(
        self, device: str, chain: Chain, envelope: Envelope, digest: str
    ) -> Problem | None:
        expected = {"device_seq": chain.seq + 1, "previous": chain.digest}
        if envelope.device != device:
            return Problem(code="device_other", expected={"device": device})
        if envelope.device_seq > chain.seq + 1:
            return Problem(code="gap", expected=expected)
        if envelope.device_seq == chain.seq + 1:
            same = envelope.previous == chain.digest
        else:
            place = (device, envelope.device_seq)
            same = (self._digests.get(place) or digest_at(self._connection, *place)) == digest
        return None if same else Problem(code="fork", expected=expected)

    def _take(self, envelope: Envelope, digest: str, skew: timedelta) -> None:
        """Decide one command and write what becomes of it; something always does."""
        at = min(from_ms(envelope.at_ms) - skew, self._now + BELIEVED_SKEW)
        origin = Origin(
            envelope.id, at, envelope.actor, envelope.device, envelope.device_seq, digest
        )
        where = Circumstances(self._actor(envelope), at, envelope.device)
        self._work.begin(where, self._desk.business_day(at))
        self._work.rules = self._rules(envelope)
        refusal = self._verify.refused(envelope, digest) or self._decided(envelope, origin)
        if refusal or not self._work.given:
            kind = envelope.stream
            settled = command_settled(kind, envelope.type, envelope.id, refusal)
            self._work.record(kind, (settled,), NOTHING, origin)

    def _decided(self, envelope: Envelope, origin: Origin) -> Refusal | None:
        command = self._command(envelope)
        if command is None:
            return refuse("command_unknown", command=envelope.type)
        if not self._careful:
            return self._carried_out(command, envelope, origin)
        work = self._work
        before = work.snapshot()
        step = self._connection.begin_nested()
        try:
            refusal = self._carried_out(command, envelope, origin)
        except FAULTS:
            step.rollback()
            work.go_back(before)
            log.exception("command %s of %s is settled as faulty", envelope.type, envelope.device)
            return refuse("command_faulty")
        step.commit()
        return refusal

    def _carried_out(self, command: Command, envelope: Envelope, origin: Origin) -> Refusal | None:
        """Carry a command out, or keep of a report what can be kept; a refusal if nothing was."""
        work = self._work
        answer = work.carry_out(command, envelope.beside, origin)
        if not isinstance(answer, Refusal):
            return None
        if command.says == "claim":
            return answer
        kept = keep_report(work.hall, command, envelope.id, answer, work.where, work.rules)
        work.record(command.stream, kept, envelope.beside, origin)
        return None if kept else answer

    def _rules(self, envelope: Envelope) -> Rules:
        """Return the rules under which a command was given at its terminal."""
        rules = self._work.rules
        book = rules.company.rulebook_at(envelope.company_seq)
        return rules.under(book) if book else rules

    def _command(self, envelope: Envelope) -> Command | None:
        kind = self._types.get(envelope.type)
        if kind is None or kind.stream != envelope.stream:
            return None
        try:
            return kind.model_validate(envelope.payload)
        except ValidationError:
            return None

    def _actor(self, envelope: Envelope) -> Actor:
        member = self._work.rules.company.staff.get(envelope.actor)
        if member is None or envelope.type in BEFORE_ROLES:
            return Actor(envelope.actor, MACHINE)
        return Actor(envelope.actor, member.roles)
