"""A hall without a store: commands are decided and folded in memory."""

from copy import deepcopy
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.commands import DefineCounter, FoundHall, HireStaff
from hallterm.domain.company.state import Company
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.day import OpenDay
from hallterm.domain.decide import decide
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command, Event, Fact
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.state import BusinessLine, Ticket
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COUNTERS,
    FIRST,
    GREETER,
    MORNING,
    PROFILE,
    STAFF,
    configuration,
)


class Scene:
    """The test hall on the morning of a day, with everybody hired and nobody at a counter."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.company = Company()
        self.now = MORNING
        self.facts: list[Fact] = []
        self._ids = count(1)
        self.do(ADMINISTRATOR, FoundHall(profile=PROFILE))
        for member in STAFF:
            self.do(ADMINISTRATOR, HireStaff(staff_id=member.staff_id, roles=member.roles))
        for counter in COUNTERS:
            self.do(ADMINISTRATOR, DefineCounter(counter=counter))
        self.do(GREETER, OpenDay(day=MORNING.date()))

    @property
    def rules(self) -> Rules:
        """What decisions are made under."""
        data = configuration()
        return Rules(self.company, data.standards, data.businesses, data.checklists, data.diversion)

    def answer(self, actor: Actor, command: Command) -> tuple[Event, ...] | Refusal:
        """Give a command; what it answers is folded in. A refusal must change nothing."""
        before = deepcopy(self.__state())
        answer = decide(self.hall, command, Circumstances(actor, self.now, "test"), self.rules)
        assert self.__state() == before, "deciding changed the state"
        if not isinstance(answer, Refusal):
            for event in answer:
                self._fold(actor, event)
        return answer

    def _fold(self, actor: Actor, event: Event) -> None:
        seq = len(self.facts) + 1
        fact = Fact(seq, f"fact-{seq}", self.now, actor.staff_id, "test", event)
        self.facts.append(fact)
        if event.stream == "hall":
            self.hall.apply(fact)
        else:
            company_evolve.apply(self.company, fact)

    def __state(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return vars(self.hall), vars(self.company)

    def do(self, actor: Actor, command: Command) -> tuple[Event, ...]:
        """Give a command that must be carried out."""
        answer = self.answer(actor, command)
        assert not isinstance(answer, Refusal), answer
        return answer

    def refused(self, actor: Actor, command: Command) -> str:
        """Give a command that must be refused; return the code."""
        answer = self.answer(actor, command)
        assert isinstance(answer, Refusal), answer
        return answer.code

    def wait(self, *, minutes: float) -> datetime:
        """Let time pass; return the new moment."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def sit(self, actor: Actor = CLERK, counter: str = FIRST, session: str = "s") -> None:
        """Let somebody sit down at a counter."""
        self.do(actor, TakeCounter(counter_id=counter, session_id=session))

    def take(
        self,
        tier: Tier = Tier.STANDARD,
        grade: Grade | None = None,
        **more: Any,  # noqa: ANN401 - fields of TakeTicket
    ) -> str:
        """Issue a ticket to somebody who shows identity now; return its id."""
        ticket_id = f"t{next(self._ids)}"
        self.do(GREETER, self.taking(ticket_id, tier, grade, **more))
        return ticket_id

    def taking(
        self,
        ticket_id: str,
        tier: Tier = Tier.STANDARD,
        grade: Grade | None = None,
        **more: Any,  # noqa: ANN401 - fields of TakeTicket
    ) -> ticket.TakeTicket:
        """Return the command that issues a ticket now."""
        fields: dict[str, Any] = {
            "businesses": (BusinessLine(business_id="payment"),),
            "arrived_at": self.now,
            "shown_at": self.now,
            **more,
        }
        return ticket.TakeTicket(ticket_id=ticket_id, tier=tier, grade=grade, **fields)

    def call(self, ticket_id: str, actor: Actor = CLERK) -> None:
        """Call a ticket to the actor's counter."""
        self.do(actor, ticket.CallTicket(ticket_id=ticket_id))

    def serve(self, ticket_id: str, actor: Actor = CLERK) -> None:
        """Call a ticket and start."""
        self.call(ticket_id, actor)
        self.do(actor, ticket.StartService(ticket_id=ticket_id))

    def __getitem__(self, ticket_id: str) -> Ticket:
        """Return a ticket as it stands."""
        return self.hall.tickets[ticket_id]
