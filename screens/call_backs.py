"""Call-backs (回电): who was promised a call, until when, who makes it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.diversion_views import CallBackRow
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import UndoReason
from hallterm.screens.cells import fit, fit_customer, plain
from hallterm.screens.commands.diversion import CALL_BACK_KEYS, CallBacksState
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.reasons import ask_reason
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.screens.diversion_work import DiversionWork

_NUMBER, _TIME, _STATE, _WHO, _CUSTOMER = 6, 7, 22, 9, 20
_NO_ANSWER = "no_answer"


class CallBacksScreen(LiveListScreen[CallBacksState, CallBackRow]):
    """One line a call-back; the most urgent stands first."""

    KEYS = CALL_BACK_KEYS
    CSS_PATH = [sheet("lines"), sheet("diversion")]  # noqa: RUF012 - Textual declares it
    LIST = "call-backs"
    AUTO_FOCUS = "#call-backs"

    def __init__(self, work: "DiversionWork") -> None:
        super().__init__()
        self.work = work
        self._rows: tuple[CallBackRow, ...] = ()

    @property
    def state(self) -> CallBacksState:
        """The call-back under the cursor."""
        return CallBacksState(self.items.cursor)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几个") if self._rows else ""

    def compose_body(self) -> ComposeResult:
        """Yield how many are due, and the list."""
        yield Static(id="call-head", markup=False)
        empty = _("没有要回的电话")
        yield LineList(partial(_line, self), _heading, empty, id="call-backs")

    async def read(self) -> None:
        """Read the list."""
        rows = await self.ask(self.work.call_backs)
        if rows is None:
            return
        if rows != self._rows or not self.items.items:
            self._rows = rows
            due = sum(row.state is CallBackState.DUE for row in rows)
            words = _(" 待回电 {due}，今天了结 {ended}").format(due=due, ended=len(rows) - due)
            self.query_one("#call-head", Static).update(words)
            self.items.replace(rows, keep=True, same=lambda row: row.call_back_id)
        self.refresh_keys()

    async def do_call(self) -> None:
        """Show the number, and write down what came of the call."""
        row = self.items.cursor
        if row is None:
            return
        number = await self.ask(self.work.number_to_call, row.call_back_id)
        if number is None or isinstance(number, Refusal):
            return
        choices: list[Choice[str]] = [Choice(one.value, term(one)) for one in CallOutcome]
        choices.append(Choice(_NO_ANSWER, _("没人接"), _("过一会儿再打")))
        title = _("{number} 打 {phone}，结果？").format(number=row.number, phone=plain(number))
        note = "  ".join(filter(None, [plain(row.customer), joined(row.businesses)]))
        chosen = await self.app.push_screen_wait(Picker(title, choices, note))
        if chosen is None:
            return
        outcome = None if chosen == _NO_ANSWER else CallOutcome(chosen)
        if await self.ask(self.work.called, row.call_back_id, outcome) is not None:
            await self.read()
            word = term(outcome) if outcome else _("没人接")
            self.say(_("{number}：{word}。").format(number=row.number, word=word), Tone.DONE)

    async def do_take(self) -> None:
        """Take the call over."""
        row = self.items.cursor
        if row is not None:
            await self._assign(row, self.work.staff_id)

    async def do_hand_over(self) -> None:
        """Choose who calls."""
        row = self.items.cursor
        colleagues = await self.ask(self.work.colleagues)
        if row is None or colleagues is None:
            return
        others = [one for one in colleagues if one.staff_id != row.staff.staff_id]
        choices = [Choice(one.staff_id, plain(one.name), one.staff_id) for one in others]
        title = _("{number} 的电话由谁打？").format(number=row.number)
        chosen = await self.app.push_screen_wait(Picker(title, choices))
        if chosen is not None:
            await self._assign(row, chosen)

    async def _assign(self, row: CallBackRow, staff_id: str) -> None:
        if await self.ask(self.work.assign, row.call_back_id, staff_id) is not None:
            await self.read()
            words = _("{number} 的电话由工号 {staff} 打。")
            self.say(words.format(number=row.number, staff=staff_id), Tone.DONE)

    async def do_undo(self) -> None:
        """Take the last action on the call-back under the cursor back."""
        row = self.items.cursor
        if row is None:
            return
        title = _("撤销 {number} 回电的上一次操作，原因？").format(number=row.number)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason is None:
            return
        if await self.ask(self.work.undo_call, row.call_back_id, reason) is not None:
            await self.read()
            self.say(_("{number} 的上一次操作已撤销。").format(number=row.number), Tone.DONE)


def _line(screen: CallBacksScreen, row: CallBackRow, cells: int) -> Sequence[Cell]:
    words, look = _standing(row, screen.moment.seconds)
    due = datetime.fromtimestamp(row.call_at, screen.moment.local.tzinfo)
    at = f"{due:%H:%M}" if due.date() == screen.moment.local.date() else f"{due:%m-%d}"
    rest = max(cells - PLACE - _NUMBER - _TIME - _STATE - _WHO - _CUSTOMER, 0)
    return [
        screen.numbered(row),
        (fit(row.number, _NUMBER), "strong"),
        (fit(at, _TIME), "value"),
        (fit(words, _STATE), look),
        (fit(plain(row.staff.name or row.staff.staff_id), _WHO), "strong" if row.mine else "value"),
        (fit_customer(plain(row.customer), _CUSTOMER - 1) + " ", "value"),
        (fit(plain(joined(row.businesses)), rest), "label"),
    ]


def _standing(row: CallBackRow, now: float) -> tuple[str, str]:
    if row.state is not CallBackState.DUE:
        word = term(row.outcome) if row.outcome else term(row.state)
        return (word, "label") if row.in_time else (_("{word}，晚了").format(word=word), "short")
    left = row.call_at - now
    tried = _("，打过 {tries}").format(tries=row.tries) if row.tries else ""
    if left < 0:
        return "!! " + _("已过 {time}").format(time=minutes_seconds(-left)) + tried, "overdue"
    words = _("还有 {time}").format(time=minutes_seconds(left)) + tried
    return (f"! {words}", "short") if left < 600 else (words, "value")  # noqa: PLR2004 - ten minutes


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("号票"), _NUMBER),
        (_("几点前"), _TIME),
        (_("现在"), _STATE),
        (_("谁打"), _WHO),
        (_("客户"), _CUSTOMER),
    )
    return heading(names, _("业务"), cells)
