"""A machine that lives random days of the whole hall, and what must hold after every step."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_given, call_next, finish_and_call_next, undo_last
from hallterm.desk.desk import Done
from hallterm.domain.actor import Actor
from hallterm.domain.call_back import commands as calls
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.company.commands import DefineCounter, RetireCounter
from hallterm.domain.counter import commands as counter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.decide import decide
from hallterm.domain.diversion.words import STAYS, Way
from hallterm.domain.hall import Hall
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command, Fact
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.events import (
    TicketCalled,
    TicketEvent,
    TicketIssued,
)
from hallterm.domain.ticket.state import BusinessLine, Ticket
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
from hallterm.store.loading import load_hall
from hallterm.store.log import facts_after
from hallterm.store.tables import TicketRecord, table_of
from tests.support.clocks import check_clocks
from tests.support.hall import copy_store, enter
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    COUNTERS,
    DUTY_MANAGER,
    KIOSK,
    MORNING,
    STAFF,
)
from tests.support.truth import assert_true_to_log, state

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


class WholeHall(RuleBasedStateMachine):
    """Two terminals of one hall; the second one only reads what the first has written."""

    template: ClassVar[Path]
    """A closed store of the founded test hall."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hallterm-test-"))
        self.clock = ManualClock(MORNING)
        path = copy_store(self.template, self.folder)
        self.desk = enter(path, self.clock)
        self.other = enter(path, self.clock, device="other")
        self.folded = Hall()
        self.seen = 0

    # what happens

    @initialize()
    def people_sit_down(self) -> None:
        for actor, place in ((CLERK, 0), (COLLEAGUE, 2), (DUTY_MANAGER, 3)):
            self.act(actor, counter.TakeCounter(counter_id=COUNTERS[place].id, session_id="s"))

    def act(self, actor: Actor, command: Command) -> Done | Refusal:
        turns = command.stream == "hall" and command.opens_day
        return self.judge(lambda desk: desk.act(actor, command), turns=turns)

    def judge(self, attempt: Any, *, turns: bool = True) -> Done | Refusal:  # noqa: ANN401 - takes a desk
        """Let something be tried; a refusal must leave state, log and read tables alone.

        turns: a day left open is settled by it, refused or not.
        """
        if turns:
            self.desk.turn_day(CLERK)
        replica = self.desk.replica
        places, seen, before = replica.version, replica.hall_seq, state(self.desk.hall.copy())
        result: Done | Refusal = attempt(self.desk)
        if isinstance(result, Refusal):
            assert self.desk.replica.version == places
            assert state(self.desk.hall) == before
            assert list(facts_after(self.desk.connection, self.desk.replica.stream, seen)) == []
            self.desk.connection.rollback()
        return result

    def pick(self, data: st.DataObject, states: frozenset[TicketState]) -> Ticket | None:
        """Choose a ticket, mostly one for which the next step makes sense."""
        tickets = sorted(self.desk.hall.tickets.values(), key=lambda t: t.number)
        fitting = [t for t in tickets if t.state in states] or tickets
        return data.draw(st.sampled_from(fitting)) if fitting else None

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

    # what must hold

    @invariant()
    def folded_is_kept_is_loaded_is_read_elsewhere(self) -> None:
        desk = self.desk
        stream = desk.replica.stream
        for fact in facts_after(desk.connection, stream, self.seen):
            self.follow(fact)
        desk.connection.rollback()
        kept = state(desk.hall)
        assert state(self.folded) == kept
        assert state(load_hall(desk.connection, stream)) == kept
        desk.connection.rollback()
        self.other.refresh()
        assert state(self.other.hall) == kept

    def follow(self, fact: Fact) -> None:
        """Fold one fact and check what may not change in it."""
        event = fact.event
        before = self.folded.tickets.get(getattr(event, "ticket_id", ""))
        assert fact.seq == self.seen + 1
        self.folded.apply(fact)
        self.seen = fact.seq
        if isinstance(event, TicketIssued):
            ticket = self.folded.tickets[event.ticket_id]
            appointed = event.appointed_at or event.shown_at
            assert ticket.leg.clock_from == max(event.shown_at, appointed)
        elif isinstance(event, TicketEvent) and before:
            check_clocks(before, self.folded.tickets[event.ticket_id], fact)
            self.follow_call(before, event)

    def follow_call(self, before: Ticket, event: TicketEvent) -> None:
        """Only who waits is called, and to a counter that is free."""
        if isinstance(event, TicketCalled):
            assert before.state is TicketState.WAITING
            assert event.counter_id not in {
                t.counter_id
                for t in self.folded.tickets.values()
                if t.id != before.id and t.state in (TicketState.CALLED, TicketState.SERVING)
            }

    @invariant()
    def one_ticket_one_counter(self) -> None:
        hall = self.desk.hall
        busy = [
            t for t in hall.tickets.values() if t.state in (TicketState.CALLED, TicketState.SERVING)
        ]
        assert hall.at_counter == {t.counter_id: t.id for t in busy}
        assert len(hall.at_counter) == len(busy)
        for ticket in busy:
            duty = hall.duty(str(ticket.counter_id))
            assert duty.staff_id == ticket.staff_id
            assert duty.paused is None
        seated = [d.staff_id for d in hall.duties.values() if d.staff_id]
        assert len(seated) == len(set(seated))

    @invariant()
    def one_open_ticket_a_person(self) -> None:
        holders = [t.person_id for t in self.desk.hall.open_tickets() if t.person_id]
        assert len(holders) == len(set(holders))

    @invariant()
    def who_was_promised_a_call_has_one_and_nobody_else(self) -> None:
        hall = self.desk.hall
        promised = {
            ticket.diverted.call_back_id
            for ticket in hall.tickets.values()
            if ticket.diverted and ticket.diverted.way is Way.CALL_BACK
        }
        kept = {
            one.id
            for one in hall.call_backs.values()
            if one.state is not CallBackState.WITHDRAWN and one.ticket_id in hall.tickets
        }
        assert promised == kept

    @invariant()
    def who_took_an_offer_has_gone_or_was_sent_to_a_counter(self) -> None:
        for ticket in self.desk.hall.tickets.values():
            ends = ticket.diverted is not None and ticket.diverted.way not in STAYS
            assert not ends or ticket.state is TicketState.LEFT
            told = [(d.way, d.target) for d in ticket.diversions if d.accepted is not True]
            assert len(told) == len(set(told)), "nobody is asked the same twice"

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        hall = self.desk.hall
        numbers: dict[str, list[int]] = {}
        for ticket in hall.tickets.values():
            numbers.setdefault(ticket.number[0], []).append(int(ticket.number[1:]))
        for letter, given in numbers.items():
            first = min(given) if hall.again_from else 1
            assert sorted(given) == list(range(first, hall.issued[letter] + 1))
        assert set(numbers) <= set(hall.issued)
        assert hall.again_from or set(numbers) == set(hall.issued)

    @invariant()
    def no_number_is_given_twice_on_a_day(self) -> None:
        table = table_of(TicketRecord)
        given = self.desk.connection.execute(sa.select(table.c.day, table.c.number)).all()
        self.desk.connection.rollback()
        assert len(set(given)) == len(given)

    @invariant()
    def a_ticket_survives_json(self) -> None:
        for ticket in self.desk.hall.tickets.values():
            assert Ticket.model_validate_json(ticket.model_dump_json()) == ticket

    @invariant()
    def every_open_ticket_can_reach_an_end(self) -> None:
        desk = self.desk
        with desk.transaction(DUTY_MANAGER) as transaction:
            for ticket in list(desk.hall.open_tickets()):
                assert desk.hall.day is not None
                leave = cmd.CustomerLeft(ticket_id=ticket.id, reason=LeaveReason.OWN_REASONS)
                answer = decide(desk.hall, leave, transaction.where, desk.rules)
                assert not isinstance(answer, Refusal), answer
            transaction.abandon()

    def teardown(self) -> None:
        assert_true_to_log(self.desk.connection)
        self.desk.close()
        self.other.close()
        shutil.rmtree(self.folder)
