"""Which decision answers which command about a special request."""

from collections.abc import Callable
from typing import Any

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions import (
    request_asking,
    request_clock,
    request_form,
    request_gate,
    request_talk,
)
from hallterm.domain.decisions.request_checks import Answer
from hallterm.domain.hall import Rules
from hallterm.domain.request import commands as request
from hallterm.domain.stream import Command

REQUEST_DECISIONS: dict[type[Command], Callable[[Rules, Any, Circumstances], Answer]] = {
    request.OpenRequest: request_talk.open_request,
    request.AnswerRequest: request_talk.answer,
    request.TellCustomer: request_talk.tell,
    request.FollowUp: request_talk.follow_up,
    request.CloseRequest: request_talk.close,
    request.GiveUpRequest: request_talk.give_up,
    request.WithdrawRequest: request_talk.withdraw,
    request.ReopenRequest: request_talk.reopen,
    request.DecideRequest: request_asking.decide,
    request.UseAuthority: request_asking.use_authority,
    request.AgreeReply: request_asking.agree_reply,
    request.ConfirmDecision: request_asking.confirm,
    request.DraftForm: request_form.draft,
    request.MailForm: request_form.mail,
    request.DecideForm: request_form.decide,
    request.ForwardForm: request_form.forward,
    request.SignForm: request_form.sign,
    request.ReportWrongHall: request_form.wrong_hall,
    request.ReceiveProof: request_gate.receive,
    request.DenyIdentity: request_gate.deny_identity,
    request.ReportArrival: request_gate.arrive,
    request.BookVisit: request_gate.book_visit,
    request.CarryOut: request_gate.carry_out,
    request.TakeRequest: request_clock.take,
    request.RemindRequest: request_clock.remind,
    request.ExpireRequest: request_clock.expire,
}
