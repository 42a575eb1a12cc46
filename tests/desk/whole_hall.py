"""A machine that lives random days of the whole hall, and what must hold after every step."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from hallterm.desk.calling import call_given, call_next, finish_and_call_next, undo_last
from hallterm.domain.actor import Actor
from hallterm.domain.call_back import commands as calls
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.company.commands import DefineCounter, RetireCounter
from hallterm.domain.counter import commands as counter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.diversion.words import Way
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    OPEN_STATES,
    LeaveReason,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    Rating,
    SettleReason,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier
from tests.desk.hall_under_test import HallUnderTest
from tests.support.hall import enter
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    COUNTERS,
    DUTY_MANAGER,
    KIOSK,
    STAFF,
)
from tests.support.truth import state

ACTORS = st.sampled_from((CLERK, COLLEAGUE, DUTY_MANAGER))
ANYBODY = st.sampled_from((*STAFF, KIOSK))
COUNTER_IDS = st.sampled_from([c.id for c in COUNTERS])
SECONDS = st.one_of(
    st.integers(0, 900), st.integers(-3600, -1), st.sampled_from([0, 0, 0, 9 * 3600, 86400])
)
TIERS = st.sampled_from(
    [(t, None) for t in (Tier.GOTONE, Tier.STANDARD)] + [(Tier.VIP, g) for g in Grade]
)
PERSONS = st.one_of(st.none(), st.sampled_from(["p1", "p2", "p3"]))
LINES = st.sampled_from(["payment", "replace_sim", "suspend"]).map(
    lambda business: BusinessLine(business_id=business)
)


class WholeHall(HallUnderTest):
    """Whatever people may do, in any order."""

    @initialize()
    def people_sit_down(self) -> None:
        for actor, place in ((CLERK, 0), (COLLEAGUE, 2), (DUTY_MANAGER, 3)):
            self.act(actor, counter.TakeCounter(counter_id=COUNTERS[place].id, session_id="s"))

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule(kind=TIERS, person=PERSONS, line=LINES, actor=ANYBODY, ago=st.integers(0, 120))
    def take(
        self,
        kind: tuple[Tier, Grade | None],
        person: str | None,
        line: BusinessLine,
        actor: Actor,
        ago: int,
    ) -> None:
        now = self.clock.now()
        command = cmd.TakeTicket(
            ticket_id=self.desk.new_id(),
            tier=kind[0],
            grade=kind[1],
            person_id=person,
            businesses=(line,),
            arrived_at=now - timedelta(seconds=ago),
            shown_at=now - timedelta(seconds=ago // 2),
        )
        self.act(actor, command)

    @rule(actor=ACTORS)
    def call_next(self, actor: Actor) -> None:
        self.judge(lambda desk: call_next(desk, actor))

    @rule(actor=ACTORS, data=st.data(), reason=st.sampled_from([None, *OutOfOrderReason]))
    def call_given(
        self, actor: Actor, data: st.DataObject, reason: OutOfOrderReason | None
    ) -> None:
        ticket = self.pick(data, frozenset({TicketState.WAITING, TicketState.ABSENT}))
        if ticket:
            self.judge(lambda desk: call_given(desk, actor, ticket.id, reason))

    def own(self, actor: Actor) -> str:
        """Return the ticket at the actor's counter, or one that does not exist."""
        duty = self.desk.hall.counter_of(actor.staff_id)
        return self.desk.hall.at_counter.get(duty.counter_id, "none") if duty else "none"

    @rule(actor=ACTORS, step=st.sampled_from(["start", "recall", "park", "finish", "pass", "next"]))
    def work(self, actor: Actor, step: str) -> None:
        ticket = self.own(actor)
        match step:
            case "start":
                self.act(actor, cmd.StartService(ticket_id=ticket))
            case "recall":
                self.act(actor, cmd.RecallTicket(ticket_id=ticket))
            case "park":
                self.act(actor, cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM))
            case "finish":
                self.act(actor, cmd.FinishService(ticket_id=ticket))
            case "pass":
                self.act(actor, cmd.PassOver(ticket_id=ticket))
            case _:
                finish_and_call_next(self.desk, actor, ticket)

    @rule(actor=ACTORS, data=st.data())
    def resume(self, actor: Actor, data: st.DataObject) -> None:
        ticket = self.pick(data, frozenset({TicketState.PARKED}))
        if ticket:
            self.act(actor, cmd.ResumeService(ticket_id=ticket.id))

    @rule(actor=ACTORS, line=st.one_of(st.none(), LINES), to=st.one_of(st.none(), COUNTER_IDS))
    def transfer(self, actor: Actor, line: BusinessLine | None, to: str | None) -> None:
        ticket = self.own(actor)
        self.act(actor, cmd.TransferTicket(ticket_id=ticket, business=line, counter_id=to))

    @rule(actor=ANYBODY, data=st.data(), kind=TIERS, person=PERSONS, ago=st.integers(0, 60))
    def change_tier(
        self,
        actor: Actor,
        data: st.DataObject,
        kind: tuple[Tier, Grade | None],
        person: str | None,
        ago: int,
    ) -> None:
        ticket = self.pick(data, frozenset({TicketState.WAITING}))
        if ticket:
            command = cmd.ChangeTier(
                ticket_id=ticket.id,
                tier=kind[0],
                grade=kind[1],
                person_id=person,
                shown_at=self.clock.now() - timedelta(seconds=ago),
            )
            self.act(actor, command)

    @rule(actor=ANYBODY, data=st.data(), what=st.sampled_from(["receive", "back", "left", "rate"]))
    def reception(self, actor: Actor, data: st.DataObject, what: str) -> None:
        ticket = self.pick(data, OPEN_STATES if what != "rate" else frozenset({TicketState.DONE}))
        if ticket is None:
            return
        match what:
            case "receive":
                self.act(actor, cmd.ReceiveCustomer(ticket_id=ticket.id))
            case "back":
                self.act(actor, cmd.ReportBack(ticket_id=ticket.id))
            case "left":
                reason = data.draw(st.sampled_from(LeaveReason))
                self.act(actor, cmd.CustomerLeft(ticket_id=ticket.id, reason=reason))
            case _:
                self.act(KIOSK, cmd.RateService(ticket_id=ticket.id, rating=Rating.NEUTRAL))

    @rule(actor=ANYBODY, data=st.data(), way=st.sampled_from(Way), to=COUNTER_IDS)
    def offer(self, actor: Actor, data: st.DataObject, way: Way, to: str) -> None:
        ticket = self.pick(data, frozenset({TicketState.WAITING}))
        target = to if way is Way.COUNTER else None
        if ticket:
            self.act(actor, cmd.OfferDiversion(ticket_id=ticket.id, way=way, target=target))

    @rule(actor=ANYBODY, data=st.data(), accepted=st.booleans(), minutes=st.integers(0, 300))
    def answer(self, actor: Actor, data: st.DataObject, *, accepted: bool, minutes: int) -> None:
        asked = [t for t in self.desk.hall.tickets.values() if t.diversions]
        if not asked:
            return
        ticket = data.draw(st.sampled_from(asked))
        one = data.draw(st.sampled_from(ticket.diversions))
        due_at = self.clock.now() + timedelta(minutes=minutes)
        promise = cmd.CallBackPlan(
            call_back_id=self.desk.new_id(), due_at=due_at, staff_id=CLERK.staff_id
        )
        self.act(
            actor,
            cmd.AnswerDiversion(
                ticket_id=ticket.id,
                way=one.way,
                target=one.target,
                accepted=accepted,
                call_back=promise if one.way is Way.CALL_BACK else None,
            ),
        )

    @rule(actor=ANYBODY, data=st.data(), what=st.sampled_from(["call", "none", "over", "undo"]))
    def call_back(self, actor: Actor, data: st.DataObject, what: str) -> None:
        if not self.desk.hall.call_backs:
            return
        name = data.draw(st.sampled_from(sorted(self.desk.hall.call_backs)))
        match what:
            case "call":
                command: Command = calls.NoteCalledBack(
                    call_back_id=name, outcome=data.draw(st.sampled_from(CallOutcome))
                )
            case "none":
                command = calls.NoteNoAnswer(call_back_id=name)
            case "over":
                command = calls.AssignCallBack(call_back_id=name, staff_id=COLLEAGUE.staff_id)
            case _:
                command = calls.UndoCallBack(call_back_id=name, reason=UndoReason.OTHER)
        self.act(actor, command)

    @rule(actor=ANYBODY)
    def undo_own(self, actor: Actor) -> None:
        self.judge(lambda desk: undo_last(desk, actor, UndoReason.WRONG_KEY))

    @rule(actor=ANYBODY, data=st.data())
    def undo_any(self, actor: Actor, data: st.DataObject) -> None:
        ticket = self.pick(data, frozenset(TicketState))
        if ticket:
            self.act(actor, cmd.UndoAction(ticket_id=ticket.id, reason=UndoReason.OTHER))

    @rule(
        actor=ACTORS,
        counter_id=COUNTER_IDS,
        what=st.sampled_from(["sit", "over", "pause", "go", "leave"]),
    )
    def seats(self, actor: Actor, counter_id: str, what: str) -> None:
        duty = self.desk.hall.counter_of(actor.staff_id)
        here = duty.counter_id if duty else counter_id
        match what:
            case "sit":
                self.act(actor, counter.TakeCounter(counter_id=counter_id, session_id="s"))
            case "over":
                self.act(
                    actor, counter.TakeCounter(counter_id=here, session_id="t", take_over=True)
                )
            case "pause":
                self.act(actor, counter.PauseCounter(counter_id=here, reason=PauseReason.BREAK))
            case "go":
                self.act(actor, counter.ReopenCounter(counter_id=here))
            case _:
                self.act(actor, counter.ReleaseCounter(counter_id=counter_id))

    @rule(place=st.integers(1, 3), back=st.booleans())
    def office(self, place: int, *, back: bool) -> None:
        setup = COUNTERS[place]
        command = DefineCounter(counter=setup) if back else RetireCounter(counter_id=setup.id)
        self.act(ADMINISTRATOR, command)

    @precondition(lambda self: self.desk.hall.day is not None)
    @rule(reason=st.sampled_from(SettleReason), all_of_them=st.booleans())
    def end_of_day(self, reason: SettleReason, *, all_of_them: bool) -> None:
        if all_of_them:
            for ticket in list(self.desk.hall.open_tickets()):
                command = cmd.SettleTicket(ticket_id=ticket.id, reason=reason)
                if isinstance(self.act(DUTY_MANAGER, command), Refusal):
                    break
        self.act(DUTY_MANAGER, CloseDay())

    @rule(actor=st.sampled_from((CLERK, DUTY_MANAGER)))
    def open_again(self, actor: Actor) -> None:
        day = self.desk.hall.last_day
        if day:
            self.act(actor, OpenDay(day=day))

    @precondition(lambda self: self.desk.hall.day is None and self.desk.hall.last_day is not None)
    @rule(back=st.integers(1, 2))
    def earlier_day(self, back: int) -> None:
        last = self.desk.hall.last_day
        assert last is not None
        self.act(DUTY_MANAGER, OpenDay(day=last - timedelta(days=back)))

    @rule()
    def restart(self) -> None:
        path = self.folder / "hall.db"
        before = state(self.desk.hall)
        self.desk.close()
        self.desk = enter(path, self.clock)
        assert state(self.desk.hall) == before
