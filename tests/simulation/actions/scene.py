"""One terminal at one moment, with what an action draws from."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.roles import Role
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState
from tests.support.rulebook import STAFF

T = TypeVar("T")

SENSIBLE = 0.9
"""Share of choices that make sense; the rest is any."""


@dataclass
class Memory:
    """What people at a terminal remember besides what the store says."""

    persons: list[str] = field(default_factory=list)
    phones: int = 0
    words: dict[str, set[str]] = field(default_factory=dict)
    """Person id → what was told of that person and of nobody else: numbers, notes."""


@dataclass
class Scene:
    """One terminal at one moment."""

    desk: Desk
    chance: random.Random
    memory: Memory
    lane: int
    """Number of the terminal."""

    def some(self, choices: Iterable[T]) -> T:
        """Return one of them."""
        return self.chance.choice(list(choices))

    def perhaps(self, value: T, share: float = 0.5) -> T | None:
        """Return it, or None."""
        return value if self.chance.random() < share else None

    def sensible(self) -> bool:
        """Say whether to do what makes sense."""
        return self.chance.random() < SENSIBLE

    def actor(self, *roles: Role) -> Actor:
        """Return somebody with one of the roles, or, now and then, anybody."""
        wanted = frozenset(roles)
        everybody = (*STAFF, self.machine)
        fitting = [one for one in everybody if one.roles & wanted] if self.sensible() else []
        return self.some(fitting or everybody)

    @property
    def machine(self) -> Actor:
        """Return the terminal itself, as what a ticket machine does is given under its name."""
        return Actor(self.desk.device, frozenset({Role.KIOSK}))

    def ticket(self, *states: TicketState) -> Ticket | None:
        """Return a ticket in one of the states, or, now and then, any."""
        tickets = sorted(self.desk.hall.tickets.values(), key=lambda one: one.id)
        if self.sensible():
            tickets = [one for one in tickets if one.state in states]
        return self.some(tickets) if tickets else None

    def duty(self) -> CounterDuty | None:
        """Return a counter at which somebody sits."""
        duties = [one for one in self.desk.hall.duties.values() if one.staff_id]
        duties.sort(key=lambda one: one.counter_id)
        return self.some(duties) if duties else None

    def sitting(self) -> tuple[Actor, Ticket | None] | None:
        """Return somebody who sits at a counter, with the ticket there."""
        duty = self.duty()
        if duty is None or duty.staff_id is None:
            return None
        member = self.desk.replica.company.staff.get(duty.staff_id)
        roles = member.roles if member else frozenset({Role.CLERK})
        return Actor(duty.staff_id, roles), self.desk.hall.ticket_at(duty.counter_id)

    def at_counter(self, *states: TicketState) -> tuple[Actor, Ticket] | None:
        """Return somebody at a counter with a ticket there in one of the states."""
        found = []
        for counter_id, ticket_id in sorted(self.desk.hall.at_counter.items()):
            duty = self.desk.hall.duty(counter_id)
            ticket = self.desk.hall.tickets[ticket_id]
            if duty.staff_id and (ticket.state in states or not self.sensible()):
                member = self.desk.replica.company.staff.get(duty.staff_id)
                roles = member.roles if member else frozenset({Role.CLERK})
                found.append((Actor(duty.staff_id, roles), ticket))
        return self.some(found) if found else None
