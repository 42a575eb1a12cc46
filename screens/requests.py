"""The inbox (待办): what waits for this person, how long, for whom, and what can be done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.request_acts import Offer
from hallterm.desk.request_views import RequestPage, RequestRow, Why
from hallterm.domain.roles import FLOOR, Role
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.request import INBOX_KEYS, InboxState
from hallterm.screens.customer_finder import CustomerFinder
from hallterm.screens.form import Form, TextRow
from hallterm.screens.live_list import LiveListScreen
from hallterm.screens.reception_strip import state_style
from hallterm.screens.request import RequestScreen
from hallterm.screens.request_flow import carry_out, offer_words, open_request
from hallterm.screens.request_words import (
    customer,
    holder,
    left_words,
    matter,
    post_words,
    reading_of,
    state_words,
    why_words,
)
from hallterm.screens.widgets.act_grid import MOST, ActGrid
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.styles import sheet
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.request_work import RequestWork

_WHY, _NUMBER, _MATTER, _STATE, _LEFT = 5, 10, 16, 15, 15
_CUSTOMER, _HOLDER, _PROMISED = 24, 22, 14
_ROOMY = 90
"""Cells beside those from which every person and time gets a column of its own."""


class RequestsScreen(LiveListScreen[InboxState, RequestRow]):
    """One line a request, the most pressing first; below, what can be done with it."""

    KEYS = INBOX_KEYS
    LIST = "requests"
    CSS_PATH = [sheet("lines"), sheet("request")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#requests"
    SHOWS_REQUESTS = False

    def __init__(self, work: "RequestWork") -> None:
        super().__init__()
        self.work = work
        self._sought = ""
        self._rows: tuple[RequestRow, ...] | None = None
        self._page: RequestPage | None = None
        self._page_of: tuple[str, int] = ("", -1)

    @property
    def state(self) -> InboxState:
        """The request under the cursor."""
        may_open = self.work.actor.is_one_of(FLOOR | {Role.ACCOUNT_MANAGER})
        row = self.items.cursor
        return InboxState(row, bool(self._sought), may_open, self.work.has_forms)

    def digits_mean(self) -> str:
        """Digits do something with the request under the cursor."""
        return _("办下一步") if self._offers else ""

    def compose_body(self) -> ComposeResult:
        """Yield the list, what was asked, and what can be done."""
        yield LineList(self._line, _heading, _("没有待办"), id="requests")
        yield Static(id="asked", markup=False)
        yield ActGrid()
        post = Static(id="post", markup=False)
        post.display = False
        yield post

    async def read(self) -> None:
        """Read what waits, or what was looked for, and what can be done with it."""
        if self._sought:
            rows = await self.ask(self.work.search, self._sought)
        else:
            rows = await self.ask(self.work.inbox)
        if rows is None:
            return
        if rows != self._rows:
            self._rows = rows
            empty = _("没有找到") if self._sought else _("没有待办")
            self.items.replace(rows, empty, keep=True, same=_id)
        await self._look_under_cursor()
        status = await self.ask(self.work.post)
        if status is not None:
            line = self.query_one("#post", Static)
            line.display = not status.quiet
            line.update(fit(post_words(status), self.size.width))

    async def _look_under_cursor(self) -> None:
        row = self.items.cursor
        key = (row.request_id, self.work.version) if row else ("", -1)
        if key != self._page_of:
            self._page = await self.ask(self.work.page, row.request_id) if row else None
            self._page_of = key
        if self.left:
            return
        asked = plain(self._page.asked) if self._page else ""
        words = _(" 要求  {asked}").format(asked=asked) if asked else ""
        self.query_one("#asked", Static).update(fit(words, self.size.width))
        titles = [(offer_words(offer), offer.refusal is None) for offer in self._offers]
        nothing = _("现在没有要您办的；Enter 看经过") if row else ""
        self.query_one(ActGrid).show(titles, nothing)
        self.refresh_keys()

    @property
    def _offers(self) -> tuple[Offer, ...]:
        return self._page.offers[:MOST] if self._page else ()

    def _line(self, row: RequestRow, cells: int) -> Sequence[Cell]:
        reading = reading_of(row, self.moment.seconds)
        look = state_style(reading) if reading else "label"
        pressing = row.why in {Why.MINE, Why.CONFIRM, Why.OVERDUE}
        used = _WHY + _NUMBER + _MATTER + _STATE + _LEFT
        rest = max(cells - used, 0)
        return [
            (fit(why_words()[row.why] if row.why else "", _WHY), "strong" if pressing else "label"),
            (fit(row.number, _NUMBER), "strong"),
            (fit(matter(row), _MATTER - 1) + " ", "value"),
            (fit(state_words(row), _STATE - 1) + " ", look if pressing else "value"),
            (fit(left_words(reading) if reading else "", _LEFT), look),
            *self._people(row, rest),
        ]

    def _people(self, row: RequestRow, cells: int) -> Sequence[Cell]:
        """Return for whom it is and who has it; with room, what was promised and by whom."""
        if cells < _ROOMY:
            return [(fit(f"{customer(row)}  {holder(row)}", cells), "label")]
        promised = self.moment.local.fromtimestamp(row.promised, self.moment.local.tzinfo)
        owner = f"{plain(row.owner.name)} {row.owner.staff_id}".strip()
        return [
            (fit(customer(row), _CUSTOMER - 1) + " ", "value"),
            (fit(holder(row), _HOLDER - 1) + " ", "label"),
            (fit(f"{promised:%m-%d %H:%M}" if row.holder_role else "", _PROMISED), "label"),
            (fit(owner, cells - _CUSTOMER - _HOLDER - _PROMISED), "label"),
        ]

    @on(LineList.Moved)
    def look_at_line(self) -> None:
        """Show what can be done with the line under the cursor."""
        self.reload()

    def digit(self, digit: str) -> bool:
        """Do one of the things offered for the request under the cursor."""
        place = int(digit) - 1
        if 0 <= place < len(self._offers):
            self.run_worker(self._do(self._offers[place]), group="commands")
        return True

    async def _do(self, offer: Offer) -> None:
        page = self._page
        if page is None:
            return
        if offer.decides:
            await self._show(page.row.request_id)
            return
        async with self._turn:
            if await carry_out(self, self.work, page, offer):
                await self.read()

    async def _show(self, request_id: str) -> None:
        await self.app.push_screen(RequestScreen(self.work, request_id))

    async def do_open(self) -> None:
        """Show the whole story."""
        row = self.items.cursor
        if row is not None:
            await self._show(row.request_id)

    async def do_new(self) -> None:
        """Find the customer, then take the request down."""
        work = self.shell.work
        if work is None:
            return
        finder = CustomerFinder(_("哪位客户的特殊需求？"), work.search, work.customers)
        person_id = await self.app.push_screen_wait(finder)
        if person_id is None:
            return
        opened = await open_request(self, self.work, person_id)
        if opened is not None:
            self._sought = ""
            await self.read()

    async def do_find(self) -> None:
        """Look for requests, closed ones too."""
        row = TextRow("text", _("找什么"), self._sought, _("编号、客户、说过的话"))
        filled = await self.app.push_screen_wait(Form(_("查找特殊需求"), (row,)))
        if filled is not None:
            self._sought = filled["text"]
            await self.read()
            words = _("找到 {count} 件，F4 回待办。")
            self.say(words.format(count=len(self._rows or ())), Tone.DONE)

    async def do_post(self) -> None:
        """Show the letters and what came in."""
        from hallterm.screens.letters import LettersScreen  # noqa: PLC0415 - only when wanted

        await self.app.push_screen(LettersScreen(self.work.letters()))

    async def do_all(self) -> None:
        """Go back to the inbox."""
        self._sought = ""
        await self.read()


def _id(row: RequestRow) -> str:
    return row.request_id


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        (_("待办"), _WHY),
        (_("编号"), _NUMBER),
        (_("要求"), _MATTER),
        (_("到哪一步"), _STATE),
        (_("余时"), _LEFT),
    )
    rest = cells - sum(room for _text, room in names)
    if rest < _ROOMY:
        return heading(names, _("客户、在谁手上"), cells)
    more = ((_("客户"), _CUSTOMER), (_("在谁手上"), _HOLDER), (_("答应答复"), _PROMISED))
    return heading((*names, *more), _("首问"), cells)
