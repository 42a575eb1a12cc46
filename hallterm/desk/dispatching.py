"""Use cases of dispatch (调度): the policy, advice, the plan of a day, what a call costs."""

from dataclasses import dataclass
from datetime import datetime, time

from hallterm.desk.accounts import staff_names
from hallterm.desk.desk import Desk, Done
from hallterm.desk.queueing import dispatch_rules, hall_now, learn, station
from hallterm.dispatch.advice import Advice, open_counter, self_service
from hallterm.dispatch.cost import Cost, cost_of
from hallterm.dispatch.forward import Hall
from hallterm.dispatch.plan import plan_day
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import ChoosePolicy
from hallterm.domain.dispatching import Rules
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Tier


@dataclass(frozen=True, slots=True)
class InForce:
    """How the hall decides who is next, and who said so."""

    rules: Rules
    by: str
    """Name of the manager who chose it; empty while the file's default holds."""
    since: datetime | None
    """Hall's local time of the choice; None while the file's default holds."""


@dataclass(frozen=True, slots=True)
class HalfHour:
    """One half hour of a day's plan."""

    begins: time
    """Hall's local time."""
    customers: float
    """Expected to come, from the days before."""
    counters: int
    """Counters that keep the promises."""
    enough: bool
    """False: more would be needed than the hall has."""


def in_force(desk: Desk) -> InForce:
    """Return the policy that holds now."""
    chosen = desk.rules.company.dispatch
    rules = dispatch_rules(desk.rules)
    if chosen is None:
        return InForce(rules, "", None)
    name = staff_names(desk).get(chosen.by, chosen.by)
    return InForce(rules, name, chosen.at.astimezone(desk.timezone))


def choose_policy(desk: Desk, actor: Actor, rules: Rules) -> Done | Refusal:
    """Say how the hall decides who is next from now on."""
    return desk.act(actor, ChoosePolicy(rules=rules))


def advice(desk: Desk) -> tuple[Advice, ...]:
    """Return what would keep more promises of the next half hour; some 0.1 s."""
    hall = hall_now(desk, desk.clock.now())
    if not hall.waiting:
        return ()
    found = [open_counter(hall)] if _can_open(desk, hall) else []
    found.append(self_service(hall, _fit_for_machines(desk, hall)))
    return tuple(one for one in found if one is not None)


def _can_open(desk: Desk, hall: Hall) -> bool:
    return len(hall.stations) < len(desk.rules.company.counters)


def _fit_for_machines(desk: Desk, hall: Hall) -> frozenset[str]:
    """Return the tickets whose businesses a self-service machine can all do."""
    known = desk.rules.businesses
    able = frozenset(business.id for business in known.values() if business.self_service)
    return frozenset(
        waiting.ticket_id
        for waiting in hall.waiting
        if all(b.business_id in able for b in desk.hall.tickets[waiting.ticket_id].businesses)
    )


def day_plan(desk: Desk) -> tuple[HalfHour, ...]:
    """Return the counters that each half hour of the opening hours needs; empty without history."""
    rules, profile = desk.rules, desk.rules.company.hall
    learn(desk)
    if profile is None or not desk.experience.arrivals:
        return ()
    first, last = _slot(profile.opens), _slot(profile.closes)
    last += profile.closes.minute % 30 > 0
    demands = desk.experience.demands(rules)[first:last]
    most = len(rules.company.counters)
    budget = rules.standards.budgets.service(Tier.STANDARD).minutes * 60
    wanted = plan_day(demands, budget)
    return tuple(
        HalfHour(time(slot // 2, slot % 2 * 30), demand.customers, counters, counters <= most)
        for slot, demand, counters in zip(range(first, last), demands, wanted, strict=True)
    )


def _slot(moment: time) -> int:
    return moment.hour * 2 + moment.minute // 30


def cost_of_calling(desk: Desk, actor: Actor, ticket_id: str) -> Cost | None:
    """Return what it would cost if the actor's counter called this ticket instead of the next one.

    None when nobody sits there or the counter can't be offered the ticket. Takes as long as two
    forecasts.
    """
    duty = desk.hall.counter_of(actor.staff_id)
    setup = desk.rules.company.counters.get(duty.counter_id) if duty else None
    if setup is None:
        return None
    now = desk.clock.now()
    return cost_of(hall_now(desk, now), station(setup, now.timestamp()), ticket_id)
