"""Diversion (分流): whose wait will overrun, and where each could be served sooner."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.diversion_views import DivertRow
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.diversion import DIVERSION_KEYS, DiversionsState
from hallterm.screens.diverting import divert
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.reading import read
from hallterm.screens.reasons import ask_reason
from hallterm.screens.reception_strip import SIGNS, state_style
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.diversions import short_way
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.screens.diversion_work import DiversionWork, DivertPage

_NUMBER, _TIER, _WAITED, _LEFT, _WAIT, _BUSINESS = 6, 7, 7, 14, 9, 9


class DiversionsScreen(LiveListScreen[DiversionsState, DivertRow]):
    """One line a customer; those who think an offer over stand first."""

    KEYS = DIVERSION_KEYS
    CSS_PATH = [sheet("lines"), sheet("diversion")]  # noqa: RUF012 - Textual declares it
    LIST = "diverting"
    AUTO_FOCUS = "#diverting"

    def __init__(self, work: "DiversionWork") -> None:
        super().__init__()
        self.work = work
        self._page: DivertPage | None = None

    @property
    def state(self) -> DiversionsState:
        """The customer under the cursor."""
        return DiversionsState(self.items.cursor, self._page.undoable if self._page else "")

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几位") if self.items.items else ""

    def compose_body(self) -> ComposeResult:
        """Yield the day's figures and the customers."""
        yield Static(id="diversion-head", markup=False)
        empty = _("没有要超时的客户，不用分流")
        yield LineList(partial(_line, self), _heading, empty, id="diverting")

    async def read(self) -> None:
        """Read the list."""
        page = await self.ask(self.work.page)
        if page is None:
            return
        if page is not self._page:
            self._page = page
            self.query_one("#diversion-head", Static).update(_head_words(page))
            self.items.replace(page.rows, keep=True, same=lambda row: row.ticket.ticket_id)
        self.refresh_keys()

    async def do_divert(self) -> None:
        """Offer another way to the customer under the cursor."""
        row = self.items.cursor
        if row is not None:
            await divert(self, self.work, row.ticket.ticket_id)
            await self.read()

    async def do_call_backs(self) -> None:
        """Go to the call-backs."""
        from hallterm.screens.call_backs import CallBacksScreen  # noqa: PLC0415 - only when wanted

        await self.app.push_screen(CallBacksScreen(self.work))

    async def do_undo(self) -> None:
        """Take back the last action, with a reason."""
        what = self._page.undoable if self._page else ""
        from hallterm.domain.ticket.words import UndoReason  # noqa: PLC0415 - only when wanted

        title = _("撤销“{what}”，原因？").format(what=what)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason is not None and await self.ask(self.work.undo, reason) is not None:
            await self.read()
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)


def _head_words(page: "DivertPage") -> str:
    from hallterm.desk.diversion_words import diversion_words  # noqa: PLC0415 - loads the desk

    waiting = _(" 等候要超时 {count} 位").format(count=len(page.rows))
    due = _("待回电 {count}").format(count=page.calls_due) if page.calls_due else ""
    first = "   ".join(filter(None, [waiting, due]))
    return f"{first}\n {diversion_words(page.figures) or _('今天还没有分流')}"


def _line(screen: DiversionsScreen, row: DivertRow, cells: int) -> Sequence[Cell]:
    ticket = row.ticket
    reading = read(ticket.service, screen.moment.seconds)
    look = state_style(reading)
    sign = SIGNS[reading.word.value]
    left = minutes_seconds(abs(reading.left))
    promise = (_("已超 ") if reading.left < 0 else _("还剩 ")) + left
    used = PLACE + _NUMBER + _TIER + _WAITED + _LEFT + _WAIT + _BUSINESS
    return [
        screen.numbered(row),
        (fit(ticket.number, _NUMBER), "strong"),
        (fit(tier_and_grade(ticket.tier, ticket.grade), _TIER), "value"),
        (fit(minutes_seconds(reading.age), _WAITED), "value"),
        (fit(f"{sign}{promise}", _LEFT), look),
        (fit(_wait_word(row), _WAIT), "value"),
        (fit(plain(joined(ticket.businesses)), _BUSINESS - 1) + " ", "value"),
        (fit(_ways_word(row), max(cells - used, 0)), "strong" if ticket.offer_open else "label"),
    ]


def _wait_word(row: DivertRow) -> str:
    wait = row.ticket.expected_wait
    if wait is None:
        return _("无窗口")
    return _("约 {minutes} 分").format(minutes=max(round(wait / 60), 1))


def _ways_word(row: DivertRow) -> str:
    offer = row.ticket.offer_open
    if offer is not None:
        return _("已提{way}，等答复").format(way=term(offer.way))
    return " ".join(dict.fromkeys(short_way(way.way) for way in row.ways)) or _("都问过了")


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("号票"), _NUMBER),
        (_("级别"), _TIER),
        (_("已候"), _WAITED),
        (_("时限"), _LEFT),
        (_("还要等"), _WAIT),
        (_("业务"), _BUSINESS),
    )
    return heading(names, _("可去哪里"), cells)
