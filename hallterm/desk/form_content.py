"""From a request to the content of its form: facts, and the words that stand beside the log."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.domain.company.state import Company
from hallterm.domain.person.details import PersonKind
from hallterm.domain.person.masking import mask_name, mask_phone
from hallterm.domain.request.parts import AssistForm, Decision, Evidence, NoteId
from hallterm.domain.request.parts import Verdict as Ruled
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Proof, RequestState
from hallterm.domain.roles import MANAGERS, Role
from hallterm.forms.content import (
    Approval,
    Confirmation,
    Customer,
    Order,
    Record,
    Stage,
    Verdict,
    Way,
    Who,
)
from hallterm.store.persons.notes import texts
from hallterm.store.persons.records import get as person
from hallterm.store.tables import StaffRecord, table_of
from hallterm.words.terms import term, tier_and_grade

ISSUER = "客户服务中心 · 大客户服务室"
_staff = table_of(StaffRecord)
_WAYS = {Proof.MAIL: Way.MAIL, Proof.FAX: Way.FAX, Proof.PHONE: Way.PHONE}
_VERDICTS = {
    Ruled.APPROVED: Verdict.APPROVED,
    Ruled.RETURNED: Verdict.RETURNED,
    Ruled.REFUSED: Verdict.REFUSED,
}
_REFERENCE = 12
"""Signs of a digest that are enough to find the evidence again."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the log doesn't hold and a form shows."""

    words: Mapping[NoteId, str]
    names: Mapping[str, str]
    """工号 → name."""
    customer_name: str
    customer_kind: PersonKind
    customer_phone: str

    def who(self, staff_id: str | None) -> Who:
        """Return somebody of the staff."""
        if staff_id is None:
            return Who()
        return Who(staff_id=staff_id, name=self.names.get(staff_id, ""))

    def said(self, note: NoteId | None) -> str:
        """Return the words of a note; erased ones are empty."""
        return self.words.get(note, "") if note else ""

    def customer(self, salt: str) -> Customer | None:
        """Return the whole customer; None once erased."""
        if not self.customer_name:
            return None
        return Customer(name=self.customer_name, phone=self.customer_phone, salt=salt)


def beside(connection: sa.Connection, request: Request) -> Beside:
    """Read what goes with a request; the caller is in a transaction."""
    notes = {note for move in request.moves for note in move.notes}
    notes |= {request.request_note}
    if request.form:
        notes |= {request.form.solution, *filter(None, (request.form.superior_words,))}
    record = person(connection, request.person_id)
    rows = connection.execute(sa.select(_staff.c.staff_id, _staff.c.name))
    details = record.details if record else None
    return Beside(
        words=texts(connection, notes),
        names={row.staff_id: row.name for row in rows},
        customer_name=(details.name or "") if details else "",
        customer_kind=details.kind if details else PersonKind.INDIVIDUAL,
        customer_phone=(details.phone or "") if details else "",
    )


def order_of(request: Request, form: AssistForm, company: Company, side: Beside) -> Order:
    """Return what the office approves, or is to approve."""
    decided = side.said(form.superior_words)
    return Order(
        number=request.number,
        revision=form.version,
        hall_id=form.hall_id,
        hall=_hall_name(form.hall_id, company),
        issuer=ISSUER,
        timezone=company.hall.timezone if company.hall else "Asia/Shanghai",
        drawn_at=form.drafted_at,
        approved_at=form.approved_at,
        valid_until=form.valid_until,
        tier=tier_and_grade(request.tier, request.grade),
        customer_name=mask_name(side.customer_name, side.customer_kind),
        customer_phone=mask_phone(side.customer_phone),
        account_manager=side.who(request.account_manager or form.drafted_by),
        request=side.said(request.request_note),
        solution=side.said(form.solution),
        decided_by=f"{term(form.superior)}（{decided}）" if decided else term(form.superior),
        decided_at=form.drafted_at,
        by_phone=form.drafted_by is None,
        approvals=tuple(_approvals(request, form, side)),
    )


def record_of(request: Request, form: AssistForm, company: Company, side: Beside) -> Record:
    """Return what the hall has done with it."""
    result, by = _result(request, side)
    return Record(
        confirmations=tuple(
            _confirmation(evidence, side)
            for proof in Proof
            if (evidence := form.proof(proof)) is not None
        ),
        received=tuple(_received(form, company, side)),
        result=result,
        result_by=by,
        result_at=request.carried_out_at,
    )


def _hall_name(hall_id: str, company: Company) -> str:
    hall = company.hall
    return hall.name if hall and hall.id == hall_id else hall_id


def _approvals(request: Request, form: AssistForm, side: Beside) -> list[Approval]:
    found = []
    if form.mailed_at:
        signer = side.who(form.signed_by)
        found.append(
            Approval(
                stage=Stage.VIP_OFFICE,
                who=side.who(form.mailed_by),
                verdict=Verdict.SENT,
                at=form.mailed_at,
                words=f"{signer.name or signer.staff_id} 签发传真" if form.signed_by else "",
            )
        )
    decision = _decision(request, form)
    if decision:
        ruling = decision.ruling
        found.append(
            Approval(
                stage=Stage.HALL_OPERATIONS,
                who=side.who(ruling.decider),
                verdict=_VERDICTS[ruling.verdict],
                at=ruling.said_at,
                words=side.said(ruling.terms),
            )
        )
    return found


def _decision(request: Request, form: AssistForm) -> Decision | None:
    """Return the last decision about this version at the hall-operations office."""
    here = (
        decision
        for decision in reversed(request.decisions)
        if decision.state is RequestState.HALL_OPERATIONS
        and decision.ruling.verdict in _VERDICTS
        and decision.at >= form.drafted_at
    )
    return next(here, None)


def _confirmation(evidence: Evidence, side: Beside) -> Confirmation:
    return Confirmation(
        way=_WAYS[evidence.proof],
        who=side.who(evidence.by or evidence.recorded_by),
        at=evidence.happened_at,
        evidence=evidence.reference[:_REFERENCE],
    )


def _received(form: AssistForm, company: Company, side: Beside) -> list[Approval]:
    """Tell which of the two managers has taken the form in hand: whoever took its mail down."""
    mail = form.proof(Proof.MAIL)
    member = company.staff.get(mail.recorded_by) if mail else None
    if mail is None or member is None or member.roles.isdisjoint(MANAGERS):
        return []
    store = Role.STORE_MANAGER in member.roles
    stage = Stage.STORE_MANAGER if store else Stage.DUTY_MANAGER
    who = side.who(member.staff_id)
    return [Approval(stage=stage, who=who, verdict=Verdict.TAKEN, at=mail.recorded_at)]


def _result(request: Request, side: Beside) -> tuple[str, Who | None]:
    if request.carried_out_at is None:
        return "", None
    done = (m for m in reversed(request.moves) if m.event == "request_carried_out")
    move = next(done, None)
    if move is None:
        return "", None
    words = "\n".join(side.said(note) for note in move.notes)
    return words or "已按解决方案办理", side.who(move.staff_id)
