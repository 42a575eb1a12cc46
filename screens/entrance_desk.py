"""The desk as sign-in, seat and lock use it; lives on the desk's thread."""

from collections.abc import Callable, Sequence

from hallterm.desk import accounts, days
from hallterm.desk.appointments import note_late_due
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import ReleaseCounter, TakeCounter
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS
from hallterm.screens.arrangement_work import ArrangementWork
from hallterm.screens.contradiction_work import ContradictionWork
from hallterm.screens.counter_desk import CounterDesk
from hallterm.screens.customer_search import CustomerSearch, Twin
from hallterm.screens.customer_work import CustomerWork
from hallterm.screens.dispatching_work import DispatchWork
from hallterm.screens.diversion_work import DiversionWork
from hallterm.screens.end_of_day_work import DayWork
from hallterm.screens.entrance_port import SeatRow, Seats
from hallterm.screens.reception_work import ReceptionWork
from hallterm.screens.request_work import RequestWork, no_paper
from hallterm.screens.session import Session
from hallterm.screens.setup.desk_book import DeskBook
from hallterm.screens.ticket_desk_work import Printer, TicketWork, no_printer
from hallterm.screens.work import Work


class EntranceDesk:
    """Binds the use cases of the entrance to one desk.

    open_twin: opens the same store once more, for searches that don't wait behind changes.
    paper: prints lines of text, such as a request's story.
    step: done at every tick before anything is read, such as the training hall's customers.
    """

    def __init__(
        self,
        desk: Desk,
        open_twin: Callable[[], Desk],
        printer: Printer = no_printer,
        step: Callable[[], object] | None = None,
        paper: Callable[[Sequence[str]], str] = no_paper,
    ) -> None:
        self.desk = desk
        self._open_twin = open_twin
        self._printer = printer
        self._step = step
        self._paper = paper
        self._search: CustomerSearch | None = None

    def sign_in(self, staff_id: str, pin: str) -> Session | Refusal:
        """Judge 工号 and PIN."""
        shown = accounts.sign_in(self.desk, staff_id, pin)
        if isinstance(shown, Refusal):
            return shown
        return Session(shown.actor, shown.name, self.desk.new_id())

    def lock(self) -> None:
        """Lock every key: until a PIN is shown, nobody signs anything here."""
        self.desk.keyring.lock_all()

    def unlock(self, session: Session, pin: str) -> Session | Refusal:
        """Judge the PIN of the person who locked the terminal; roles may have changed."""
        shown = accounts.sign_in(self.desk, session.actor.staff_id, pin, "unlock")
        if isinstance(shown, Refusal):
            return shown
        return Session(shown.actor, shown.name, session.session_id)

    def relieve(self, session: Session, staff_id: str, pin: str) -> Session | Refusal:
        """Sign somebody out who has gone, as a manager; answers with the manager."""
        with accounts.errand(self.desk, staff_id, pin, "unlock") as shown:
            if isinstance(shown, Refusal):
                return shown
            if not shown.actor.is_one_of(MANAGERS):
                return refuse("not_allowed", command="ReleaseCounter")
            answer = self._release(session, shown.actor)
            if isinstance(answer, Refusal):
                return answer
            accounts.sign_out(self.desk, session.actor)
            return Session(shown.actor, shown.name, self.desk.new_id())

    def sign_out(self, session: Session) -> Session | Refusal:
        """Get up from the counter and sign out."""
        answer = self._release(session, session.actor)
        if isinstance(answer, Refusal):
            return answer
        out = accounts.sign_out(self.desk, session.actor)
        # An account that was closed meanwhile has nothing to sign out of.
        return out if isinstance(out, Refusal) and out.code != "unknown_staff" else session

    def _release(self, session: Session, by: Actor) -> Refusal | None:
        self.desk.refresh()
        duty = self.desk.hall.counter_of(session.actor.staff_id)
        if duty is None or duty.session_id != session.session_id:
            return None
        answer = self.desk.act(by, ReleaseCounter(counter_id=duty.counter_id))
        return answer if isinstance(answer, Refusal) else None

    def change_pin(self, session: Session, old: str, new: str) -> Session | Refusal:
        """Set one's own PIN."""
        shown = accounts.sign_in(self.desk, session.actor.staff_id, old, "unlock")
        if isinstance(shown, Refusal):
            return shown
        answer = accounts.change_pin(self.desk, session.actor, session.actor.staff_id, new)
        return answer if isinstance(answer, Refusal) else session

    def seats(self, session: Session) -> Seats:
        """Return the counters."""
        self.desk.refresh()
        names = accounts.staff_names(self.desk)
        setups = sorted(self.desk.rules.company.counters.values(), key=lambda one: one.number)
        own = self.desk.hall.counter_of(session.actor.staff_id)
        return Seats(
            tuple(self._row(setup, names) for setup in setups),
            own.counter_id if own else None,
            own is not None and own.session_id == session.session_id,
            days.closed_today(self.desk),
        )

    def _row(self, setup: CounterSetup, names: dict[str, str]) -> SeatRow:
        duty = self.desk.hall.duty(setup.id)
        ticket = self.desk.hall.ticket_at(setup.id)
        since = duty.paused_since or duty.since
        return SeatRow(
            counter_id=setup.id,
            number=setup.number,
            name=setup.name,
            tiers=setup.tiers,
            serves_others=setup.serves_others,
            staff_id=duty.staff_id,
            staff_name=names.get(duty.staff_id, "") if duty.staff_id else "",
            device=duty.device,
            paused=duty.paused,
            since=since.timestamp() if since else None,
            serving=ticket.number if ticket else None,
        )

    def take(self, session: Session, counter_id: str, *, take_over: bool) -> Seats | Refusal:
        """Sit down at a counter."""
        answer = self.desk.act(
            session.actor,
            TakeCounter(counter_id=counter_id, session_id=session.session_id, take_over=take_over),
        )
        return answer if isinstance(answer, Refusal) else self.seats(session)

    def leave(self, session: Session) -> Seats | Refusal:
        """Get up from one's counter."""
        return self._release(session, session.actor) or self.seats(session)

    def watch(self, session: Session | None) -> Seats | None:
        """Read what other processes did; answers with the seats when somebody is signed in."""
        if self._step is not None:
            self._step()
        self.desk.refresh()
        note_late_due(self.desk)
        if session is None:
            return None
        own = self.desk.hall.counter_of(session.actor.staff_id)
        here = own is not None and own.session_id == session.session_id
        return Seats((), own.counter_id if own else None, here, days.closed_today(self.desk))

    def work(self, session: Session) -> Work:
        """Return what the person's screens work with."""
        desk, actor = self.desk, session.actor
        # The door of whoever worked here before is used on: closing it belongs to its own thread.
        known = self._search
        self._search = CustomerSearch(desk, actor, known.twin if known else Twin(self._open_twin))
        return Work(
            hall=CounterDesk(desk, actor),
            tickets=TicketWork(desk, actor, self._printer),
            search=self._search,
            customers=CustomerWork(desk, actor),
            day=DayWork(desk, actor),
            contradictions=ContradictionWork(desk, actor),
            dispatch=DispatchWork(desk, actor),
            book=DeskBook(desk, actor),
            receptions=ReceptionWork(desk, actor),
            arrangements=ArrangementWork(desk, actor),
            requests=RequestWork(desk, actor, self._paper),
            diversions=DiversionWork(desk, actor),
        )

    def close(self) -> None:
        """Let go of the store."""
        if self._search is not None:
            self._search.close()
        self.desk.close()
