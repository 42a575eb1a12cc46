"""The end of day (日结): settle what is open, look at the figures, close."""

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.views import Moment, TicketRow
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import SettleReason, TicketState, UndoReason
from hallterm.screens.base import HallScreen
from hallterm.screens.commands.end_of_day import END_OF_DAY_KEYS, EndOfDayState
from hallterm.screens.day_history import DayHistoryScreen
from hallterm.screens.end_of_day_figures import FiguresTable
from hallterm.screens.reasons import ask_reason
from hallterm.screens.ticket_desk_pick import ticket_line
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.line_list import LineList
from hallterm.screens.widgets.news import Tone
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.refusals import explain
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.screens.end_of_day_work import DayWork, Settled, Today

_AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})

_BY_THE_NEXT_DAY = frozenset({SettleReason.LEFT_OPEN})
"""Reasons that no person gives."""


def reasons() -> list[SettleReason]:
    """Return the reasons that a manager gives, in the order of their digits."""
    return [reason for reason in SettleReason if reason not in _BY_THE_NEXT_DAY]


def _standing(today: "Today") -> str:
    if today.day is not None and today.day > today.date:
        ahead = _("! 比今天（{date}）晚，时钟错过：按 F7 开今天")
        if not today.closed:
            ahead = _("! 比今天（{date}）晚，时钟错过：先日结，再按 F7 开今天")
        return ahead.format(date=today.date)
    if today.opens is not None and today.opens != today.day:
        return _("! 今天是 {date}，隔得久：核对时钟后按 F7 开今天").format(date=today.date)
    if today.opens is not None:
        return _("今天已经日结，可以按 F7 重开")
    return _("今天还没有开始营业") if today.closed else _("都办完了，可以按 F10 日结")


def _opening_question(today: "Today", opens: date) -> tuple[str, str, str]:
    """Return what is asked before today is opened: question, what Enter does, note."""
    last = today.day
    if last is None or last == opens:
        note = _("号码接着排；窗口都已让出，各人要重新坐到窗口。")
        return _("重开今天？"), _("重开"), note
    if last > opens:
        note = _("最近的营业日 {last} 比今天晚，那时的时钟不对。今天发过的号码接着排。")
    else:
        note = _("上个营业日是 {last}，隔了 {days} 天。请先核对时钟。")
    words = note.format(last=last, days=(opens - last).days)
    return _("开 {day}？").format(day=opens), _("开这一天"), words


def _at_counter_question(rows: list[TicketRow]) -> str:
    standing = joined(
        _("{number} 正在 {counter} 号窗口（{state}）").format(
            number=row.number, counter=row.counter, state=term(row.state)
        )
        for row in rows
    )
    return _("{standing}，仍要结掉？").format(standing=standing)


class EndOfDayScreen(HallScreen[EndOfDayState]):
    """For managers; the domain refuses everybody else."""

    KEYS = END_OF_DAY_KEYS
    CSS_PATH = [sheet("lines"), sheet("end_of_day")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#left"

    def __init__(self, work: "DayWork") -> None:
        super().__init__()
        self.work = work
        self.today: Today | None = None

    @property
    def state(self) -> EndOfDayState:
        """What is open."""
        today = self.today
        return EndOfDayState(
            cursor=self._list.cursor is not None,
            left=len(today.left) if today else 0,
            closed=today is None or today.closed,
            undoable=today.undoable if today else "",
            opens=today is not None and today.opens is not None,
        )

    def digits_mean(self) -> str:
        """Say that digits give the reason, while there is something to settle."""
        return _("原因") if self._list.cursor is not None else ""

    def compose_body(self) -> ComposeResult:
        """Yield what is open, the reasons, the figures."""
        yield Static(id="day-head", markup=False)
        yield LineList(ticket_line, id="left")
        legend = "   ".join(f"{place} {term(r)}" for place, r in enumerate(reasons(), 1))
        words = _(" 没办完的原因   {reasons}").format(reasons=legend)
        yield Static(words, id="reasons", markup=False)
        yield FiguresTable()

    @property
    def _list(self) -> "LineList[TicketRow]":
        return self.query_one("#left", LineList)

    def on_mount(self) -> None:
        """Read the day."""
        super().on_mount()
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Read the day again when others have changed it."""
        super().tick(moment)
        if self.is_mounted:
            self.reload()

    def reload(self) -> None:
        """Read the day, unless that is under way."""
        if not any(w.group == "day" and not w.is_finished for w in self.workers):
            self.run_worker(self._reload(), group="day")

    async def _reload(self) -> None:
        if self.today is None or await self.ask(self.work.changed):
            await self._read()

    async def _read(self) -> None:
        today = await self.ask(self.work.today)
        if today is None:
            return
        self.today = today
        day = today.day.isoformat() if today.day else "-"
        words = _standing(today)
        count = len(today.left)
        standing = _("没办完 {count} 张").format(count=count) if count else words
        expected = _("预约没到 {count} 位").format(count=today.expected) if today.expected else ""
        head = "   ".join(filter(None, [f" {day}", standing, expected]))
        self.query_one("#day-head", Static).update(head)
        self.query_one("#reasons").display = bool(count)
        self._list.replace(today.left, "", keep=True, same=lambda row: row.ticket_id)
        self.query_one(FiguresTable).show(today.figures, today.targets)
        self.refresh_keys()

    # Settling

    def digit(self, digit: str) -> bool:
        """Settle the ticket under the cursor for the reason of this number."""
        self.run_worker(self._settle_by(digit), group="commands")
        return True

    async def _settle_by(self, digit: str) -> None:
        async with self._turn:
            row, offered = self._list.cursor, reasons()
            place = int(digit) - 1
            if row is not None and 0 <= place < len(offered):
                await self._settle_unless_served([row], offered[place])

    async def do_settle(self) -> None:
        """Ask why the ticket under the cursor stays undone."""
        row = self._list.cursor
        if row is None:
            return
        reason = await self._ask_why(_("{number} 没办完，为什么？").format(number=row.number))
        if reason is not None:
            await self._settle_unless_served([row], reason)

    async def _settle_unless_served(self, rows: list[TicketRow], reason: SettleReason) -> None:
        """Settle, but ask first when a customer stands at a counter with one of the tickets."""
        await self._read()
        chosen = {row.ticket_id for row in rows}
        open_now = self.today.left if self.today else ()
        served = [row for row in open_now if row.ticket_id in chosen and row.state in _AT_COUNTER]
        if served:
            question = _at_counter_question(served)
            note = _("客户可能还在窗口。结掉以后，窗口上就没有这张票了。")
            if not await self.app.push_screen_wait(Confirm(question, _("结掉"), note)):
                return
        await self._settle(rows, reason)

    async def do_settle_all(self) -> None:
        """Ask one reason for all tickets of the same state, and once more before doing it."""
        row = self._list.cursor
        if row is None or self.today is None:
            return
        same = [other for other in self.today.left if other.state is row.state]
        words = _("“{state}”的 {count} 张").format(state=term(row.state), count=len(same))
        reason = await self._ask_why(_("{which}没办完，为什么？").format(which=words))
        if reason is None:
            return
        question = _("{which}都按“{reason}”结掉？").format(which=words, reason=term(reason))
        numbers = joined(other.number for other in same)
        if row.state in _AT_COUNTER:
            numbers = _at_counter_question(same)
        if await self.app.push_screen_wait(Confirm(question, _("结掉"), numbers)):
            # Somebody may have been called to a counter since the list was made.
            asked = row.state in _AT_COUNTER
            await (self._settle if asked else self._settle_unless_served)(same, reason)

    async def _ask_why(self, title: str) -> SettleReason | None:
        return await ask_reason(self.app, title, SettleReason, without=_BY_THE_NEXT_DAY)

    async def _settle(self, rows: list[TicketRow], reason: SettleReason) -> None:
        settled = await self.ask(self.work.settle, [row.ticket_id for row in rows], reason)
        await self._read()
        if settled is not None:
            self._tell(settled, rows, reason)

    def _tell(self, settled: "Settled", rows: list[TicketRow], reason: SettleReason) -> None:
        if settled.refused:
            number, refusal = settled.refused[0]
            words = _("{number} 不能结：{why}").format(number=number, why=explain(refusal))
            if len(settled.refused) > 1:
                words += _("（共 {count} 张）").format(count=len(settled.refused))
            self.say(words, Tone.REFUSED)
        elif len(rows) == 1:
            words = _("{number} 已结：{reason}。")
            self.say(words.format(number=rows[0].number, reason=term(reason)), Tone.DONE)
        else:
            words = _("已结 {count} 张：{reason}。")
            self.say(words.format(count=settled.done, reason=term(reason)), Tone.DONE)

    async def do_undo(self) -> None:
        """Take back the last action, with a reason."""
        what = self.today.undoable if self.today else ""
        title = _("撤销“{what}”，原因？").format(what=what)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason is not None and await self.ask(self.work.undo, reason) is not None:
            await self._read()
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)

    # Closing

    async def do_close(self) -> None:
        """Ask, then close the day."""
        if self.today is None or self.today.day is None:
            return
        question = _("日结 {day}？").format(day=self.today.day.isoformat())
        note = _("所有窗口随即让出，明天号码从头排；这一天以后仍可查看。")
        now, closes = self.moment.local, self.today.closes
        if closes is not None and now.time() < closes and now.date() == self.today.day:
            early = _("! 还没到下班时间：现在 {now}，营业到 {closes}。日结以后今天不能再取号。")
            note = f"{early.format(now=f'{now:%H:%M}', closes=f'{closes:%H:%M}')}\n{note}"
        if not await self.app.push_screen_wait(Confirm(question, _("日结"), note)):
            return
        answer = await self.ask(self.work.close, self.today.day)
        if answer is not None and not isinstance(answer, Refusal):
            await self._read()
            self.say(_("已经日结，辛苦了。"), Tone.DONE)

    async def do_open_today(self) -> None:
        """Ask, then open today."""
        if self.today is None or self.today.opens is None:
            return
        question, button, note = _opening_question(self.today, self.today.opens)
        if not await self.app.push_screen_wait(Confirm(question, button, note)):
            return
        if await self.ask(self.work.open_today) is not None:
            await self._read()
            self.say(_("今天重新营业。"), Tone.DONE)

    async def do_earlier(self) -> None:
        """Go to the earlier days."""
        await self.app.push_screen(DayHistoryScreen(self.work))
