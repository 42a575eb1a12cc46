"""One of every command about a special request, with the roles that may give it."""

from datetime import date

from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.words import (
    Mood,
    Proof,
    RequestState,
    Superior,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Tier
from tests.support.rulebook import MORNING

HALL = {Role.CLERK, Role.GREETER, Role.STORE_MANAGER, Role.DUTY_MANAGER}
TALKERS = HALL | {Role.ACCOUNT_MANAGER}
CHAIN = TALKERS | {Role.VIP_LIAISON, Role.OPERATIONS_LIAISON, Role.VIP_OFFICE_MANAGER}
R, NOTE = "r1", "n1"

REQUEST_COMMANDS: dict[Command, set[Role]] = {
    cmd.OpenRequest(
        request_id=R,
        day=date(2026, 3, 2),
        person_id="p1",
        tier=Tier.VIP,
        kind_id="other",
        request_note=NOTE,
    ): TALKERS,
    cmd.AnswerRequest(request_id=R, stage=RequestState.EXPLAINED, accepted=True): TALKERS,
    cmd.TellCustomer(request_id=R, note=NOTE): TALKERS,
    cmd.DecideRequest(
        request_id=R,
        decision_id="d",
        stage=RequestState.STORE_MANAGER,
        verdict=Verdict.DECLINED,
    ): CHAIN,
    cmd.UseAuthority(request_id=R): HALL,
    cmd.AgreeReply(request_id=R, note=NOTE): CHAIN,
    cmd.ConfirmDecision(request_id=R, decision_id="d"): CHAIN,
    cmd.DraftForm(request_id=R, solution=NOTE, superior=Superior.QUALITY, hall_id="test"): CHAIN,
    cmd.MailForm(request_id=R): CHAIN,
    cmd.DecideForm(request_id=R, decision_id="d", form_version=1, verdict=Verdict.APPROVED): CHAIN,
    cmd.ForwardForm(request_id=R): CHAIN,
    cmd.SignForm(request_id=R, form_version=1): {Role.VIP_OFFICE_MANAGER},
    cmd.ReportWrongHall(request_id=R, hall_id="other"): HALL,
    cmd.ReceiveProof(
        request_id=R, form_version=1, proof=Proof.MAIL, reference="m1", happened_at=MORNING
    ): HALL | {Role.KIOSK},
    cmd.DenyIdentity(request_id=R, note=NOTE): HALL,
    cmd.ReportArrival(request_id=R): HALL,
    cmd.BookVisit(request_id=R, visit=VisitKind.ON_SITE, visit_at=MORNING): HALL,
    cmd.CarryOut(request_id=R, form_version=1): HALL,
    cmd.FollowUp(request_id=R, note=NOTE, mood=Mood.CALM): CHAIN,
    cmd.CloseRequest(request_id=R): HALL,
    cmd.GiveUpRequest(request_id=R, note=NOTE): CHAIN,
    cmd.WithdrawRequest(request_id=R, reason=WithdrawReason.MISTAKE): TALKERS,
    cmd.ReopenRequest(request_id=R, reason=UndoReason.OTHER): TALKERS,
    cmd.TakeRequest(request_id=R): CHAIN,
    cmd.RemindRequest(request_id=R): set(Role),
    cmd.ExpireRequest(request_id=R): set(Role),
}
