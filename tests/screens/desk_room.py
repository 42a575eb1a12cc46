"""A founded hall with customers, and the screens of the ticket desk on it; time stands still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import calling, persons
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import Issued, TicketDraft, take
from hallterm.desk.views import Moment
from hallterm.domain.actor import Actor
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.commands import FinishService, PassOver, StartService
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import OutOfOrderReason
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.app import HalltermApp
from hallterm.screens.arrangement_work import ArrangementWork
from hallterm.screens.contradiction_work import ContradictionWork
from hallterm.screens.counter_desk import CounterDesk
from hallterm.screens.customer import CustomerScreen
from hallterm.screens.customer_search import CustomerSearch, Twin
from hallterm.screens.customer_work import CustomerWork
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.dispatching import DispatchScreen
from hallterm.screens.dispatching_work import DispatchWork
from hallterm.screens.diversion_work import DiversionWork
from hallterm.screens.end_of_day import EndOfDayScreen
from hallterm.screens.end_of_day_work import DayWork
from hallterm.screens.reception_work import ReceptionWork
from hallterm.screens.request_work import RequestWork
from hallterm.screens.setup.desk_book import DeskBook
from hallterm.screens.shell import Bars, Link, Shell, Standing
from hallterm.screens.ticket_desk import TicketDeskScreen
from hallterm.screens.ticket_desk_work import TicketWork
from hallterm.screens.widgets.news import News
from hallterm.screens.work import Work
from tests.screens.piled import pile_up
from tests.support.hall import done, enter, sit
from tests.support.rulebook import CLERK, GREETER, STORE_MANAGER

PEOPLE: dict[str, dict[str, str]] = {
    "张伟": {"phone": "13800131234", "vip_card": "V88001234", "tier": "VIP", "grade": "金卡",
             "account_manager": "3301", "brand": "全球通", "group_member": "是"},
    "单雄信": {"phone": "13900135678", "tier": "VIP", "grade": "钻石卡", "brand": "全球通"},
    "王芳": {"phone": "13700131234", "tier": "全球通", "brand": "全球通", "home": "异地"},
    "李小红": {"phone": "15012349999", "brand": "动感地带"},
    "[/b]𠮷田 😀": {"phone": "15112340000"},
    "宏达商贸有限公司": {"kind": "单位", "id_number": "91110108MA01ABCD2X", "contact": "李四"},
}  # fmt: skip


class RoomClock:
    """Shows the desk's clock; the steady seconds move with it."""

    def __init__(self, clock: ManualClock, desk: Desk) -> None:
        self._clock = clock
        self._began = clock.now()
        self._desk = desk

    def now(self) -> Moment:
        now = self._clock.now()
        return Moment(now, now.astimezone(self._desk.timezone))

    def monotonic(self) -> float:
        return (self._clock.now() - self._began).total_seconds()


class Room:
    """The hall, and what was sent to the printer."""

    def __init__(self, path: Path, clock: ManualClock, actor: Actor = GREETER) -> None:
        self.clock = clock
        self.desk = enter(path, clock)
        self.twin = enter(path, clock)
        self.actor = actor
        self.slips: list[Issued] = []
        self.printer_says = ""
        self.ids: dict[str, str] = {}
        self.work = TicketWork(self.desk, actor, self.print)
        self.customers = CustomerWork(self.desk, actor)
        self.search = CustomerSearch(self.desk, actor, Twin(lambda: self.twin))

    def print(self, issued: Issued) -> str:
        self.slips.append(issued)
        return self.printer_says

    def people(self) -> None:
        """Enter everybody of `PEOPLE`."""
        for name, raw in PEOPLE.items():
            self.person(name, **raw)

    def person(self, name: str, **raw: str) -> str:
        purpose = ConsentPurpose.SERVICE
        view = persons.record(
            self.desk, STORE_MANAGER, {"name": name, **raw}, ConsentWay.SPOKEN, purpose
        )
        assert not isinstance(view, Refusal), view
        self.ids[name] = view.person_id
        return view.person_id

    def tickets_screen(self) -> TicketDeskScreen:
        return TicketDeskScreen(self.work, self.search, self.customers)

    def customer_screen(self, name: str | None) -> CustomerScreen:
        return CustomerScreen(self.customers, self.search, self.ids[name] if name else None)

    def end_of_day(self) -> EndOfDayScreen:
        return EndOfDayScreen(DayWork(self.desk, self.actor))

    def dispatching(self) -> DispatchScreen:
        return DispatchScreen(DispatchWork(self.desk, self.actor))

    def hall_work(self) -> Work:
        """What all screens of this person work with."""
        return Work(
            hall=CounterDesk(self.desk, self.actor),
            tickets=self.work,
            search=self.search,
            customers=self.customers,
            day=DayWork(self.desk, self.actor),
            contradictions=ContradictionWork(self.desk, self.actor),
            dispatch=DispatchWork(self.desk, self.actor),
            book=DeskBook(self.desk, self.actor),
            receptions=ReceptionWork(self.desk, self.actor),
            arrangements=ArrangementWork(self.desk, self.actor),
            requests=RequestWork(self.desk, self.actor),
            diversions=DiversionWork(self.desk, self.actor),
        )

    def app(
        self, first: Callable[[], Screen[None]], theme: str = "dark", bars: Bars = Bars.PAINT
    ) -> HalltermApp:
        standing = Standing("测试厅", "", f"林静 {self.actor.staff_id}", Link.ALONE, 0)
        clock = RoomClock(self.clock, self.desk)
        shell = Shell(clock, DeskRunner(), standing, bars=bars, ticking=False)
        shell.work = self.hall_work()
        return HalltermApp(shell, first, theme)

    def close(self) -> None:
        self.desk.close()
        self.twin.close()


@contextmanager
def opened_room(path: Path, clock: ManualClock, actor: Actor = GREETER) -> Iterator[Room]:
    """A room for one test."""
    room = Room(path, clock, actor)
    try:
        yield room
    finally:
        room.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was begun is done and drawn."""
    app = pilot.app
    while True:
        await pilot.pause()
        busy = [
            worker
            for worker in app.workers
            if not worker.is_finished and not _asks(worker.group, app)
        ]
        if not busy:
            break
        await app.workers.wait_for_complete(busy)
    await pilot.pause()


def _asks(group: str, app: object) -> bool:
    """Tell whether a command stands still because a question is on the screen."""
    return group == "commands" and bool(getattr(getattr(app, "screen", None), "is_modal", False))


def still(pilot: Pilot[None]) -> None:
    """Stop cursors from blinking, so that a picture shows them whenever it is taken."""
    for field in pilot.app.screen.query("TextField"):
        field.cursor_blink = False  # type: ignore[attr-defined]  # a TextField is an Input


def typing(text: str) -> list[str]:
    """Return the keys of a text."""
    names = {"[": "left_square_bracket", "]": "right_square_bracket", "/": "slash", " ": "space"}
    return [names.get(sign, sign) for sign in text]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each followed by its effect."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Press keys all at once, as a scanner does: none waits for the effect of the one before."""
    pile_up(pilot.app, *keys)
    await settled(pilot)


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste a text into what has the focus."""
    pilot.app.post_message(events.Paste(text))
    await settled(pilot)


def said(pilot: Pilot[None]) -> str:
    """The sentence in the news line."""
    return pilot.app.screen.query_one(News).text


def shown(pilot: Pilot[None]) -> str:
    """All the text on the screen, line by line."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def pass_time(room: Room, pilot: Pilot[None], seconds: float) -> None:
    """Move the hall's clock on and tell the screens."""
    room.clock.advance(seconds)
    app = pilot.app
    assert isinstance(app, HalltermApp)
    app.tick()
    await settled(pilot)


def queue(room: Room) -> None:
    """Four customers a minute apart: V001, G001, A001, A002."""
    people: tuple[tuple[str | None, Tier, Grade | None, list[str]], ...] = (
        ("单雄信", Tier.VIP, Grade.DIAMOND, ["transfer_ownership"]),
        ("王芳", Tier.GOTONE, None, ["payment", "replace_sim"]),
        (None, Tier.STANDARD, None, ["open_account"]),
        (None, Tier.STANDARD, None, ["payment"]),
    )
    for name, tier, grade, businesses in people:
        now = room.clock.now()
        draft = TicketDraft(now, now, tier, grade, room.ids[name] if name else None)
        draft.business_ids = businesses
        assert isinstance(take(room.desk, GREETER, draft), Issued)
        room.clock.advance(60)


def morning(room: Room) -> None:
    """The queue after a while: V001 finished, G001 passed over, A001 waits, A002 is served."""
    queue(room)
    desk = room.desk
    sit(desk)
    _call(room)
    room.clock.advance(30)
    done(desk.act(CLERK, StartService(ticket_id=_current(room))))
    room.clock.advance(500)
    done(desk.act(CLERK, FinishService(ticket_id=_current(room))))
    _call(room)
    done(desk.act(CLERK, PassOver(ticket_id=_current(room))))
    done(calling.call_given(desk, CLERK, ticket_id(room, "A002"), OutOfOrderReason.QUICK_MATTER))
    done(desk.act(CLERK, StartService(ticket_id=_current(room))))
    room.clock.advance(100)


def _call(room: Room) -> None:
    done(calling.call_next(room.desk, CLERK))


def _current(room: Room) -> str:
    ticket = calling.current(room.desk, CLERK)
    assert ticket is not None
    return ticket.id


def ticket_id(room: Room, number: str) -> str:
    """The id of the ticket with this number."""
    return ticket(room, number).id


def ticket(room: Room, number: str) -> Ticket:
    """The ticket with this number."""
    room.desk.refresh()
    return next(t for t in room.desk.hall.tickets.values() if t.number == number)
