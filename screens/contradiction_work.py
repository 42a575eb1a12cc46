"""What waits to be settled, for one signed-in manager; on the desk's thread."""

from hallterm.desk.contradictions import (
    ConflictRow,
    Contradictions,
    DisputeRow,
    settle_conflict,
    settle_dispute,
)
from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import MANAGERS

Contradiction = DisputeRow | ConflictRow


class ContradictionWork:
    """Binds the use cases to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk, self._actor = desk, actor
        self._views = Contradictions(desk)
        self._told: frozenset[str] = frozenset()
        self._seen: object = None

    def news(self) -> int:
        """Return how much waits when some of it is new, each told once and to managers only; or 0.

        What stands on the list when it is looked at has been told by that.
        """
        if not self._actor.is_one_of(MANAGERS) or self._desk.replica.version == self._seen:
            return 0
        self._seen = self._desk.replica.version
        waiting = self._views.waiting()
        fresh, self._told = waiting - self._told, waiting
        return len(waiting) if fresh else 0

    def rows(self) -> tuple[Contradiction, ...]:
        """Return everything that waits, the oldest first."""
        self._desk.refresh()
        self._told = self._views.waiting()
        rows: list[Contradiction] = [*self._views.disputes()]
        rows += self._views.conflicts(self._actor)
        return tuple(sorted(rows, key=lambda row: row.at))

    def settle(self, row: DisputeRow) -> Done | Refusal:
        """Note that the manager has looked at a disputed report."""
        return settle_dispute(self._desk, self._actor, row)

    def decide(self, row: ConflictRow, take: bool) -> Done | Refusal:  # noqa: FBT001 - the answer
        """Say which version of a customer's record holds."""
        return settle_conflict(self._desk, self._actor, row.change_id, take=take)
