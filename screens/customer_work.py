"""The desk as the customer panel uses it, for one signed-in person; lives on the desk's thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from hallterm.desk import persons
from hallterm.desk.accounts import staff_names
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.arrangement_views import AppointmentRow, ErrandRow
from hallterm.desk.desk import Desk
from hallterm.desk.persons import HistoryEntry, PersonView
from hallterm.desk.visits import Visit, visits_of
from hallterm.domain.actor import Actor
from hallterm.domain.person.commands import PrivilegedReason, UnmaskReason
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """All that the panel shows of one customer."""

    view: PersonView
    visits: tuple[Visit, ...]
    """The latest first."""
    history: tuple[HistoryEntry, ...]
    """The latest change first, the recording last."""
    staff: Mapping[str, str]
    """工号 → name of everybody who works or worked here."""
    zone: tzinfo
    """The hall's."""
    appointments: tuple[AppointmentRow, ...] = ()
    """Those still to come, by time."""
    errands: tuple[ErrandRow, ...] = ()
    """Visits and deliveries that go on, by time."""


class CustomerWork:
    """Binds the use cases around a customer to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._arrangements = ArrangementBoard(desk, actor.roles)

    @property
    def may_change_tier(self) -> bool:
        """Whether this person changes tiers, cards and special flags of known customers."""
        return self._actor.is_one_of(MANAGERS)

    def file(self, person_id: str) -> CustomerFile | Refusal:
        """Return a customer with visits and history."""
        view = persons.get(self._desk, self._actor, person_id)
        if view is None:
            return refuse("person_unknown")
        return CustomerFile(
            view,
            tuple(visits_of(self._desk, person_id)),
            tuple(persons.history(self._desk, self._actor, person_id)),
            staff_names(self._desk),
            self._desk.timezone,
            *self._ahead(person_id),
        )

    def _ahead(self, person_id: str) -> tuple[tuple[AppointmentRow, ...], tuple[ErrandRow, ...]]:
        self._desk.refresh()
        return self._arrangements.ahead_of(person_id, self._actor)

    def record(
        self, raw: Mapping[str, str], way: ConsentWay, purpose: ConsentPurpose
    ) -> PersonView | Refusal:
        """Enter a new customer."""
        return persons.record(self._desk, self._actor, raw, way, purpose)

    def change(
        self,
        person_id: str,
        base_version: int,
        raw: Mapping[str, str],
        reason: PrivilegedReason | None,
    ) -> PersonView | Refusal:
        """Change the edited fields of a record."""
        return persons.change(self._desk, self._actor, person_id, base_version, raw, reason)

    def unmask(self, person_id: str, field: str, reason: UnmaskReason) -> str | Refusal:
        """Return a masked number whole; who looked and why is recorded first."""
        return persons.unmask(self._desk, self._actor, person_id, field, reason)
