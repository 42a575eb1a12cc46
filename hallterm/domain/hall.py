"""The hall at one moment: what its stream says, folded."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

from hallterm.domain.appointment import evolve as appointment_evolve
from hallterm.domain.appointment.events import AppointmentBooked, AppointmentEvent
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.business import Businesses
from hallterm.domain.call_back import evolve as call_back_evolve
from hallterm.domain.call_back.events import CallBackEvent, CallBackPromised
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.checklist import evolve as checklist_evolve
from hallterm.domain.checklist.events import ChecklistEvent, ChecklistPublished, ChecklistStarted
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.company.state import Company
from hallterm.domain.counter import evolve as counter_evolve
from hallterm.domain.counter.events import CounterEvent
from hallterm.domain.counter.state import CounterDuty, CounterSetup
from hallterm.domain.day import DayClosed, DayOpened
from hallterm.domain.disputes import Dispute, DisputeSettled, ReportDisputed, disputed, settled
from hallterm.domain.diversion.plan import DiversionPlan
from hallterm.domain.errand import evolve as errand_evolve
from hallterm.domain.errand.events import ErrandEvent, ErrandPlanned
from hallterm.domain.errand.state import Errand
from hallterm.domain.numbering import Lease, NumbersLeased, number_text
from hallterm.domain.reception import evolve as reception_evolve
from hallterm.domain.reception.events import ReceptionEvent, ReceptionOffered, RosterSet
from hallterm.domain.reception.state import Reception, Roster
from hallterm.domain.request.authority import Authority
from hallterm.domain.rulebook import Rulebook
from hallterm.domain.standards import Standards
from hallterm.domain.stream import Fact
from hallterm.domain.ticket import evolve as ticket_evolve
from hallterm.domain.ticket.events import TicketCalled, TicketEvent, TicketIssued
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import OPEN_STATES, TicketState
from hallterm.domain.tiers import NUMBER_LETTER, Tier

AT_COUNTER_STATES = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True, slots=True)
class Rules:
    """What decisions are made under: the set-up, the promises, the businesses, the checklists."""

    company: Company
    standards: Standards
    businesses: Businesses
    checklists: Mapping[str, ChecklistTemplate] = field(default_factory=dict)
    """By id, in the order in which they are offered."""
    diversion: DiversionPlan = field(default_factory=DiversionPlan)
    authority: Authority = field(default_factory=Authority)
    """What each role may grant by itself."""

    def under(self, book: Rulebook) -> "Rules":
        """Return the rules with what another rulebook says."""
        return replace(
            self,
            standards=book.standards,
            businesses=book.businesses,
            checklists=book.checklists,
            diversion=book.diversion,
            authority=book.authority,
        )


class Hall:
    """A fold of the hall's stream; holds the tickets of the last day, open or closed.

    Values inside are immutable, so a copy is cheap and changing it leaves the original alone.
    """

    def __init__(self) -> None:
        self.day: date | None = None
        """The business day that is open; None before the first and after closing."""
        self.last_day: date | None = None
        self.again_from = 0
        """Place of the fact that opened the day again after another day; 0: it was never open
        before. What happened on it until then is in the read tables only."""
        self.issued: dict[str, int] = {}
        """Letter → highest number given out on the day."""
        self.numbers: dict[str, str] = {}
        """Number given out on the day → id of its ticket."""
        self.leases: tuple[Lease, ...] = ()
        """Numbers of the day that were lent to a device."""
        self.disputes: dict[str, Dispute] = {}
        """Reports that contradict others': open ones, and those settled on the last day."""
        self.calls: int = 0
        """Customers called on the day; absent customers come back by this count."""
        self.tickets: dict[str, Ticket] = {}
        self.duties: dict[str, CounterDuty] = {}
        self.at_counter: dict[str, str] = {}
        """Counter id → id of the ticket called to it or served there."""
        self.roster = Roster()
        self.receptions: dict[str, Reception] = {}
        """By ticket id, those of the last day."""
        self.versions: dict[str, ChecklistTemplate] = {}
        """Every version of a checklist that was ever used, by digest."""
        self.runs: dict[str, ChecklistRun] = {}
        """Runs that go on, of whatever day, and those that ended on the last day."""
        self.call_backs: dict[str, CallBack] = {}
        """Due ones of whatever day, and those that ended on the last day."""
        self.appointments: dict[str, Appointment] = {}
        """Those still expected, on whatever day, and those that ended on the last day."""
        self.errands: dict[str, Errand] = {}
        """Those that go on, of whatever day, and those that ended on the last day."""

    def copy(self) -> "Hall":
        """Return a copy that can be changed without changing this one."""
        twin = Hall()
        twin.day, twin.last_day, twin.calls = self.day, self.last_day, self.calls
        twin.again_from = self.again_from
        twin.issued = dict(self.issued)
        twin.numbers = dict(self.numbers)
        twin.leases = self.leases
        twin.disputes = dict(self.disputes)
        twin.tickets = dict(self.tickets)
        twin.duties = dict(self.duties)
        twin.at_counter = dict(self.at_counter)
        twin.roster = self.roster
        twin.receptions = dict(self.receptions)
        twin.versions = dict(self.versions)
        twin.runs = dict(self.runs)
        twin.call_backs = dict(self.call_backs)
        twin.appointments, twin.errands = dict(self.appointments), dict(self.errands)
        return twin

    def apply(self, fact: Fact) -> None:
        """Change the hall by one event of its stream."""
        match fact.event:
            case TicketIssued() as event:
                self._put(ticket_evolve.issued(fact, event))
                self._give_out(event.number, event.ticket_id)
            case TicketEvent(ticket_id=ticket_id):
                self._put(ticket_evolve.evolve(self.tickets[ticket_id], fact))
                self.calls += isinstance(fact.event, TicketCalled)
            case CounterEvent(counter_id=counter_id):
                duty = self.duty(counter_id)
                self.duties[counter_id] = counter_evolve.evolve(duty, fact)
            case DayOpened() as event:
                self._open(fact.seq, event)
            case DayClosed():
                self.day = None
            case ReceptionEvent() | RosterSet():
                self._receive(fact)
            case ChecklistEvent() | ChecklistPublished():
                self._check_off(fact)
            case CallBackEvent() | AppointmentEvent() | ErrandEvent():
                self._arrange(fact)
            case _:
                self._reconcile(fact)

    def _give_out(self, number: str, ticket_id: str) -> None:
        self.numbers[number] = ticket_id
        # A number of a device's own lane (A001-3) is none of the hall's.
        if "-" not in number:
            self.issued[number[0]] = max(self.issued.get(number[0], 0), int(number[1:]))

    def _reconcile(self, fact: Fact) -> None:
        """Take what only several terminals of one hall need: lent numbers, disputed reports."""
        match fact.event:
            case NumbersLeased() as event if event.day == self.last_day:
                self._lend(fact, event)
            case ReportDisputed() as event:
                self.disputes[event.dispute_id] = disputed(fact, event)
            case DisputeSettled(dispute_id=dispute_id):
                before = self.disputes[dispute_id]
                self.disputes[dispute_id] = settled(before, fact, self.last_day)
            case _:
                pass

    def _lend(self, fact: Fact, event: NumbersLeased) -> None:
        self.issued[event.letter] = max(self.issued.get(event.letter, 0), event.last)
        lease = Lease(device=fact.device, letter=event.letter, first=event.first, last=event.last)
        self.leases = (*self.leases, lease)

    def _receive(self, fact: Fact) -> None:
        match fact.event:
            case RosterSet() as event:
                self.roster = reception_evolve.roster_set(fact, event)
            case ReceptionOffered() as event:
                self.receptions[event.ticket_id] = reception_evolve.offered(fact, event)
            case ReceptionEvent(ticket_id=ticket_id):
                before = self.receptions[ticket_id]
                self.receptions[ticket_id] = reception_evolve.evolve(before, fact)
            case _:
                pass

    def _check_off(self, fact: Fact) -> None:
        match fact.event:
            case ChecklistPublished(digest=digest, template=template):
                self.versions[digest] = template
            case ChecklistStarted() as event:
                self.runs[event.run_id] = checklist_evolve.started(fact, event)
            case ChecklistEvent(run_id=run_id):
                before = self.runs[run_id]
                self.runs[run_id] = checklist_evolve.evolve(before, fact, self.last_day)
            case _:
                pass

    def _arrange(self, fact: Fact) -> None:
        match fact.event:
            case CallBackPromised() as event:
                self.call_backs[event.call_back_id] = call_back_evolve.promised(fact, event)
            case CallBackEvent(call_back_id=call_back_id):
                promised = self.call_backs[call_back_id]
                changed = call_back_evolve.evolve(promised, fact, self.last_day)
                self.call_backs[call_back_id] = changed
            case AppointmentBooked() as event:
                booked = appointment_evolve.booked(fact, event)
                self.appointments[booked.id] = booked
            case AppointmentEvent(appointment_id=appointment_id):
                before = self.appointments[appointment_id]
                after = appointment_evolve.evolve(before, fact, self.last_day)
                self.appointments[appointment_id] = after
            case ErrandPlanned() as event:
                self.errands[event.errand_id] = errand_evolve.planned(fact, event)
            case ErrandEvent(errand_id=errand_id):
                errand = self.errands[errand_id]
                self.errands[errand_id] = errand_evolve.evolve(errand, fact, self.last_day)
            case _:
                pass

    def _open(self, seq: int, event: DayOpened) -> None:
        if event.day != self.last_day:
            self.again_from = 0 if event.numbers is None else seq
            self.issued = dict(event.numbers or {})
            self.numbers.clear()
            self.leases = ()
            self.tickets.clear()
            self.at_counter.clear()
            self.receptions.clear()
            self.forget_ended()
            self.calls = 0
        self.day = self.last_day = event.day

    def forget_ended(self, but: Set[str] = frozenset()) -> None:
        """Keep of what outlasts a day only what still goes on, and these."""
        disputes = self.disputes.items()
        self.disputes = {i: d for i, d in disputes if d.settled_by is None or i in but}
        self.runs = {i: run for i, run in self.runs.items() if run.end is None or i in but}
        self.call_backs = {i: o for i, o in self.call_backs.items() if o.is_open or i in but}
        expected = self.appointments.items()
        self.appointments = {i: one for i, one in expected if one.is_expected or i in but}
        self.errands = {i: one for i, one in self.errands.items() if one.is_open or i in but}

    def _put(self, ticket: Ticket) -> None:
        before = self.tickets.get(ticket.id)
        if before and before.counter_id and self.at_counter.get(before.counter_id) == ticket.id:
            del self.at_counter[before.counter_id]
        if ticket.counter_id and ticket.state in AT_COUNTER_STATES:
            self.at_counter[ticket.counter_id] = ticket.id
        self.tickets[ticket.id] = ticket

    def duty(self, counter_id: str) -> CounterDuty:
        """Return who sits at a counter."""
        return self.duties.get(counter_id) or CounterDuty(counter_id=counter_id)

    def counter_of(self, staff_id: str) -> CounterDuty | None:
        """Return the counter at which a member of staff sits."""
        return next((d for d in self.duties.values() if d.staff_id == staff_id), None)

    def ticket_at(self, counter_id: str) -> Ticket | None:
        """Return the ticket called to a counter or served there."""
        ticket_id = self.at_counter.get(counter_id)
        return self.tickets[ticket_id] if ticket_id else None

    def open_tickets(self) -> Iterator[Ticket]:
        """Return the tickets whose matter is not ended."""
        return (t for t in self.tickets.values() if t.state in OPEN_STATES)

    def waiting(self) -> Iterator[Ticket]:
        """Return the tickets that can be called."""
        return (t for t in self.tickets.values() if t.state is TicketState.WAITING)

    def next_number(self, tier: Tier) -> str:
        """Return the number that the next ticket of a tier gets, such as ``V001``."""
        letter = NUMBER_LETTER[tier]
        return number_text(letter, self.issued.get(letter, 0) + 1)

    def number_for(self, tier: Tier, printed: str | None) -> str:
        """Return the number printed on a slip, or the next one if there is none or it was given."""
        mine = printed is not None and printed[0] == NUMBER_LETTER[tier]
        if printed is not None and mine and printed not in self.numbers:
            return printed
        return self.next_number(tier)

    def lent_numbers(self, letter: str, device: str) -> Iterator[str]:
        """Return the numbers lent to a device that were not given out yet, the lowest first."""
        lent = (
            number_text(letter, number)
            for lease in self.leases
            if (lease.device, lease.letter) == (device, letter)
            for number in range(lease.first, lease.last + 1)
        )
        return (number for number in lent if number not in self.numbers)


def serves(setup: CounterSetup, ticket: Ticket) -> bool:
    """Say whether a counter may ever serve a ticket (its tiers, others, or sent to it)."""
    return setup.serves_others or ticket.tier in setup.tiers or ticket.only_counter == setup.id
