"""From something to do with a request, and what was filled in, to the domain's command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hallterm.desk.request_acts import Act
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import ByPhone, Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Proof
from hallterm.domain.stream import Command

_VERDICTS: Mapping[Act, Verdict] = {
    Act.GRANT: Verdict.GRANTED,
    Act.DECLINE: Verdict.DECLINED,
    Act.HAND_OVER: Verdict.HAND_OVER,
    Act.AUTHORISE: Verdict.AUTHORISE,
    Act.BEYOND: Verdict.BEYOND,
    Act.APPROVE: Verdict.APPROVED,
    Act.RETURN: Verdict.RETURNED,
    Act.REFUSE: Verdict.REFUSED,
}
_PROOFS: Mapping[Act, Proof] = {
    Act.MAIL_IN: Proof.MAIL,
    Act.FAX_IN: Proof.FAX,
    Act.PHONE_IN: Proof.PHONE,
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with which request, and with what."""

    request: Request
    act: Act
    values: Mapping[str, Any]
    staff_id: str
    now: datetime
    new_id: Callable[[], str]
    hall_id: str

    @property
    def by_phone(self) -> ByPhone | None:
        """Who said it by phone; None: it is the actor's own."""
        words = self.values.get("said")
        if words is None:
            return None
        return ByPhone(decider=self.values.get("decider"), words=words, said_at=self.now)

    @property
    def version(self) -> int:
        """Version of the form."""
        return self.request.form.version if self.request.form else 1


def command_of(order: Order) -> Command:
    """Return the command for an order whose fields have been read."""
    return _MAKERS[order.act](order)


def _confirm(order: Order) -> Command:
    waiting = order.request.unconfirmed(order.staff_id)
    return cmd.ConfirmDecision(
        request_id=order.request.id,
        decision_id=waiting[0].ruling.id if waiting else "",
        agree=order.act is Act.CONFIRM,
        note=order.values.get("words"),
    )


def _answer(order: Order) -> Command:
    return cmd.AnswerRequest(
        request_id=order.request.id,
        stage=order.request.state,
        accepted=order.act is Act.ACCEPTED,
        note=order.values.get("words"),
        mood=order.values.get("mood"),
    )


def _told(order: Order) -> Command:
    return cmd.TellCustomer(
        request_id=order.request.id,
        note=order.values["words"],
        mood=order.values.get("mood"),
    )


def _decide(order: Order) -> Command:
    hours = order.values.get("hours")
    return cmd.DecideRequest(
        request_id=order.request.id,
        decision_id=order.new_id(),
        stage=order.request.state,
        verdict=_VERDICTS[order.act],
        reason=order.values.get("reason"),
        terms=order.values.get("words"),
        expires_at=order.now + timedelta(hours=hours) if hours else None,
        by_phone=order.by_phone,
    )


def _decide_form(order: Order) -> Command:
    return cmd.DecideForm(
        request_id=order.request.id,
        decision_id=order.new_id(),
        form_version=order.version,
        verdict=_VERDICTS[order.act],
        reason=order.values.get("reason"),
        terms=order.values.get("words"),
        by_phone=order.by_phone,
    )


def _draft(order: Order) -> Command:
    days = order.values.get("days")
    return cmd.DraftForm(
        request_id=order.request.id,
        solution=order.values["words"],
        superior=order.values["superior"],
        superior_words=order.values.get("superior_words"),
        hall_id=order.values.get("hall") or order.hall_id,
        amount_fen=order.values.get("amount") or 0,
        valid_until=order.now + timedelta(days=days) if days else None,
        by_phone=order.by_phone,
    )


def _proof(order: Order) -> Command:
    note = order.values.get("words")
    return cmd.ReceiveProof(
        request_id=order.request.id,
        form_version=order.version,
        proof=_PROOFS[order.act],
        reference=note or order.new_id(),
        by=order.values.get("by"),
        happened_at=order.now,
        note=note,
    )


def _carry_out(order: Order) -> Command:
    return cmd.CarryOut(
        request_id=order.request.id,
        form_version=order.version,
        note=order.values.get("words"),
        mood=order.values.get("mood"),
    )


def _follow_up(order: Order) -> Command:
    return cmd.FollowUp(
        request_id=order.request.id,
        note=order.values["words"],
        mood=order.values["mood"],
        by_phone=order.by_phone,
    )


def _give_up(order: Order) -> Command:
    return cmd.GiveUpRequest(
        request_id=order.request.id,
        note=order.values.get("words") or order.values["said"],
        mood=order.values.get("mood"),
        by_phone=order.by_phone,
    )


def _agree(order: Order) -> Command:
    return cmd.AgreeReply(
        request_id=order.request.id,
        note=order.values.get("words") or order.values["said"],
        by_phone=order.by_phone,
    )


def _withdraw(order: Order) -> Command:
    return cmd.WithdrawRequest(
        request_id=order.request.id,
        reason=order.values["reason"],
        note=order.values.get("words"),
    )


_MAKERS: Mapping[Act, Callable[[Order], Command]] = {
    Act.CONFIRM: _confirm,
    Act.DENY_DECISION: _confirm,
    Act.ACCEPTED: _answer,
    Act.NOT_ACCEPTED: _answer,
    Act.GRANT: _decide,
    Act.DECLINE: _decide,
    Act.HAND_OVER: _decide,
    Act.AUTHORISE: _decide,
    Act.BEYOND: _decide,
    Act.USE: lambda o: cmd.UseAuthority(request_id=o.request.id, note=o.values.get("words")),
    Act.AGREE: _agree,
    Act.DRAFT: _draft,
    Act.GIVE_UP: _give_up,
    Act.MAIL: lambda o: cmd.MailForm(request_id=o.request.id, by_phone=o.by_phone),
    Act.APPROVE: _decide_form,
    Act.RETURN: _decide_form,
    Act.REFUSE: _decide_form,
    Act.FORWARD: lambda o: cmd.ForwardForm(request_id=o.request.id, by_phone=o.by_phone),
    Act.SIGN: lambda o: cmd.SignForm(request_id=o.request.id, form_version=o.version),
    Act.MAIL_IN: _proof,
    Act.FAX_IN: _proof,
    Act.ARRIVED: lambda o: cmd.ReportArrival(request_id=o.request.id),
    Act.PHONE_IN: _proof,
    Act.DENY_IDENTITY: lambda o: cmd.DenyIdentity(
        request_id=o.request.id, by=o.values.get("by"), note=o.values["words"]
    ),
    Act.CARRY_OUT: _carry_out,
    Act.WRONG_HALL: lambda o: cmd.ReportWrongHall(
        request_id=o.request.id, hall_id=o.values["hall"], note=o.values.get("words")
    ),
    Act.FOLLOW_UP: _follow_up,
    Act.CLOSE: lambda o: cmd.CloseRequest(request_id=o.request.id),
    Act.TOLD: _told,
    Act.TAKE: lambda o: cmd.TakeRequest(request_id=o.request.id, reason=o.values.get("reason")),
    Act.WITHDRAW: _withdraw,
    Act.REOPEN: lambda o: cmd.ReopenRequest(request_id=o.request.id, reason=o.values["reason"]),
}
"""What one command does → how it is made; a time is booked by `request_visits`."""
