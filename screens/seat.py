"""The choice of a counter: which are free, who sits at the others, and one's own from before."""

import asyncio
from typing import Any, ClassVar

from textual.app import ComposeResult

from hallterm.desk.views import Moment
from hallterm.screens.base import HallScreen
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.entrance import SEAT_KEYS, SeatState
from hallterm.screens.entrance_port import SeatRow, Seats
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.seat_list import SeatList
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.terms import counter_word


class SeatScreen(HallScreen[SeatState]):
    """Takes a counter by its number.

    news: a sentence from whoever led here.
    """

    KEYS: ClassVar[tuple[Command[Any], ...]] = SEAT_KEYS
    CSS_PATH = sheet("seat")
    AUTO_FOCUS = "SeatList"

    def __init__(self, news: str = "") -> None:
        super().__init__()
        self._news = news
        self._seats: Seats | None = None
        self._known = asyncio.Event()
        """Set when the counters have been read, or could not be."""
        self._early = ""
        """Digits that were typed before."""
        self._typed = ""
        self._unknown = ""
        """A number that was typed and that no counter has; until another choice, none is made."""

    @property
    def state(self) -> SeatState:
        """What can be done with the counter under the cursor."""
        seats = self._seats
        row = self.query_one(SeatList).cursor_row
        why_not = _no_such(self._unknown) if self._unknown else _why_not(seats, row)
        elsewhere = seats is not None and seats.own is not None and not seats.held_here
        return SeatState(not why_not, why_not, elsewhere, seats is not None and seats.held_here)

    def digits_mean(self) -> str:
        """Digits are the number above the counter."""
        return _("窗口号")

    def compose_body(self) -> ComposeResult:
        """Yield the counters."""
        yield SeatList()

    def on_mount(self) -> None:
        """Read the counters."""
        if self._news:
            self.say(self._news, Tone.REFUSED)
        self.read()

    def read(self) -> None:
        """Ask the desk for the counters, unless an answer is under way."""
        if not any(w.group == "read" and not w.is_finished for w in self.workers):
            self.run_worker(self._read(), group="read")

    async def _read(self) -> None:
        session, entrance = self.shell.session, self.shell.entrance
        if session is None or entrance is None:
            return
        seats = await self.ask(entrance.seats, session)
        if seats is not None and not self.left:
            self._take_in(seats)
        self._known.set()

    def _take_in(self, seats: Seats) -> None:
        first = self._seats is None
        if seats.closed_today and not (self._seats and self._seats.closed_today):
            self.say(_closed_today(), Tone.REFUSED)
        self._seats = seats
        shown = self.query_one(SeatList)
        shown.show(seats)
        if first:
            shown.put_on(_first_choice(seats))
            if seats.own is not None and not seats.held_here and not self._news:
                own = next(row for row in seats.rows if row.counter_id == seats.own)
                self.say(_still_yours(own), Tone.REFUSED)
            for digit in self._early:
                self.digit(digit)
        self.refresh_keys()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and who has come or gone."""
        super().tick(moment)
        for shown in self.query(SeatList):
            shown.tick(moment)
        if self.is_mounted and self._seats is not None:
            self.read()

    def digit(self, digit: str) -> bool:
        """Put the cursor on the counter with this number; two digits within a number."""
        if self._seats is None:
            self._early += digit
            return True
        shown = self.query_one(SeatList)
        for typed in (self._typed + digit, digit):
            if shown.put_on_number(int(typed)):
                self._typed, self._unknown = typed, ""
                self.refresh_keys()
                return True
        self._typed, self._unknown = "", digit
        self.say(_no_such(digit), Tone.REFUSED)
        self.refresh_keys()
        return True

    def on_seat_list_moved(self) -> None:
        """Show the keys that work for the counter under the cursor."""
        self._typed = self._unknown = ""
        self.refresh_keys()

    async def do_take(self) -> None:
        """Sit down at the counter under the cursor, once the counters are known."""
        if self._seats is None:
            await self._known.wait()
            if why_not := self.state.why_not:
                self.say(why_not, Tone.REFUSED)
                return
        row, seats = self.query_one(SeatList).cursor_row, self._seats
        if row is None or seats is None:
            return
        if seats.own == row.counter_id and not seats.held_here:
            await self.do_take_over()
            return
        if seats.held_here and seats.own == row.counter_id:
            self.passage.sat_down(counter_word(row.number, row.name))
            return
        if seats.held_here and not await self._leave():
            return
        await self._sit(row, take_over=False)

    async def do_take_over(self) -> None:
        """Take one's own counter over from an earlier sign-in."""
        seats = self._seats
        own = next((r for r in seats.rows if r.counter_id == seats.own), None) if seats else None
        if own is None:
            return
        question = _("接管 {number} 号窗口？").format(number=own.number)
        if await self.app.push_screen_wait(Confirm(question, _("接管"), _still_yours(own))):
            await self._sit(own, take_over=True)

    async def _sit(self, row: SeatRow, *, take_over: bool) -> None:
        session, entrance = self.shell.session, self.shell.entrance
        if session is None or entrance is None:
            return
        seats = await self.ask(entrance.take, session, row.counter_id, take_over=take_over)
        if seats is not None:
            self.passage.sat_down(counter_word(row.number, row.name))
        else:
            self.read()

    async def do_leave(self) -> None:
        """Get up from one's counter."""
        if await self._leave():
            self.say(_("已让出窗口。"), Tone.DONE)

    async def _leave(self) -> bool:
        session, entrance = self.shell.session, self.shell.entrance
        if session is None or entrance is None:
            return False
        seats = await self.ask(entrance.leave, session)
        if not isinstance(seats, Seats):
            return False
        self.passage.got_up()
        self._take_in(seats)
        return True

    async def do_without(self) -> None:
        """Look at the board without a counter."""
        self.passage.go("board")


def _first_choice(seats: Seats) -> str | None:
    """Return the counter to begin on: one's own, else the first free one."""
    free = (row.counter_id for row in seats.rows if row.staff_id is None)
    return seats.own or next(free, None)


def _why_not(seats: Seats | None, row: SeatRow | None) -> str:
    if seats is None:
        return ""  # Enter waits for them
    if row is None:
        return _("还没有窗口。")
    if seats.closed_today:
        return _closed_today()
    if row.staff_id is not None and row.counter_id != seats.own:
        return _("{number} 号窗口由 {name} 使用。").format(number=row.number, name=row.staff_name)
    if seats.own not in {None, row.counter_id} and not seats.held_here:
        return _("您还占着另一个窗口，先按 F9 接管。")
    return ""


def _closed_today() -> str:
    return _("今天已经日结，不再坐窗口；经理可在日结画面重开。")


def _no_such(number: str) -> str:
    words = _("没有 {number} 号窗口，请按窗口号或用 ↑↓ 重新选。")
    return words.format(number=number)


def _still_yours(own: SeatRow) -> str:
    words = _(
        "{number} 号窗口还登记着您（终端 {device}）；重启后回来，或人已换到这里，按 F9 接管。"
    )
    return words.format(number=own.number, device=own.device or "?")
