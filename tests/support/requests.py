"""A chain of people without a store, through which requests are sent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.company import evolve
from hallterm.domain.company.events import HallFounded, StaffHired
from hallterm.domain.company.state import Company
from hallterm.domain.decide import decide
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Mood, Proof, RequestState, Superior
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command, Event, Fact
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    MORNING,
    PROFILE,
    STORE_MANAGER,
    configuration,
)

ACCOUNT_MANAGER = Actor("5001", frozenset({Role.ACCOUNT_MANAGER}))
DEPUTY = Actor("5002", frozenset({Role.ACCOUNT_MANAGER}))
VIP_LIAISON = Actor("6001", frozenset({Role.VIP_LIAISON}))
OPERATIONS = Actor("6002", frozenset({Role.OPERATIONS_LIAISON}))
SIGNER = Actor("6003", frozenset({Role.VIP_OFFICE_MANAGER}))
CHAIN = (
    CLERK,
    COLLEAGUE,
    STORE_MANAGER,
    DUTY_MANAGER,
    ACCOUNT_MANAGER,
    DEPUTY,
    VIP_LIAISON,
    OPERATIONS,
    SIGNER,
)
MACHINE = Actor("terminal", frozenset({Role.KIOSK}))
R = "r1"


@dataclass
class Office:
    """A company folded in memory, with its clock."""

    company: Company
    now: datetime = MORNING
    seq: int = 0

    @property
    def rules(self) -> Rules:
        """What is decided under."""
        files = configuration()
        return Rules(self.company, files.standards, files.businesses, authority=files.authority)

    @property
    def request(self) -> Request:
        """The request that the test is about."""
        found = self.company.request(R)
        assert found is not None
        return found

    def fold(self, actor: str, event: Event) -> None:
        """Apply one event."""
        self.seq += 1
        evolve.apply(self.company, Fact(self.seq, f"e{self.seq}", self.now, actor, "t1", event))

    def give(self, actor: Actor, command: Command) -> tuple[Event, ...] | Refusal:
        """Decide a command and apply what happens."""
        where = Circumstances(actor, self.now, "t1")
        answer = decide(Hall(), command, where, self.rules)
        if not isinstance(answer, Refusal):
            self.company = self.company.copy()
            for event in answer:
                self.fold(actor.staff_id, event)
        return answer

    def must(self, actor: Actor, command: Command) -> Request:
        """Give a command that must not be refused; return the request after it."""
        answer = self.give(actor, command)
        assert not isinstance(answer, Refusal), answer
        return self.request

    def refused(self, actor: Actor, command: Command) -> str:
        """Give a command that must be refused; return the code. Nothing has changed."""
        before = dict(self.company.requests)
        answer = self.give(actor, command)
        assert isinstance(answer, Refusal), answer
        assert self.company.requests == before
        return answer.code

    def later(self, **spans: float) -> None:
        """Let time pass."""
        self.now += timedelta(**spans)

    def open(
        self, kind: str = "waive_fee", amount_fen: int = 3000, opener: Actor = CLERK
    ) -> Request:
        """Take a request down."""
        command = cmd.OpenRequest(
            request_id=R,
            day=self.now.date(),
            person_id="p1",
            tier=Tier.VIP,
            grade=Grade.GOLD,
            kind_id=kind,
            amount_fen=amount_fen,
            account_manager=ACCOUNT_MANAGER.staff_id,
            request_note="n-asked",
            explanation_note="n-explained",
            mood=Mood.UPSET,
        )
        return self.must(opener, command)

    def answered(self, *, accepted: bool, actor: Actor = CLERK) -> Request:
        """Let the customer answer what was said last."""
        answer = cmd.AnswerRequest(
            request_id=R, stage=self.request.state, accepted=accepted, note="n-answer"
        )
        return self.must(actor, answer)

    def ruled(self, actor: Actor, verdict: Verdict, **more: object) -> Request:
        """Let somebody decide at a terminal."""
        values = {
            "request_id": R,
            "decision_id": f"d{self.seq}",
            "stage": self.request.state,
            "verdict": verdict,
            "terms": "n-terms",
        }
        return self.must(actor, cmd.DecideRequest.model_validate(values | more))

    def to_account_manager(self, kind: str = "waive_fee", amount_fen: int = 3000) -> Request:
        """Let the explanation and the store manager's answer fail."""
        self.open(kind, amount_fen)
        self.answered(accepted=False)
        self.ruled(STORE_MANAGER, Verdict.DECLINED, reason="beyond_authority")
        return self.answered(accepted=False)

    def to_form(self) -> Request:
        """Let the account manager take it over and write the form."""
        self.to_account_manager()
        self.ruled(ACCOUNT_MANAGER, Verdict.HAND_OVER)
        return self.draft()

    def draft(self, hall: str = "test") -> Request:
        """Write the form."""
        draft = cmd.DraftForm(
            request_id=R, solution="n-solution", superior=Superior.CENTRE_LEADER, hall_id=hall
        )
        return self.must(ACCOUNT_MANAGER, draft)

    def decide_form(self, actor: Actor, verdict: Verdict, **more: object) -> Request:
        """Approve, return or refuse the form."""
        form = self.request.form
        assert form
        values = {
            "request_id": R,
            "decision_id": f"d{self.seq}",
            "form_version": form.version,
            "verdict": verdict,
        }
        return self.must(actor, cmd.DecideForm.model_validate(values | more))

    def to_hall(self, hall: str = "test") -> Request:
        """Bring the form to the hall."""
        self.to_account_manager()
        self.ruled(ACCOUNT_MANAGER, Verdict.HAND_OVER)
        self.draft(hall)
        self.must(VIP_LIAISON, cmd.MailForm(request_id=R))
        self.decide_form(OPERATIONS, Verdict.APPROVED)
        return self.must(OPERATIONS, cmd.ForwardForm(request_id=R))

    def proof(self, proof: Proof, **more: object) -> cmd.ReceiveProof:
        """Return the report that a confirmation came in."""
        form = self.request.form
        by = {Proof.FAX: SIGNER.staff_id, Proof.PHONE: ACCOUNT_MANAGER.staff_id}
        values: dict[str, object] = {
            "request_id": R,
            "form_version": form.version if form else 1,
            "proof": proof,
            "reference": f"{proof}-{self.seq}",
            "by": by.get(proof),
            "happened_at": self.now,
        }
        return cmd.ReceiveProof.model_validate(values | more)

    def carry_out(self) -> cmd.CarryOut:
        """Return the command that carries the form's solution out."""
        form = self.request.form
        return cmd.CarryOut(request_id=R, form_version=form.version if form else 1)

    def through_gate(self) -> Request:
        """Let all three confirmations come in, and carry the solution out."""
        for proof in Proof:
            self.must(CLERK, self.proof(proof))
        return self.must(CLERK, self.carry_out())


def office() -> Office:
    """Return a founded company with everybody of the chain."""
    made = Office(Company())
    made.fold("setup", HallFounded(profile=PROFILE))
    for actor in CHAIN:
        made.fold("setup", StaffHired(staff_id=actor.staff_id, roles=actor.roles))
    return made


def copied(made: Office) -> Office:
    """Return an office that goes on by itself."""
    return replace(made, company=made.company.copy())


__all__ = ["CHAIN", "Office", "RequestState", "office"]
