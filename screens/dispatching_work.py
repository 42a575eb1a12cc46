"""The desk as the dispatch screen uses it, for one manager; lives on the desk's thread."""

from dataclasses import dataclass

from hallterm.desk.desk import Desk, Done
from hallterm.desk.dispatching import HalfHour, InForce, advice, choose_policy, day_plan, in_force
from hallterm.desk.queueing import dispatch_rules, hall_now
from hallterm.dispatch.advice import Advice
from hallterm.domain.actor import Actor
from hallterm.domain.dispatching import PolicyName, Rules
from hallterm.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Overview:
    """What a manager needs to direct the hall."""

    standing: InForce
    advice: tuple[Advice, ...]
    plan: tuple[HalfHour, ...]
    """Empty while there are no days to learn from."""
    waiting: int
    at_work: int
    """Counters that are staffed and not paused."""
    counters: int


class DispatchWork:
    """Binds the use cases of dispatch to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor

    def overview(self) -> Overview:
        """Return policy, advice and plan as they are now. Takes some 0.1 s in a full hall."""
        desk = self._desk
        desk.refresh()
        hall = hall_now(desk, desk.clock.now())
        return Overview(
            in_force(desk),
            advice(desk),
            day_plan(desk),
            len(hall.waiting),
            len(hall.stations),
            len(desk.rules.company.counters),
        )

    def choose(self, policy: PolicyName) -> Done | Refusal:
        """Let another policy hold; the cap stays."""
        return self._choose(policy, self._rules.late_cap)

    def set_cap(self, late_cap: float) -> Done | Refusal:
        """Bound otherwise how long a broken promise is put off."""
        return self._choose(self._rules.policy, late_cap)

    @property
    def _rules(self) -> Rules:
        return dispatch_rules(self._desk.rules)

    def _choose(self, policy: PolicyName, late_cap: float) -> Done | Refusal:
        return choose_policy(self._desk, self._actor, Rules(policy=policy, late_cap=late_cap))
