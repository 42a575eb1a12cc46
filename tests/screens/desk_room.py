"""A founded hall with customers, and the screens of the ticket desk on it; time stands still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import persons
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import Issued
from hallterm.desk.views import Moment
from hallterm.domain.actor import Actor
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.screens.app import HalltermApp
from hallterm.screens.customer import CustomerScreen
from hallterm.screens.customer_search import CustomerSearch
from hallterm.screens.customer_work import CustomerWork
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.end_of_day import EndOfDayScreen
from hallterm.screens.end_of_day_work import DayWork
from hallterm.screens.shell import Bars, Link, Shell, Standing
from hallterm.screens.ticket_desk import TicketDeskScreen
from hallterm.screens.ticket_desk_work import TicketWork
from tests.support.hall import enter
from tests.support.rulebook import GREETER, STORE_MANAGER

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
        self.search = CustomerSearch(self.desk, actor, lambda: self.twin)

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

    def app(
        self, first: Callable[[], Screen[None]], theme: str = "dark", bars: Bars = Bars.PAINT
    ) -> HalltermApp:
        standing = Standing("测试厅", "", f"林静 {self.actor.staff_id}", Link.ALONE, 0)
        clock = RoomClock(self.clock, self.desk)
        shell = Shell(clock, DeskRunner(), standing, bars=bars, ticking=False)
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


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each followed by its effect."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def shown(pilot: Pilot[None]) -> str:
    """All the text on the screen, line by line."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)
