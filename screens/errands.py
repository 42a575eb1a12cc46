"""Visits and deliveries (上门、配送): who goes where and when, and how far it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.arrangement_views import ErrandRow
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandOutcome, ErrandState
from hallterm.domain.ticket.words import UndoReason
from hallterm.screens.arrangement_card import errand_card
from hallterm.screens.cells import fit, fit_customer, plain
from hallterm.screens.commands.appointment import ERRANDS_KEYS, ErrandsState
from hallterm.screens.customer_reach import flow_of
from hallterm.screens.errand_form import ErrandAsking
from hallterm.screens.live_list import LiveListScreen
from hallterm.screens.reasons import ask_reason
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.actions import action_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.screens.arrangement_work import ArrangementWork

_PLACE, _WINDOW, _KIND, _CUSTOMER, _BUSINESS, _STATE, _WHO = 3, 19, 5, 19, 11, 11, 9

_LEAST_ADDRESS = 12
"""Least cells for the address in the list; with less it stands below only."""


class ErrandsScreen(LiveListScreen[ErrandsState, ErrandRow]):
    """One line each; the address and the rest stand below."""

    KEYS = ERRANDS_KEYS
    CSS_PATH = [sheet("lines"), sheet("form"), sheet("appointment")]  # noqa: RUF012 - as above
    LIST = "errands"
    AUTO_FOCUS = "#errands"

    def __init__(self, work: "ArrangementWork") -> None:
        super().__init__()
        self.work = work
        self._rows: tuple[ErrandRow, ...] | None = None

    @property
    def state(self) -> ErrandsState:
        """What is under the cursor."""
        return ErrandsState(self.items.cursor)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几张") if self._rows else ""

    def compose_body(self) -> ComposeResult:
        """Yield how many there are, the list, and what is under the cursor."""
        yield Static(id="errand-head", markup=False)
        empty = _("没有上门和配送。厅里当场办不了的，按 F2 约客户")
        yield LineList(self._line, _heading, empty, id="errands")
        yield Static(id="errand-detail", markup=False)

    async def read(self) -> None:
        """Read the list."""
        rows = await self.ask(self.work.errands)
        if rows is None or rows == self._rows:
            return
        self._rows = rows
        self.items.replace(rows, keep=True, same=lambda row: row.errand_id)
        left = sum(row.is_open for row in rows)
        late = sum(row.overdue for row in rows)
        words = [_(" 没办完 {count} 张").format(count=left)]
        words += [_("! 过了时段 {count} 张").format(count=late)] if late else []
        self.query_one("#errand-head", Static).update("   ".join(words))
        self._show_detail()

    def _show_detail(self) -> None:
        self.query_one("#errand-detail", Static).update(_detail(self.items.cursor))
        self.refresh_keys()

    @on(LineList.Moved)
    def line_moved(self) -> None:
        """Show what is under the cursor."""
        self._show_detail()

    def _line(self, row: ErrandRow, cells: int) -> Sequence[Cell]:
        place = self.items.items.index(row) + 1
        rest = max(cells - sum(room for _name, room in _columns()), 0)
        value = "value" if row.is_open else "label"
        word, look = _standing(row)
        goes = plain(row.goes.name) or row.goes.staff_id if row.goes else _("未派")
        return [
            (fit(str(place) if place < 10 else "", _PLACE), "label"),  # noqa: PLR2004 - one digit
            (fit(f"{row.begins:%m-%d %H:%M}-{row.ends:%H:%M}", _WINDOW), value),
            (fit(term(row.kind), _KIND), value),
            (fit_customer(plain(row.customer), _CUSTOMER - 1) + " ", value),
            (fit(plain(row.business), _BUSINESS - 1) + " ", value),
            (fit(word, _STATE), look),
            (fit(goes, _WHO), value),
            (fit(plain(row.address) if rest >= _LEAST_ADDRESS else "", rest), "label"),
        ]

    # Keys

    async def do_look(self) -> None:
        """Show all about it."""
        row = self.items.cursor
        if row is not None:
            await self.app.push_screen_wait(errand_card(row))

    async def do_plan(self) -> None:
        """Agree with a customer on a visit or delivery."""
        if await ErrandAsking(self, self.work).plan():
            await self.read()

    async def do_call(self) -> None:
        """Note what the call ahead said; for another time there is another key."""
        row = self.items.cursor
        if row is None:
            return
        title = _("给 {who} 打过电话了？").format(who=plain(row.contact or row.customer))
        note = "  ".join(filter(None, [plain(row.phone), _("改时间按 Esc 再按 F6。")]))
        outcome = await ask_reason(self.app, title, AheadOutcome, note=note)
        if outcome and await self.ask(self.work.call_ahead, row.errand_id, outcome) is not None:
            await self.read()
            self.say(_("电联：{outcome}。").format(outcome=term(outcome)), Tone.DONE)

    async def do_go(self) -> None:
        """Set out."""
        row = self.items.cursor
        if row is not None and await self.ask(self.work.depart, row.errand_id) is not None:
            await self.read()
            self.say(_("已出发：{address}。").format(address=plain(row.address)), Tone.DONE)

    async def do_not_met(self) -> None:
        """Note that nobody was there, and whether a note was left; then offer another window."""
        row = self.items.cursor
        if row is None:
            return
        choices = [Choice("left", _("留了条")), Choice("none", _("没有留条"))]
        chosen = await self.app.push_screen_wait(Picker(_("没有遇到客户，留条了吗？"), choices))
        if chosen is None:
            return
        left = chosen == "left"
        if await self.ask(self.work.not_met, row.errand_id, left_note=left) is not None:
            await self.read()
            self.say(_("记为未遇。约好新的时间按 F6。"), Tone.DONE)

    async def do_rebook(self) -> None:
        """Agree on another window."""
        row = self.items.cursor
        if row is not None and await ErrandAsking(self, self.work).rebook(row):
            await self.read()

    async def do_assign(self) -> None:
        """Say who goes."""
        row = self.items.cursor
        colleagues = await self.ask(self.work.colleagues)
        if row is None or not colleagues:
            return
        choices = [Choice(one.staff_id, f"{plain(one.name)} {one.staff_id}") for one in colleagues]
        goes = await self.app.push_screen_wait(Picker(_("谁去？"), choices))
        if goes is not None and await self.ask(self.work.assign, row.errand_id, goes) is not None:
            await self.read()
            self.say(_("已派 {staff}。").format(staff=goes), Tone.DONE)

    async def do_finish(self) -> None:
        """End it on the spot."""
        row = self.items.cursor
        if row is None:
            return
        outcome = await ask_reason(self.app, _("当场办得怎样？"), ErrandOutcome)
        if outcome and await self.ask(self.work.finish, row.errand_id, outcome) is not None:
            await self.read()
            self.say(_("办结：{outcome}。").format(outcome=term(outcome)), Tone.DONE)

    async def do_customer(self) -> None:
        """Open the customer's record."""
        row, flow = self.items.cursor, flow_of(self)
        if row is not None and flow is not None:
            flow.show_customer(row.person_id)

    async def do_cancel(self) -> None:
        """Call it off, with a reason."""
        row = self.items.cursor
        if row is None:
            return
        reason = await ask_reason(self.app, _("为什么取消？"), ErrandCancel)
        if reason and await self.ask(self.work.call_off, row.errand_id, reason) is not None:
            await self.read()
            self.say(_("已取消。F8 可以撤销。"), Tone.DONE)

    async def do_undo(self) -> None:
        """Take the last step back, with a reason."""
        row = self.items.cursor
        if row is None:
            return
        what = action_word(row.undoable)
        reason = await ask_reason(self.app, _("撤销“{what}”，原因？").format(what=what), UndoReason)
        if reason and await self.ask(self.work.take_back, row.errand_id, reason) is not None:
            await self.read()
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)


def _standing(row: ErrandRow) -> tuple[str, str]:
    """Return word and style of how it stands."""
    word = term(row.state)
    if row.overdue:
        return f"! {word}", "overdue"
    return {
        ErrandState.MISSED: (f"! {word}", "short"),
        ErrandState.DONE: (f"✓ {word}", "in-time"),
        ErrandState.CANCELLED: (f"✗ {word}", "label"),
        ErrandState.UNDERWAY: (f"> {word}", "strong"),
    }.get(row.state, (word, "value"))


def _columns() -> tuple[tuple[str, int], ...]:
    return (
        ("", _PLACE),
        (_("时段"), _WINDOW),
        (_("种类"), _KIND),
        (_("客户"), _CUSTOMER),
        (_("业务"), _BUSINESS),
        (_("状态"), _STATE),
        (_("谁去"), _WHO),
    )


def _heading(cells: int) -> Sequence[Cell]:
    columns = _columns()
    rest = max(cells - sum(room for _name, room in columns), 0)
    last = fit(_("地址") if rest >= _LEAST_ADDRESS else "", rest)
    return [*((fit(text, room), "label") for text, room in columns), (last, "label")]


def _detail(row: ErrandRow | None) -> str:
    if row is None:
        return ""
    lines = [
        (_("地址"), row.address),
        (_("联系"), "  ".join(filter(None, [row.contact, row.phone]))),
        (_("携带"), row.bring),
        (_("备注"), row.remark),
    ]
    shown = [f" {label}  {plain(text) or _('没有写')}" for label, text in lines]
    calls = _("电联 {count} 次").format(count=row.calls)
    missed = _("未遇 {count} 次").format(count=row.misses) if row.misses else ""
    left = _("留了条") if row.left_note else ""
    return "\n".join([*shown, " " + "   ".join(filter(None, [calls, missed, left]))])
