"""A question for a slot: the day's half hours, free, full or past; other days by F5 and F6."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.arrangement_views import SlotRow
from hallterm.screens.cells import fit
from hallterm.screens.commands.appointment import SLOT_KEYS
from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.dialog import Dialog
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.news import Tone
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.days import day_words

_TIME, _STATE = 15, 10
_HOUR_DIGITS = 2


class SlotPicker(Dialog[datetime | None, None]):
    """Answers the begin of a free slot; Esc answers None.

    slots: desk work that returns the slots of a day. days: the first and the last day.
    """

    KEYS = (TAKE, *SLOT_KEYS, CANCEL)
    CSS_PATH = [sheet("lines"), sheet("appointment")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#slots"

    def __init__(
        self,
        title: str,
        slots: Callable[[date], Sequence[SlotRow]],
        days: tuple[date, date],
        note: str = "",
        begin: date | None = None,
    ) -> None:
        super().__init__(title, note)
        self._slots = slots
        self._days = days
        self._day = min(max(begin or days[0], days[0]), days[1])
        self._typed = ""

    @property
    def state(self) -> None:
        """The keys of the picker always work."""
        return

    def digits_mean(self) -> str:
        """Two digits go to an hour."""
        return _("几点")

    def compose_body(self) -> ComposeResult:
        """Yield the day and its slots."""
        yield Static(id="slot-day", markup=False)
        empty = _("这一天没有可约的时段")
        yield LineList(_slot_line, None, empty, id="slots")

    @property
    def _list(self) -> "LineList[SlotRow]":
        return self.query_one("#slots", LineList)

    def on_mount(self) -> None:
        """Show the first day, or the next one that has room."""
        super().on_mount()
        self.run_worker(self._show(look_on=True), group="slots")

    async def _show(self, *, look_on: bool = False) -> None:
        first = self._day
        slots = await self.ask(self._slots, self._day)
        while look_on and slots is not None and not _any_open(slots) and self._day < self._days[1]:
            self._day += timedelta(days=1)
            slots = await self.ask(self._slots, self._day)
        if slots is None:
            return
        if look_on and not _any_open(slots):
            self._day, slots = first, await self.ask(self._slots, first) or ()
        self._list.replace(slots)
        self._list.action_move(next((n for n, one in enumerate(slots) if one.open), 0))
        free = sum(one.open for one in slots)
        words = _(" {day}   还有 {count} 个时段可约").format(
            day=day_words(self._day, self._days[0]), count=free
        )
        self.query_one("#slot-day", Static).update(words)

    def digit(self, digit: str) -> bool:
        """Go to the first slot of the hour typed."""
        self._typed = (self._typed + digit)[-_HOUR_DIGITS:]
        if len(self._typed) == _HOUR_DIGITS:
            hour = int(self._typed)
            self._typed = ""
            items = self._list.items
            place = next((n for n, one in enumerate(items) if one.begins.hour >= hour), None)
            if place is not None:
                self._list.action_move(place - self._list.index)
        return True

    async def do_day_before(self) -> None:
        """Show the day before."""
        await self._turn_over(-1)

    async def do_day_after(self) -> None:
        """Show the next day."""
        await self._turn_over(1)

    async def _turn_over(self, by: int) -> None:
        wanted = self._day + timedelta(days=by)
        if self._days[0] <= wanted <= self._days[1]:
            self._day = wanted
            await self._show()
        else:
            self.say(_("只能约今天到 {last}。").format(last=f"{self._days[1]:%m-%d}"), Tone.REFUSED)

    async def do_take(self) -> None:
        """Answer with the slot under the cursor, if it is free."""
        slot = self._list.cursor
        if slot is None:
            return
        if slot.open:
            self.dismiss(slot.at)
        else:
            words = _("这个时段已经过去。") if slot.past else _("这个时段已经约满。")
            self.say(words, Tone.REFUSED)


def _any_open(slots: Sequence[SlotRow]) -> bool:
    return any(one.open for one in slots)


def slot_state(slot: SlotRow) -> tuple[str, str]:
    """Return word and style of a slot."""
    if slot.past:
        return _("已过"), "label"
    if slot.over:
        return _("! 超约 {count}").format(count=slot.over), "overdue"
    if slot.free == 0:
        return _("✗ 已满"), "short"
    return _("✓ 可约"), "strong"


def _slot_line(slot: SlotRow, cells: int) -> Sequence[Cell]:
    word, look = slot_state(slot)
    places = _("余 {free}，共 {places}").format(free=slot.free, places=slot.places)
    return [
        (fit(f"{slot.begins:%H:%M}-{slot.ends:%H:%M}", _TIME), look),
        (fit(word, _STATE), look),
        (fit("" if slot.past else places, max(cells - _TIME - _STATE, 0)), "label"),
    ]
