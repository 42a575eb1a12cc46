"""The set-up of a hall that works: every change goes through the desk at once."""

from collections.abc import Sequence
from datetime import time

from hallterm.desk import accounts
from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.company import commands as cmd
from hallterm.domain.company.state import Company, HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.screens.setup.book import Answer, BusinessRow, StaffRow


def staff_rows(company: Company, names: dict[str, str]) -> tuple[StaffRow, ...]:
    """Return the open accounts by 工号."""
    members = sorted(company.active_staff(), key=lambda member: member.staff_id)
    return tuple(
        StaffRow(m.staff_id, names.get(m.staff_id, ""), tuple(r for r in Role if r in m.roles))
        for m in members
    )


class DeskBook:
    """Binds the administrator's use cases to one actor; lives on the desk's thread."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor

    @property
    def pin_digits(self) -> int:
        """Least length of a PIN."""
        return self._desk.rules.standards.sign_in.pin_digits

    def _act(self, command: Command) -> Answer:
        return _answer(self._desk.act(self._actor, command))

    def profile(self) -> HallProfile | None:
        """Return name and hours."""
        self._desk.refresh()
        return self._desk.rules.company.hall

    def set_hours(self, opens: time, closes: time) -> Answer:
        """Change the opening hours."""
        return self._act(cmd.SetHours(opens=opens, closes=closes))

    def counters(self) -> tuple[CounterSetup, ...]:
        """Return the counters by number."""
        self._desk.refresh()
        return tuple(sorted(self._desk.rules.company.counters.values(), key=lambda c: c.number))

    def put_counter(self, counter: CounterSetup) -> Answer:
        """Add a counter or change it."""
        return self._act(cmd.DefineCounter(counter=counter))

    def retire_counter(self, counter_id: str) -> Answer:
        """Take a counter out of use, unless somebody sits there."""
        self._desk.refresh()
        sitting = self._desk.hall.duty(counter_id).staff_id
        if sitting is not None:
            return refuse("counter_of_other", staff=sitting)
        return self._act(cmd.RetireCounter(counter_id=counter_id))

    def staff(self) -> tuple[StaffRow, ...]:
        """Return the open accounts by 工号."""
        self._desk.refresh()
        return staff_rows(self._desk.rules.company, accounts.staff_names(self._desk))

    def hire(self, staff_id: str, name: str, roles: frozenset[Role], pin: str) -> Answer:
        """Open an account."""
        return _answer(accounts.hire(self._desk, self._actor, staff_id, name, roles, pin))

    def give_roles(self, staff_id: str, roles: frozenset[Role]) -> Answer:
        """Change an account's roles."""
        return self._act(cmd.GiveRoles(staff_id=staff_id, roles=roles))

    def rename(self, staff_id: str, name: str) -> Answer:
        """Put right how somebody is called."""
        return _answer(accounts.rename(self._desk, self._actor, staff_id, name))

    def reset_pin(self, staff_id: str, pin: str) -> Answer:
        """Set a new first PIN; it ends a lock, too."""
        return _answer(accounts.change_pin(self._desk, self._actor, staff_id, pin))

    def retire_staff(self, staff_id: str) -> Answer:
        """Close an account."""
        return self._act(cmd.RetireStaff(staff_id=staff_id))

    def businesses(self) -> tuple[BusinessRow, ...]:
        """Return every business of the file."""
        self._desk.refresh()
        rules = self._desk.rules
        return tuple(
            BusinessRow(b.id, b.code, b.name, rules.company.offers(b.id))
            for b in rules.businesses.values()
        )

    def offer(self, business_ids: Sequence[str]) -> Answer:
        """Say which businesses the hall does."""
        if not business_ids:
            return refuse("business_missing")
        return self._act(cmd.OfferBusinesses(business_ids=tuple(business_ids)))


def _answer(result: Done | Refusal) -> Answer:
    return result if isinstance(result, Refusal) else True
