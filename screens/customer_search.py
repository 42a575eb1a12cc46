"""Finding customers as somebody types, on the look-up thread and its own door to the store."""

from collections.abc import Callable
from dataclasses import dataclass

from hallterm.desk import persons
from hallterm.desk.desk import Desk
from hallterm.desk.persons import PersonView
from hallterm.domain.actor import Actor
from hallterm.domain.ticket.words import OPEN_STATES

LISTED = 20
"""Customers that a search lists."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One customer in the list."""

    view: PersonView
    number: str
    """Number of the ticket that is open for this customer; empty: none."""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """What a search found, VIP first."""

    text: str
    """What was looked for."""
    rows: tuple[FoundRow, ...] = ()
    more: int = 0
    more_is_at_least: bool = False


class CustomerSearch:
    """Looks customers up beside the desk's own work.

    desk: the door whose hall says who waits; only read.
    open_twin: opens a second door to the same store, on the look-up thread, when first needed.
    """

    def __init__(self, desk: Desk, actor: Actor, open_twin: Callable[[], Desk]) -> None:
        self._desk = desk
        self._actor = actor
        self._open_twin = open_twin
        self._twin: Desk | None = None

    def find(self, text: str) -> FoundRows:
        """Return the first customers that fit what was typed."""
        if self._twin is None:
            self._twin = self._open_twin()
        found = persons.search(self._twin, self._actor, text, LISTED)
        # The desk's thread may add tickets meanwhile: take all of them out in one step.
        tickets = tuple(self._desk.hall.tickets.values())
        waiting = {t.person_id: t.number for t in tickets if t.person_id and t.state in OPEN_STATES}
        rows = tuple(FoundRow(view, waiting.get(view.person_id, "")) for view in found.rows)
        return FoundRows(text, rows, found.more, found.more_is_at_least)

    def close(self) -> None:
        """Let go of the second door."""
        if self._twin is not None:
            self._twin.close()
            self._twin = None
