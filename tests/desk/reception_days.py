"""A machine that lives days of a hall with VIPs, received by two people who press any key."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from hallterm.desk import checklists, receptions
from hallterm.desk.desk import Desk, Done
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.domain.actor import Actor
from hallterm.domain.checklist.commands import Ticking
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import ChecklistTemplate, Step
from hallterm.domain.checklist.words import DoneBy, SkipReason, StepKind
from hallterm.domain.reception.state import Reception
from hallterm.domain.reception.words import (
    WAITING_STATES,
    CloseReason,
    ReceptionState,
    ReleaseReason,
)
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Fact
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import OPEN_STATES, LeaveReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.desk.whole_hall import ACTORS, LINES, WholeHall
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, STAFF, VIP_ROOM

TWO = st.sampled_from((CLERK, COLLEAGUE))
STAFF_IDS = st.sampled_from([actor.staff_id for actor in STAFF])


class ReceptionDays(WholeHall):
    """The whole hall, with more VIPs and with what two receivers do."""

    @initialize()
    def who_receives(self) -> None:
        receptions.set_roster(self.desk, DUTY_MANAGER, (CLERK.staff_id, COLLEAGUE.staff_id))

    def some(self, data: st.DataObject) -> Reception | None:
        hall = self.desk.hall
        # By number: ids differ from run to run, and with them the order.
        known = sorted(hall.receptions.values(), key=lambda r: hall.tickets[r.ticket_id].number)
        return data.draw(st.sampled_from(known)) if known else None

    @rule(grade=st.sampled_from(Grade), line=LINES)
    def a_vip_comes(self, grade: Grade, line: BusinessLine) -> None:
        now = self.clock.now()
        self.act(
            GREETER,
            cmd.TakeTicket(
                ticket_id=self.desk.new_id(),
                tier=Tier.VIP,
                grade=grade,
                businesses=(line,),
                arrived_at=now,
                shown_at=now,
            ),
        )

    @rule(actor=TWO, data=st.data(), what=st.sampled_from(["accept", "close", "guide", "seat"]))
    def receive(self, actor: Actor, data: st.DataObject, what: str) -> None:
        reception = self.some(data)
        if reception is None:
            return
        ticket_id, holder = reception.ticket_id, self.desk.hall.receptions[reception.ticket_id]
        match what:
            case "accept":
                result = self.judge(lambda desk: receptions.accept(desk, actor, ticket_id))
                if holder.receiver not in (None, actor.staff_id):
                    assert isinstance(result, Refusal)
            case "close":
                self.judge(lambda desk: receptions.close(desk, actor, ticket_id))
            case "guide":
                self.judge(lambda desk: receptions.guide(desk, actor, ticket_id, VIP_ROOM))
            case _:
                self.judge(lambda desk: receptions.guide(desk, actor, ticket_id, None))

    @rule(
        actor=TWO,
        data=st.data(),
        reason=st.sampled_from(ReleaseReason),
        to=st.one_of(st.none(), STAFF_IDS),
    )
    def give_away(
        self, actor: Actor, data: st.DataObject, reason: ReleaseReason, to: str | None
    ) -> None:
        reception = self.some(data)
        if reception:
            ticket_id = reception.ticket_id
            self.judge(lambda desk: receptions.release(desk, actor, ticket_id, reason, to))

    @rule(receivers=st.lists(STAFF_IDS, max_size=3))
    def roster(self, receivers: list[str]) -> None:
        self.judge(lambda desk: receptions.set_roster(desk, DUTY_MANAGER, receivers))

    @rule()
    def terminals_tick(self) -> None:
        receptions.escalate_due(self.desk)
        assert receptions.escalate_due(self.desk) == (), "asked twice in the same moment"
        for reception in self.desk.hall.receptions.values():
            assert len(set(reception.asked)) == len(reception.asked)

    def looks(self, run: ChecklistRun) -> tuple[str, str]:
        """Return what tells runs apart but their ids, which differ from run to run."""
        ticket = self.desk.hall.tickets.get(run.ticket_id or "")
        rest = run.model_dump_json(exclude={"id", "ticket_id"})
        return ticket.number if ticket else "", rest

    def run_for(self, data: st.DataObject) -> tuple[ChecklistRun, ChecklistTemplate] | None:
        runs = sorted(self.desk.hall.runs.values(), key=self.looks)
        if not runs:
            return None
        run = data.draw(st.sampled_from(runs))
        return run, self.desk.hall.versions[run.digest]

    @rule(actor=TWO, data=st.data(), count=st.integers(1, 4), ago=st.integers(0, 400))
    def tick(self, actor: Actor, data: st.DataObject, count: int, ago: int) -> None:
        found = self.run_for(data)
        if found is None:
            return
        run, template = found
        happened = self.clock.now() - timedelta(seconds=ago)
        steps = data.draw(st.lists(st.sampled_from(template.steps), min_size=1, max_size=count))
        ticks = [self.answered(step, data, happened) for step in steps]
        self.judge(lambda desk: checklists.tick(desk, actor, run.id, ticks))

    def answered(self, step: Step, data: st.DataObject, happened: datetime) -> Ticking:
        choices = tuple(choice.id for choice in step.choices)
        if step.kind is not StepKind.TICK:
            choices = (data.draw(st.sampled_from(choices)),)
        return Ticking(step_id=step.id, choices=choices, happened_at=happened)

    @rule(actor=TWO, data=st.data(), reason=st.sampled_from(SkipReason))
    def skip_everything_left(self, actor: Actor, data: st.DataObject, reason: SkipReason) -> None:
        found = self.run_for(data)
        if found is None:
            return
        run, template = found
        for step in template.steps:
            if self.desk.hall.runs[run.id].entry(step.id) is None:
                checklists.skip(self.desk, actor, run.id, step.id, reason)

    @rule(actor=ACTORS, data=st.data())
    def undo_in_reception(self, actor: Actor, data: st.DataObject) -> None:
        reception = self.some(data)
        if reception is None:
            return
        ticket_id = reception.ticket_id
        named = receptions.undo_words(self.desk, actor, ticket_id)
        result = self.judge(
            lambda desk: receptions.undo_last(desk, actor, ticket_id, UndoReason.WRONG_KEY)
        )
        assert bool(named) or isinstance(result, Refusal)

    @rule(actor=TWO, template=st.sampled_from(["equipment_fault", "gotone_counter", "none"]))
    def start_a_checklist(self, actor: Actor, template: str) -> None:
        def begin(desk: Desk) -> Done | Refusal:
            found = checklists.start(desk, actor, template)
            return found if isinstance(found, Refusal) else Done(())

        self.judge(begin)

    @rule(actor=TWO, data=st.data(), withdraw=st.booleans())
    def end_a_checklist(self, actor: Actor, data: st.DataObject, *, withdraw: bool) -> None:
        found = self.run_for(data)
        if found:
            run_id = found[0].id
            self.judge(lambda desk: checklists.end(desk, actor, run_id, withdraw=withdraw))

    @rule(actor=TWO, data=st.data())
    def a_vip_leaves(self, actor: Actor, data: st.DataObject) -> None:
        reception = self.some(data)
        if reception:
            gone = cmd.CustomerLeft(ticket_id=reception.ticket_id, reason=LeaveReason.OWN_REASONS)
            self.act(actor, gone)

    # what must hold

    def follow(self, fact: Fact) -> None:
        """Fold one fact; a reception taken by one person is never taken by another besides."""
        ticket_id = getattr(fact.event, "ticket_id", "")
        before = self.folded.receptions.get(ticket_id)
        super().follow(fact)
        if fact.event.type == "reception_accepted":
            assert before is not None
            assert before.receiver is None
            assert self.folded.receptions[ticket_id].receiver == fact.actor

    @invariant()
    def receptions_follow_their_tickets(self) -> None:
        hall = self.desk.hall
        for ticket in hall.tickets.values():
            reception = hall.receptions.get(ticket.id)
            if ticket.tier is Tier.VIP and ticket.state in OPEN_STATES:
                assert reception is not None
                assert reception.is_open
            elif reception and (
                ticket.tier is not Tier.VIP or ticket.state is not TicketState.DONE
            ):
                assert not reception.is_open
        assert set(hall.receptions) <= set(hall.tickets)

    @invariant()
    def an_accepted_one_has_its_clock_stopped(self) -> None:
        for reception in self.desk.hall.receptions.values():
            ticket = self.desk.hall.tickets[reception.ticket_id]
            if reception.state is ReceptionState.ACCEPTED:
                assert reception.receiver is not None
                assert ticket.received_at is not None
            if reception.state in WAITING_STATES:
                assert reception.receiver is None

    @invariant()
    def a_run_goes_on_as_long_as_its_reception(self) -> None:
        hall = self.desk.hall
        for reception in hall.receptions.values():
            assert (hall.runs[reception.ticket_id].end is None) == reception.is_open

    @invariant()
    def nobody_is_seen_off_with_steps_forgotten(self) -> None:
        page = ReceptionBoard(self.desk)
        for reception in self.desk.hall.receptions.values():
            if reception.close_reason is CloseReason.SEEN_OFF:
                shown = page.page(reception.ticket_id, CLERK)
                assert shown is not None
                assert shown.checklist is not None
                assert shown.checklist.required_open == 0

    @invariant()
    def no_step_is_entered_twice(self) -> None:
        for run in self.desk.hall.runs.values():
            steps = [entry.step_id for entry in run.entries]
            assert len(steps) == len(set(steps))

    @invariant()
    def what_a_service_ticked_goes_with_it(self) -> None:
        hall = self.desk.hall
        for run in hall.runs.values():
            ticked = [entry for entry in run.entries if entry.by is DoneBy.SERVICE]
            assert not ticked or hall.tickets[str(run.ticket_id)].state is TicketState.DONE

    @invariant()
    def receptions_survive_json(self) -> None:
        for reception in self.desk.hall.receptions.values():
            assert Reception.model_validate_json(reception.model_dump_json()) == reception
        for run in self.desk.hall.runs.values():
            assert ChecklistRun.model_validate_json(run.model_dump_json()) == run
