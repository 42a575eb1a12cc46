"""A whole hall on two terminals, and what must hold of it after every step."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from hallterm.clock import ManualClock
from hallterm.desk.desk import Done
from hallterm.domain.actor import Actor
from hallterm.domain.call_back.words import CallBackState
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
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import (
    LeaveReason,
    TicketState,
)
from hallterm.store.loading import load_hall
from hallterm.store.log import facts_after
from hallterm.store.tables import TicketRecord, table_of
from tests.support import drawn_moves
from tests.support.clocks import check_clocks
from tests.support.hall import copy_store, enter
from tests.support.rulebook import (
    CLERK,
    DUTY_MANAGER,
    MORNING,
)
from tests.support.truth import assert_true_to_log, state


class HallUnderTest(RuleBasedStateMachine):
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
        standing = drawn_moves.states(self.folded, event)
        self.folded.apply(fact)
        drawn_moves.check_move(standing, self.folded, fact)
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
