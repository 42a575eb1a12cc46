"""A hall in the making: judged by the domain's own rules, kept in memory, founded in one go."""

import re
from collections.abc import Sequence
from datetime import time

from hallterm.clock import Clock
from hallterm.configuration import Configuration
from hallterm.desk.accounts import LONGEST_NAME, pin_problem
from hallterm.desk.founding import INSTALLER, NewHall, NewStaff
from hallterm.domain.actor import Circumstances
from hallterm.domain.company import commands as cmd
from hallterm.domain.company import evolve
from hallterm.domain.company.state import STAFF_ID_PATTERN, Company, HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.decide import decide
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command, Fact
from hallterm.screens.setup.book import Answer, BusinessRow, StaffRow
from hallterm.screens.setup.desk_book import staff_rows
from hallterm.store.ids import new_id


class DraftBook:
    """Nothing of it is written anywhere until `new_hall` is founded."""

    def __init__(self, configuration: Configuration, clock: Clock, device: str) -> None:
        self._configuration = configuration
        self._clock = clock
        self._device = device
        self._company = Company()
        self._names: dict[str, str] = {}
        self._pins: dict[str, str] = {}

    @property
    def pin_digits(self) -> int:
        """Least length of a PIN."""
        return self._configuration.standards.sign_in.pin_digits

    def _do(self, command: Command) -> Answer:
        now = self._clock.now()
        where = Circumstances(INSTALLER, now, self._device)
        known = self._configuration
        rules = Rules(self._company, known.standards, known.businesses)
        answer = decide(Hall(), command, where, rules)
        if isinstance(answer, Refusal):
            return answer
        for event in answer:
            fact = Fact(0, new_id(now), now, INSTALLER.staff_id, self._device, event)
            evolve.apply(self._company, fact)
        return True

    def profile(self) -> HallProfile | None:
        """Return name and hours; None before they are known."""
        return self._company.hall

    def name_hall(self, name: str, opens: time, closes: time) -> Answer:
        """Give the hall its name and hours, as often as wanted."""
        before = self._company.hall
        hall_id = before.id if before else new_id(self._clock.now()).replace("-", "")
        profile = HallProfile(id=hall_id, name=name, opens=opens, closes=closes)
        self._company.hall = None
        answer = self._do(cmd.FoundHall(profile=profile))
        if answer is not True:
            self._company.hall = before
        return answer

    def set_hours(self, opens: time, closes: time) -> Answer:
        """Change the opening hours."""
        return self._do(cmd.SetHours(opens=opens, closes=closes))

    def counters(self) -> tuple[CounterSetup, ...]:
        """Return the counters by number."""
        return tuple(sorted(self._company.counters.values(), key=lambda c: c.number))

    def put_counter(self, counter: CounterSetup) -> Answer:
        """Add a counter or change it."""
        return self._do(cmd.DefineCounter(counter=counter))

    def retire_counter(self, counter_id: str) -> Answer:
        """Take a counter out."""
        return self._do(cmd.RetireCounter(counter_id=counter_id))

    def staff(self) -> tuple[StaffRow, ...]:
        """Return the accounts by 工号."""
        return staff_rows(self._company, self._names)

    def hire(self, staff_id: str, name: str, roles: frozenset[Role], pin: str) -> Answer:
        """Note an account to open."""
        problem = self._problem(staff_id, name, roles, pin)
        answer = problem or self._do(cmd.HireStaff(staff_id=staff_id, roles=roles))
        if answer is True:
            self._names[staff_id], self._pins[staff_id] = name.strip(), pin
        return answer

    def _problem(
        self, staff_id: str, name: str, roles: frozenset[Role], pin: str
    ) -> Refusal | None:
        if not re.fullmatch(STAFF_ID_PATTERN, staff_id):
            return refuse("staff_id_form")
        if not name.strip() or len(name) > LONGEST_NAME:
            return refuse("name_form", most=LONGEST_NAME)
        if not roles:
            return refuse("roles_missing")
        return pin_problem(pin, self.pin_digits)

    def give_roles(self, staff_id: str, roles: frozenset[Role]) -> Answer:
        """Change an account's roles."""
        return self._do(cmd.GiveRoles(staff_id=staff_id, roles=roles))

    def rename(self, staff_id: str, name: str) -> Answer:
        """Put right how somebody is called."""
        if not name.strip() or len(name) > LONGEST_NAME:
            return refuse("name_form", most=LONGEST_NAME)
        self._names[staff_id] = name.strip()
        return True

    def reset_pin(self, staff_id: str, pin: str) -> Answer:
        """Choose another first PIN."""
        problem = pin_problem(pin, self.pin_digits)
        if problem is not None:
            return problem
        self._pins[staff_id] = pin
        return True

    def retire_staff(self, staff_id: str) -> Answer:
        """Strike an account off."""
        return self._do(cmd.RetireStaff(staff_id=staff_id))

    def businesses(self) -> tuple[BusinessRow, ...]:
        """Return every business of the file."""
        known = self._configuration.businesses.values()
        return tuple(BusinessRow(b.id, b.code, b.name, self._company.offers(b.id)) for b in known)

    def offer(self, business_ids: Sequence[str]) -> Answer:
        """Say which businesses the hall does."""
        if not business_ids:
            return refuse("business_missing")
        return self._do(cmd.OfferBusinesses(business_ids=tuple(business_ids)))

    @property
    def has_administrator(self) -> bool:
        """Whether somebody can sign in and set the rest up later."""
        return any(Role.ADMINISTRATOR in m.roles for m in self._company.active_staff())

    def new_hall(self) -> NewHall | None:
        """Return what to found; None while name, administrator or counters are missing."""
        profile = self._company.hall
        if profile is None or not self.has_administrator or not self._company.counters:
            return None
        staff = tuple(
            NewStaff(row.staff_id, row.name, frozenset(row.roles), self._pins[row.staff_id])
            for row in self.staff()
        )
        return NewHall(profile, staff, self.counters(), self._company.offered)
