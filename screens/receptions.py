"""The receptions that go on (VIP 接待): who waits, who has them, how far; the roster."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.reception_views import ReceptionRow, StaffName
from hallterm.domain.reception.words import WAITING_STATES
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import fit, fit_customer, plain
from hallterm.screens.checklist_choices import SeveralPicker
from hallterm.screens.commands.reception import RECEPTIONS_KEYS, ReceptionsState
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.reading import read
from hallterm.screens.reception_answer import accept, accept_for, open_reception
from hallterm.screens.reception_strip import asked_words, clock_words, state_style
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.news import Tone
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.screens.reception_work import ReceptionWork, RosterPage

_NUMBER, _GRADE, _STATE, _CLOCK, _WHO, _STEPS = 6, 6, 7, 15, 14, 6
_CUSTOMER = 24
_LEAST_ABOUT = 10
"""Cells below which what comes next stands under the list only."""


class ReceptionsScreen(LiveListScreen[ReceptionsState, ReceptionRow]):
    """One line a reception; nobody's stand first."""

    KEYS = RECEPTIONS_KEYS
    CSS_PATH = [sheet("lines"), sheet("reception")]  # noqa: RUF012 - Textual declares it
    LIST = "receptions"
    AUTO_FOCUS = "#receptions"

    def __init__(self, work: "ReceptionWork") -> None:
        super().__init__()
        self.work = work
        self._rows: tuple[ReceptionRow, ...] = ()
        self._roster: RosterPage | None = None

    @property
    def state(self) -> ReceptionsState:
        """The reception under the cursor."""
        return ReceptionsState(self.items.cursor, self.work.may_set_roster)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几位") if self._rows else ""

    def compose_body(self) -> ComposeResult:
        """Yield the roster and the receptions."""
        yield Static(id="roster", markup=False)
        empty = _("现在没有 VIP 接待")
        yield LineList(self._line, _heading, empty, id="receptions")
        yield Static(id="reception-under", markup=False)

    async def read(self) -> None:
        """Read the receptions and the roster."""
        rows = await self.ask(self.work.rows)
        roster = await self.ask(self.work.roster)
        if rows is None or roster is None:
            return
        if roster != self._roster:
            self._roster = roster
            self.query_one("#roster", Static).update(_roster_words(roster))
        if rows != self._rows or not self.items.items:
            under = self.items.cursor
            self._rows = rows
            self.items.replace(rows, keep=True)
            if under is not None:
                self._go_to(under.ticket_id)
        self._show_under()
        self.refresh_keys()

    @on(LineList.Moved)
    def line_moved(self) -> None:
        """Show what is under the cursor, and its keys."""
        self._show_under()
        self.refresh_keys()

    def _show_under(self) -> None:
        row = self.items.cursor
        self.query_one("#reception-under", Static).update(_under(row) if row else "")

    def _go_to(self, ticket_id: str) -> None:
        for index, row in enumerate(self._rows):
            if row.ticket_id == ticket_id:
                self.items.action_move(index - self.items.index)

    def _line(self, row: ReceptionRow, cells: int) -> Sequence[Cell]:
        waiting = row.state in WAITING_STATES
        reading = read(row.clock, self.moment.seconds)
        look = state_style(reading)
        clock = clock_words(reading) if reading.running else f"{minutes_seconds(reading.age)} ✓"
        if not reading.running and reading.left < 0:
            clock = f"{minutes_seconds(reading.age)} ✗"
        who = _("请 ") + asked_words(row) if waiting else _name(row.receiver)
        customer, rest = _left_of(cells)
        about = "  ".join(filter(None, [plain(row.next_step), _where(row)]))
        return [
            self.numbered(row),
            (fit(row.number, _NUMBER), "strong"),
            (fit(tier_and_grade(Tier.VIP, row.grade), _GRADE), "value"),
            (fit(term(row.state), _STATE), look if waiting else "value"),
            (fit(clock, _CLOCK), look if reading.running or reading.left < 0 else "label"),
            (fit(who, _WHO - 1) + " ", "strong" if row.for_me or row.mine else "value"),
            (fit(f"{row.steps_done}/{row.steps_asked}", _STEPS), "value"),
            (fit_customer(plain(row.customer), customer - 1) + " ", "value"),
            (fit(about, rest), "label"),
        ]

    async def do_open(self) -> None:
        """Show the steps of the reception under the cursor."""
        row = self.items.cursor
        if row is not None:
            await open_reception(self, row.ticket_id)

    async def do_accept(self) -> None:
        """Take the VIP under the cursor oneself, and go to the steps."""
        row = self.items.cursor
        if row is not None and await accept(self, row):
            await open_reception(self, row.ticket_id)

    async def do_accept_for(self) -> None:
        """Let a colleague take the VIP under the cursor."""
        row = self.items.cursor
        if row is not None:
            await accept_for(self, row)
            await self.read()

    async def do_figures(self) -> None:
        """Show how the day's receptions went."""
        from hallterm.screens.reception_figures import ReceptionFiguresSheet  # noqa: PLC0415 - only when wanted

        counted = await self.ask(self.work.figures)
        if counted is not None:
            await self.app.push_screen(ReceptionFiguresSheet(*counted))

    async def do_roster(self) -> None:
        """Choose who receives, in the order of asking, then the managers on duty."""
        page = await self.ask(self.work.roster)
        if page is None:
            return
        receivers = await self.app.push_screen_wait(
            SeveralPicker(
                _("今天谁接待 VIP？"),
                [Choice(one.staff_id, _name(one)) for one in page.floor],
                _("按先后选：先选的先请。没人值班时直接请值班经理。"),
                chosen=page.receivers,
                ordered=True,
                least=0,
            )
        )
        if receivers is None:
            return
        managers = await self.app.push_screen_wait(
            SeveralPicker(
                _("哪些经理当班？"),
                [Choice(one.staff_id, _name(one)) for one in page.managing],
                _("没人接待时请他们。都不选就请所有值班经理。"),
                chosen=page.managers,
                least=0,
            )
        )
        if managers is None:
            return
        if await self.ask(self.work.set_roster, receivers, managers) is not None:
            await self.read()
            self.say(_("值班名单已排好。"), Tone.DONE)


def _name(one: StaffName | None) -> str:
    return f"{plain(one.name)} {one.staff_id}".strip() if one else ""


def _where(row: ReceptionRow) -> str:
    return _("在 {place}").format(place=plain(row.place)) if row.place else ""


def _under(row: ReceptionRow) -> str:
    """Return two lines about a reception: the customer and where; what comes next, and who."""
    who = _("请 {names}").format(names=asked_words(row)) if row.asked else _name(row.receiver)
    following = _("下一步 {step}").format(step=plain(row.next_step)) if row.next_step else ""
    first = filter(None, [row.number, plain(row.customer), _where(row)])
    second = filter(None, [following or _("步骤都记了"), who])
    return "\n".join(f" {'   '.join(parts)}" for parts in (first, second))


def _left_of(cells: int) -> tuple[int, int]:
    """Return the cells that are left for the customer, and for what comes next."""
    left = max(cells - PLACE - _NUMBER - _GRADE - _STATE - _CLOCK - _WHO - _STEPS, 0)
    return (_CUSTOMER, left - _CUSTOMER) if left >= _CUSTOMER + _LEAST_ABOUT else (left, 0)


def _roster_words(page: "RosterPage") -> str:
    names = {one.staff_id: _name(one) for one in (*page.floor, *page.managing)}

    def named(ids: Sequence[str], nobody: str) -> str:
        return joined(names.get(one, one) for one in ids) or nobody

    receivers = named(page.receivers, _("没有排，直接请值班经理"))
    managers = named(page.managers, _("所有值班经理"))
    words = _(" 接待值班  {receivers}\n 当班经理  {managers}")
    return words.format(receivers=receivers, managers=managers)


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("号票"), _NUMBER),
        (_("卡别"), _GRADE),
        (_("接待"), _STATE),
        (_("五分钟"), _CLOCK),
        (_("谁"), _WHO),
        (_("步骤"), _STEPS),
    )
    customer, rest = _left_of(cells)
    columns = (*names, (_("客户"), customer), (_("下一步、在哪里"), rest))
    return [(fit(text, room), "label") for text, room in columns]
