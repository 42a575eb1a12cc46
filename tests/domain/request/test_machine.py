"""Random people give random commands: whatever happens, every request keeps its promises."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.request import commands as cmd
from hallterm.domain.request import events as ev
from hallterm.domain.request.parts import ByPhone, Verdict
from hallterm.domain.request.state import STAGE_ROLES, Request
from hallterm.domain.request.words import (
    DeclineReason,
    Mood,
    Proof,
    RequestState,
    Result,
    ReturnReason,
    Superior,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.stream import Fact
from hallterm.domain.ticket.words import UndoReason
from tests.support.requests import CHAIN, MACHINE, Office, R, office

S = RequestState
ACTORS = st.sampled_from((*CHAIN, MACHINE))
PHONES = st.one_of(st.none(), st.sampled_from([None, *(one.staff_id for one in CHAIN)]))
WANTED: dict[str, st.SearchStrategy[Any]] = {
    "stage": st.sampled_from(S),
    "accepted": st.booleans(),
    "agree": st.booleans(),
    "verdict": st.sampled_from(Verdict),
    "reason": st.none(),
    "mood": st.sampled_from(Mood),
    "superior": st.sampled_from(Superior),
    "proof": st.sampled_from(Proof),
    "form_version": st.integers(1, 3),
    "hall_id": st.sampled_from(["test", "other"]),
    "by": st.sampled_from([None, *(one.staff_id for one in CHAIN)]),
    "visit": st.sampled_from(VisitKind),
    "amount_fen": st.sampled_from([0, 3000, 600_000]),
}
REASONS: dict[type[cmd.RequestCommand], st.SearchStrategy[Any]] = {
    cmd.DecideRequest: st.one_of(st.none(), st.sampled_from(DeclineReason)),
    cmd.DecideForm: st.one_of(st.sampled_from(ReturnReason), st.sampled_from(DeclineReason)),
    cmd.WithdrawRequest: st.sampled_from(WithdrawReason),
    cmd.ReopenRequest: st.sampled_from(UndoReason),
    cmd.TakeRequest: st.one_of(st.none(), st.sampled_from(TakeReason)),
}
KINDS = [
    kind
    for kind in cmd.RequestCommand.__subclasses__()
    if kind not in {cmd.OpenRequest, cmd.WithdrawRequest}
]


def commands(office: Office, kind: type[cmd.RequestCommand]) -> st.SearchStrategy[Any]:
    """Return commands of a kind, most often about the present stage and version."""
    now, request = office.now, office.request
    version = request.form.version if request.form else 1
    known = {
        "request_id": st.just(R),
        **WANTED,
        "stage": st.one_of(st.just(request.state), st.just(request.state), WANTED["stage"]),
        "form_version": st.one_of(st.just(version), WANTED["form_version"]),
        "reason": REASONS.get(kind, st.none()),
        "decision_id": st.just(f"d{office.seq}"),
        "reference": st.just(f"p{office.seq}"),
        "happened_at": st.just(now),
        "visit_at": st.just(now + timedelta(hours=3)),
        "by_phone": st.one_of(
            st.none(),
            st.builds(ByPhone, decider=PHONES, words=st.just("n"), said_at=st.just(now)),
        ),
        **dict.fromkeys(("note", "terms", "solution"), st.just("n")),
    }
    if kind is cmd.ConfirmDecision:
        ids = [d.ruling.id for d in request.decisions] or ["d"]
        known["decision_id"] = st.sampled_from(ids)
    fields = {name: known[name] for name in kind.model_fields if name in known}
    return st.fixed_dictionaries(fields).map(kind.model_validate)


Step = tuple[Actor, dict[str, Any], type[cmd.RequestCommand]]


def likely(office: Office) -> list[Step]:
    """Return steps that carry the request on from where it stands, with what they need."""
    clerk, manager, deputy = CHAIN[1], CHAIN[3], CHAIN[5]
    held = office.request.holder.staff_id if office.request.holder else None
    keeper = next((one for one in CHAIN[4:6] if one.staff_id == held), deputy)
    liaison, operations, signer = CHAIN[6:]
    take: Step = (deputy, {"reason": TakeReason.AWAY}, cmd.TakeRequest)
    answer: Step = (clerk, {"accepted": False, "stage": office.request.state}, cmd.AnswerRequest)
    store = {"verdict": Verdict.DECLINED, "reason": DeclineReason.NOT_FEASIBLE, "by_phone": None}
    asked: list[Step] = [
        (keeper, {"verdict": verdict, "by_phone": None}, cmd.DecideRequest)
        for verdict in (Verdict.HAND_OVER, Verdict.AUTHORISE, Verdict.BEYOND)
    ]
    proofs: list[Step] = [
        (clerk, {"proof": proof, "by": by}, cmd.ReceiveProof)
        for proof, by in (
            (Proof.MAIL, None),
            (Proof.FAX, signer.staff_id),
            (Proof.PHONE, keeper.staff_id),
        )
    ]
    drafted: list[Step] = [take, (keeper, {"hall_id": "test", "amount_fen": 0}, cmd.DraftForm)]
    approve = {"verdict": Verdict.APPROVED, "by_phone": None}
    steps: dict[RequestState, list[Step]] = {
        S.EXPLAINED: [answer],
        S.STORE_MANAGER: [(manager, store, cmd.DecideRequest)],
        S.STORE_REPLY: [answer],
        S.ACCOUNT_MANAGER: [take, *asked],
        S.HANDED_OVER: drafted,
        S.RETURNED: drafted,
        S.AUTHORISED: [(clerk, {}, cmd.UseAuthority)],
        S.HALL_REPLY: [answer],
        S.AGREEING: [take, (keeper, {"by_phone": None}, cmd.AgreeReply)],
        S.AGREED_REPLY: [answer],
        S.VIP_OFFICE: [(liaison, {"by_phone": None}, cmd.MailForm)],
        S.HALL_OPERATIONS: [(operations, approve, cmd.DecideForm)],
        S.APPROVED: [(operations, {"by_phone": None}, cmd.ForwardForm)],
        S.AT_HALL: [*proofs, (clerk, {}, cmd.CarryOut)],
        S.FOLLOW_UP: [take, (keeper, {"by_phone": None}, cmd.FollowUp)],
        S.FOLLOWED_UP: [(manager, {}, cmd.CloseRequest)],
        S.CLOSED: [(manager, {}, cmd.ReopenRequest)],
    }
    return steps[office.request.state]


class Chain(RuleBasedStateMachine):
    """One request in the hands of everybody."""

    office: Office
    before: Request

    @initialize(
        kind=st.sampled_from(["waive_fee", "refund", "other", "roaming_deposit_free"]),
        opener=st.sampled_from(CHAIN[:5]),
        depth=st.sampled_from(["open", "asked", "authorised", "beyond", "form", "hall"]),
    )
    def begin(self, kind: str, opener: Actor, depth: str) -> None:
        """Begin at the beginning, or well on the way: random steps alone seldom come far."""
        self.office = office()
        money = kind in {"waive_fee", "refund"}
        match depth:
            case "asked":
                self.office.to_account_manager(kind, 3000 if money else 0)
            case "authorised" | "beyond":
                self.office.to_account_manager()
                verdict = Verdict.AUTHORISE if depth == "authorised" else Verdict.BEYOND
                self.office.ruled(CHAIN[4], verdict)
            case "form":
                self.office.to_form()
            case "hall":
                self.office.to_hall()
            case _:
                self.office.open(kind, 3000 if money else 0, opener)
        self.before = self.office.request

    @rule(data=st.data())
    def somebody_does_something(self, data: st.DataObject) -> None:
        self.before = self.office.request
        actor = data.draw(ACTORS)
        kind = data.draw(st.sampled_from(KINDS))
        self.give(actor, data.draw(commands(self.office, kind)))

    @rule(data=st.data())
    def the_chain_goes_on(self, data: st.DataObject) -> None:
        """What should come next is tried, or else random commands seldom come far."""
        self.before = self.office.request
        actor, wanted, kind = data.draw(st.sampled_from(likely(self.office)))
        command = data.draw(commands(self.office, kind))
        form = self.office.request.form
        version = {"form_version": form.version if form else 1}
        self.give(actor, command.model_copy(update={**version, **wanted}))

    def give(self, actor: Actor, command: cmd.RequestCommand) -> None:
        """Give a command; a refusal changes nothing."""
        answer = self.office.give(actor, command)
        if isinstance(answer, Refusal):
            assert self.office.request == self.before
        else:
            self.judge(actor, answer)

    @rule(hours=st.sampled_from([0.2, 1, 30, 24 * 8]), ticks=st.booleans())
    def time_passes(self, hours: float, *, ticks: bool) -> None:
        """Time goes on; with a tick, some terminal notices."""
        self.office.later(hours=hours)
        for kind in (cmd.ExpireRequest, cmd.RemindRequest) if ticks else ():
            self.office.give(MACHINE, kind(request_id=R))

    @rule(event=st.sampled_from(sorted(ev.RequestEvent.__subclasses__(), key=str)))
    def a_late_fact_arrives(self, event: type[ev.RequestEvent]) -> None:
        """A fact that does not fit changes nothing but the story, where it stands disputed."""
        if set(event.model_fields) - {"request_id", "behalf"}:
            return
        from hallterm.domain.request.transitions import state_after  # noqa: PLC0415 - the table

        before = self.office.request
        if state_after(before.state, event, before.closed_from) is None:
            self.office.fold("1001", event(request_id=R))
            after = self.office.request
            assert after.moves[-1].disputed
            assert after.model_copy(update={"moves": before.moves}) == before

    def judge(self, actor: Actor, events: tuple[Any, ...]) -> None:
        """See that what happened was allowed to happen."""
        for event in events:
            if isinstance(event, ev.CarriedOut):
                form = self.before.form
                assert form is not None
                assert form.missing == ()
                assert form.hall_id == "test"
                assert self.office.now < form.valid_until
            if isinstance(event, ev.AuthorityUsed):
                authority = self.before.authority
                assert authority is not None
                assert authority.used_at is None
                assert self.office.now < authority.expires_at
            if isinstance(event, ev.StoreDecided | ev.HandedOver | ev.HallAuthorised):
                assert event.ruling.decider != self.before.opened_by
            if isinstance(event, ev.FormApproved) and self.before.form:
                own = {self.before.opened_by, self.before.form.drafted_by}
                assert event.ruling.decider not in own - {None}
            if isinstance(event, ev.FormSigned):
                assert actor.staff_id != self.before.opened_by

    @invariant()
    def it_has_exactly_one_holder_while_it_is_open(self) -> None:
        request = self.office.request
        assert (request.holder is None) == (request.state is S.CLOSED)
        open_, closed = self.office.company.requests, self.office.company.closed_requests
        assert (R in open_, R in closed) == (request.is_open, not request.is_open)
        if request.holder:
            assert STAGE_ROLES[request.state]

    @invariant()
    def it_is_decided_once_per_visit_of_a_stage(self) -> None:
        visits = [(d.state, d.entry) for d in self.office.request.decisions]
        assert len(visits) == len(set(visits))

    @invariant()
    def a_closed_one_says_how_it_ended(self) -> None:
        request = self.office.request
        assert request.is_open or request.result is not None
        if request.result is Result.FORM:
            assert request.carried_out_at is not None

    @invariant()
    def the_story_is_whole_and_in_order(self) -> None:
        moves = self.office.request.moves
        assert moves[0].event == "request_opened"
        assert [m.at for m in moves] == sorted(m.at for m in moves)
        assert moves[-1].state is self.office.request.state

    @invariant()
    def it_can_still_reach_an_end(self) -> None:
        """Somebody can end it, whatever has happened: tried on a copy."""
        request = self.office.request
        if not request.is_open:
            return
        twin = Office(self.office.company.copy(), self.office.now, self.office.seq)
        for actor, command in ENDINGS[request.state](request):
            answer = twin.give(actor, command)
            assert not isinstance(answer, Refusal), (request.state, answer)
        assert not twin.request.is_open


def _withdrawn(_: Request) -> list[tuple[Actor, cmd.RequestCommand]]:
    reason = WithdrawReason.CHANGED_MIND
    return [(CHAIN[0], cmd.WithdrawRequest(request_id=R, reason=reason))]


def _followed(request: Request) -> list[tuple[Actor, cmd.RequestCommand]]:
    """The one who has it, or a deputy, follows up; a manager closes."""
    deputy = CHAIN[5]
    taken = cmd.TakeRequest(request_id=R, reason=TakeReason.AWAY)
    follow = cmd.FollowUp(request_id=R, note="n", mood=Mood.CALM)
    begun = [(deputy, taken), (deputy, follow)] if request.state is S.FOLLOW_UP else []
    return [*begun, (CHAIN[2], cmd.CloseRequest(request_id=R))]


Ending = Callable[[Request], list[tuple[Actor, cmd.RequestCommand]]]
ENDINGS: dict[RequestState, Ending] = {
    state: _followed if state in {S.FOLLOW_UP, S.FOLLOWED_UP} else _withdrawn for state in S
}

TestChain = Chain.TestCase
TestChain.settings = settings(max_examples=50, stateful_step_count=50, deadline=None)


def test_a_fact_about_a_request_closed_long_ago_is_ignored() -> None:
    here = office()
    gone = ev.RequestTaken(request_id="gone", role=next(iter(CHAIN[0].roles)), reason=None)
    before = here.company.copy()
    here.fold("1001", gone)
    assert here.company.requests == before.requests
    assert isinstance(gone, ev.RequestEvent)
    assert Fact(1, "e", here.now, "1001", "t", gone).event is gone
