"""The appointments of a day (预约): by time, with a line at now; one key an arrival."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from hallterm.desk.arrangement_views import AppointmentRow, DayPage, SlotRow
from hallterm.desk.views import Moment
from hallterm.domain.appointment.words import AppointmentState, CancelReason
from hallterm.domain.ticket.words import UndoReason
from hallterm.screens.arrangement_card import appointment_card
from hallterm.screens.arranging import Arranging
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import fit, fit_customer, plain, width
from hallterm.screens.commands.appointment import APPOINTMENTS_KEYS, AppointmentsState
from hallterm.screens.customer_reach import flow_of
from hallterm.screens.reasons import ask_reason
from hallterm.screens.slot_picker import SlotPicker, slot_state
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.actions import action_word
from hallterm.words.days import day_words
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.tickets import Issued
    from hallterm.screens.arrangement_work import ArrangementWork

_TIME, _TIER, _CUSTOMER, _BUSINESS, _STATE = 13, 8, 20, 12, 16
_HOUR_DIGITS = 2
_EXPECTED = (AppointmentState.BOOKED, AppointmentState.LATE)


@dataclass(frozen=True, slots=True)
class NowLine:
    """The line between what was and what comes."""

    time: str


Item = AppointmentRow | NowLine


class AppointmentsScreen(HallScreen[AppointmentsState]):
    """One line an appointment."""

    KEYS = APPOINTMENTS_KEYS
    CSS_PATH = [sheet("lines"), sheet("appointment")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#appointments"

    def __init__(self, work: "ArrangementWork") -> None:
        super().__init__()
        self.work = work
        self._page: DayPage | None = None
        self._day: date | None = None
        """The day shown; None: today, whichever it is."""
        self._narrowed = False
        self._typed = ""
        self._minute = ""

    @property
    def state(self) -> AppointmentsState:
        """The appointment under the cursor."""
        row = self._row
        late = row is not None and self.moment.local > row.late_after
        today = self._page is not None and self._page.day == self._page.today
        return AppointmentsState(row, today, late, self._narrowed)

    @property
    def _list(self) -> "LineList[Item]":
        return self.query_one("#appointments", LineList)

    @property
    def _row(self) -> AppointmentRow | None:
        under = self._list.cursor
        return under if isinstance(under, AppointmentRow) else None

    def digits_mean(self) -> str:
        """Two digits go to an hour."""
        return _("几点") if self._list.items else ""

    def compose_body(self) -> ComposeResult:
        """Yield the day, its appointments and its slots."""
        yield Static(id="day-head", markup=False)
        with Container(id="day-panes"):
            yield LineList(
                self._line, _heading, _("这一天没有预约，按 F2 约一个"), id="appointments"
            )
            yield LineList(_free_line, _free_heading, steady=False, id="free")

    def on_mount(self) -> None:
        """Read today."""
        super().on_mount()
        self.query_one("#free", LineList).can_focus = False
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and what others have done."""
        super().tick(moment)
        if self.is_mounted:
            self.reload()

    def reload(self) -> None:
        """Read the day again, unless that is under way."""
        if not any(w.group == "day" and not w.is_finished for w in self.workers):
            self.run_worker(self._read(), group="day")

    async def _read(self) -> None:
        page = await self.ask(self.work.day, self._day or self.work.today())
        minute = f"{self.moment.local:%H:%M}"
        if page is None or (page == self._page and minute == self._minute):
            self.refresh_keys()
            return
        first = self._page is None or self._page.day != page.day
        self._page, self._minute = page, minute
        self._show(page, first=first)

    def _show(self, page: DayPage, *, first: bool) -> None:
        rows = [r for r in page.rows if not self._narrowed or r.state in _EXPECTED]
        items: list[Item] = list(rows)
        place = next((n for n, r in enumerate(rows) if r.begins > self.moment.local), len(rows))
        if page.day == page.today and rows:
            items.insert(place, NowLine(self._minute))
        begins = first or not self._list.items
        self._list.replace(items, keep=not begins, same=_same)
        if begins and items:
            coming = next((n for n, r in enumerate(items) if _still(r)), 0)
            self._list.action_move(coming)
        self.query_one("#free", LineList).replace(page.slots, keep=True)
        self.query_one("#day-head", Static).update(_head(page))
        self.refresh_keys()

    def _line(self, item: Item, cells: int) -> Sequence[Cell]:
        if isinstance(item, NowLine):
            words = _("-- 现在 {time} ").format(time=item.time)
            return [(words + "-" * max(cells - width(words), 0), "strong")]
        rest = max(cells - _TIME - _TIER - _CUSTOMER - _BUSINESS - _STATE, 0)
        gone = item.state in (AppointmentState.CANCELLED, AppointmentState.MISSED)
        word, look = self._standing(item)
        value = "label" if gone else "value"
        return [
            (fit(f"{item.begins:%H:%M}-{item.ends:%H:%M}", _TIME), "label" if gone else "strong"),
            (fit(tier_and_grade(item.tier, item.grade), _TIER), value),
            (fit_customer(plain(item.customer), _CUSTOMER - 1) + " ", value),
            (fit(plain(item.business), _BUSINESS), value),
            (fit(word, _STATE), look),
            (fit(plain(item.remark), rest), "label"),
        ]

    def _standing(self, row: AppointmentRow) -> tuple[str, str]:
        """Return word and style of how an appointment stands."""
        match row.state:
            case AppointmentState.LATE:
                late = int((self.moment.local - row.begins).total_seconds() // 60)
                return _("! 迟到 {minutes} 分").format(minutes=late), "overdue"
            case AppointmentState.ARRIVED:
                sign = "✓" if row.kept else "!"
                return f"{sign} {term(row.state)} {row.number}", "in-time" if row.kept else "short"
            case AppointmentState.MISSED:
                return f"✗ {term(row.state)}", "short"
            case AppointmentState.CANCELLED:
                return f"✗ {term(row.state)}", "label"
            case _ if row.over:
                return _("! 超约 {count} 位").format(count=row.over), "overdue"
            case _:
                return term(row.state), "value"

    @on(LineList.Moved)
    def line_moved(self) -> None:
        """Show the keys that work for the line under the cursor."""
        self.refresh_keys()

    def digit(self, digit: str) -> bool:
        """Go to the first appointment of the hour typed."""
        self._typed = (self._typed + digit)[-_HOUR_DIGITS:]
        if len(self._typed) == _HOUR_DIGITS:
            hour = int(self._typed)
            self._typed = ""
            later = (
                n
                for n, one in enumerate(self._list.items)
                if isinstance(one, AppointmentRow) and one.begins.hour >= hour
            )
            place = next(later, None)
            if place is not None:
                self._list.action_move(place - self._list.index)
        return True

    # Keys

    async def do_look(self) -> None:
        """Show all about the appointment."""
        if self._row is not None:
            await self.app.push_screen_wait(appointment_card(self._row))

    async def do_book(self) -> None:
        """Book for a customer, beginning with the day shown."""
        if await Arranging(self, self.work, day=self._day).book():
            await self._read()

    async def do_arrive(self) -> None:
        """Issue the ticket of the customer under the cursor."""
        row = self._row
        if row is None or not await self._comes_now(row):
            return
        answer = await self.ask(self.work.arrive, row.appointment_id)
        if answer is None:
            return
        issued = cast("Issued", answer)
        await self._read()
        ticket = issued.ticket
        if ticket.appointed_at:
            words = _("已取号 {number}，按约定时间 {time} 起算。")
        else:
            words = _("已取号 {number}；不在约定时间前后，从现在起算。")
        self.say(words.format(number=ticket.number, time=f"{row.begins:%H:%M}"), Tone.DONE)
        flow = flow_of(self)
        if flow is not None:
            flow.print(issued)

    async def _comes_now(self, row: AppointmentRow) -> bool:
        """Ask about somebody who comes long before the time: the appointment would be used up."""
        if self.moment.local >= row.early_from:
            return True
        choices = [
            Choice("now", _("现在取号"), _("从现在起算，预约就用掉了")),
            Choice("later", _("先不取"), _("客户等到约定时间前后，到时再按 F3")),
        ]
        title = _("约的是 {time}，现在就取号？").format(time=f"{row.begins:%H:%M}")
        return await self.app.push_screen_wait(Picker(title, choices)) == "now"

    async def do_change(self) -> None:
        """Move the appointment to another slot."""
        row = self._row
        if row is None:
            return
        title = _("{customer}  {business}  改到几点？").format(
            customer=plain(row.customer), business=row.business
        )
        slots = partial(self.work.slots, tier=row.tier, but=row.appointment_id)
        note = _("现在约的是 {time}。").format(time=f"{row.begins:%m-%d %H:%M}")
        days = (self.work.today(), self.work.last_day())
        at = await self.app.push_screen_wait(SlotPicker(title, slots, days, note, row.day))
        if at is not None and await self.ask(self.work.change, row, at) is not None:
            await self._read()
            local = at.astimezone(self.moment.local.tzinfo)
            self.say(_("已改到 {time}。").format(time=f"{local:%m-%d %H:%M}"), Tone.DONE)

    async def do_miss(self) -> None:
        """Note that the customer did not come."""
        row = self._row
        if row is not None and await self.ask(self.work.miss, row.appointment_id) is not None:
            await self._read()
            self.say(_("记为爽约。来了照样按 F3 取号。"), Tone.DONE)

    async def do_cancel(self) -> None:
        """Call the appointment off, with a reason."""
        row = self._row
        if row is None:
            return
        title = _("为什么取消 {time} 的预约？").format(time=f"{row.begins:%H:%M}")
        reason = await ask_reason(self.app, title, CancelReason)
        if reason and await self.ask(self.work.cancel, row.appointment_id, reason) is not None:
            await self._read()
            self.say(_("已取消。F8 可以撤销。"), Tone.DONE)

    async def do_undo(self) -> None:
        """Take the last step back, with a reason."""
        row = self._row
        if row is None:
            return
        what = action_word(row.undoable)
        title = _("撤销“{what}”，原因？").format(what=what)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason and await self.ask(self.work.undo, row.appointment_id, reason) is not None:
            await self._read()
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)

    async def do_narrow(self) -> None:
        """List only those still to come, or all again."""
        self._narrowed = not self._narrowed
        if self._page is not None:
            self._show(self._page, first=False)

    async def do_day_before(self) -> None:
        """Show the day before."""
        await self._turn_over(-1)

    async def do_day_after(self) -> None:
        """Show the next day."""
        await self._turn_over(1)

    async def _turn_over(self, by: int) -> None:
        day = (self._day or self.work.today()) + timedelta(days=by)
        self._day = None if day == self.work.today() else day
        await self._read()

    async def do_customer(self) -> None:
        """Open the customer's record."""
        row, flow = self._row, flow_of(self)
        if row is not None and flow is not None:
            flow.show_customer(row.person_id)


def _still(item: Item) -> bool:
    return isinstance(item, AppointmentRow) and item.state in _EXPECTED


def _same(item: Item) -> object:
    return item.appointment_id if isinstance(item, AppointmentRow) else NowLine


def _head(page: DayPage) -> str:
    parts = [_(" {day}").format(day=day_words(page.day, page.today))]
    for state in AppointmentState:
        count = sum(row.state is state for row in page.rows)
        if count or state is AppointmentState.BOOKED:
            parts.append(f"{term(state)} {count}")
    crowded = {row.begins for row in page.rows if row.over}
    if crowded:
        parts.append(_("! 超约的时段 {count}").format(count=len(crowded)))
    free = sum(slot.open for slot in page.slots)
    parts.append(_("VIP 可约 {count}").format(count=free))
    return "  ".join(parts)


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        (_("时间"), _TIME),
        (_("级别"), _TIER),
        (_("客户"), _CUSTOMER),
        (_("业务"), _BUSINESS),
        (_("状态"), _STATE),
    )
    return heading(names, _("备注"), cells)


def _free_heading(cells: int) -> Sequence[Cell]:
    return [(fit(_("VIP 时段"), cells), "label")]


def _free_line(slot: SlotRow, cells: int) -> Sequence[Cell]:
    word, look = slot_state(slot)
    time = f"{slot.begins:%H:%M}-{slot.ends:%H:%M}"
    places = _("余 {free}，共 {places}").format(free=slot.free, places=slot.places)
    return [
        (fit(time, _TIME), look),
        (fit(word, 9), look),
        (fit("" if slot.past else places, max(cells - _TIME - 9, 0)), "label"),
    ]
