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


class Twin:
    """A second door to the store, opened on the look-up thread when first needed.

    It outlives whoever is signed in, so that nobody closes it while a search runs.
    """

    def __init__(self, open_twin: Callable[[], Desk]) -> None:
        self._open = open_twin
        self._desk: Desk | None = None

    def desk(self) -> Desk:
        """Return the door; call it on the look-up thread."""
        if self._desk is None:
            self._desk = self._open()
        return self._desk

    def close(self) -> None:
        """Let go of the store, once no look-up runs any more."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None


class CustomerSearch:
    """Looks customers up beside the desk's own work.

    desk: the door whose hall says who waits; only read.
    """

    def __init__(self, desk: Desk, actor: Actor, twin: Twin) -> None:
        self._desk = desk
        self._actor = actor
        self.twin = twin

    def find(self, text: str) -> FoundRows:
        """Return the first customers that fit what was typed."""
        found = persons.search(self.twin.desk(), self._actor, text, LISTED)
        # The desk's thread may add tickets meanwhile: take all of them out in one step.
        tickets = tuple(self._desk.hall.tickets.values())
        waiting = {t.person_id: t.number for t in tickets if t.person_id and t.state in OPEN_STATES}
        rows = tuple(FoundRow(view, waiting.get(view.person_id, "")) for view in found.rows)
        return FoundRows(text, rows, found.more, found.more_is_at_least)

    def close(self) -> None:
        """Let go of the second door."""
        self.twin.close()
