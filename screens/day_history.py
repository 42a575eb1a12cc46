"""Earlier days (往日): days, the figures of the one under the cursor, then its tickets."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.screens.base import HallScreen
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.end_of_day import DAYS_KEYS, DaysState
from hallterm.screens.end_of_day_figures import FiguresTable
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.visits import Visit
    from hallterm.screens.end_of_day_work import DayWork, Targets

_NUMBER, _TIER, _TIME, _WAIT, _VERDICT, _OUTCOME, _RATING = 7, 9, 9, 10, 11, 13, 11


def _weekdays() -> tuple[str, ...]:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def _day_line(day: date, cells: int) -> Sequence[Cell]:
    weekday = _weekdays()[day.weekday()]
    return [(fit(day.isoformat(), 13), "strong"), (fit(weekday, max(cells - 13, 0)), "value")]


class DayHistoryScreen(HallScreen[DaysState]):
    """All business days, newest first."""

    KEYS = DAYS_KEYS
    CSS_PATH = [sheet("lines"), sheet("end_of_day")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#days"

    def __init__(self, work: "DayWork") -> None:
        super().__init__()
        self.work = work
        self._targets: Targets | None = None
        self._shown: date | None = None
        self._counting = False

    @property
    def state(self) -> DaysState:
        """Whether there is a day."""
        return DaysState(self._list.cursor is not None)

    def compose_body(self) -> ComposeResult:
        """Yield the days and the figures of one."""
        yield Static(_(" 往日"), id="day-head", markup=False)
        yield LineList(_day_line, id="days")
        yield Static(id="day-of", markup=False)
        yield FiguresTable()

    @property
    def _list(self) -> "LineList[date]":
        return self.query_one("#days", LineList)

    def on_mount(self) -> None:
        """Read the days."""
        super().on_mount()
        self.run_worker(self._load(), group="days")

    async def _load(self) -> None:
        days = await self.ask(self.work.days)
        self._targets = await self.ask(self.work.targets)
        if days is not None:
            self._list.replace(days, _("还没有营业日"))
        self.refresh_keys()

    def on_line_list_moved(self) -> None:
        """Count the day under the cursor."""
        if not self._counting:
            self.run_worker(self._count(), group="count")

    async def _count(self) -> None:
        """Count until the figures are those of the cursor's day."""
        self._counting = True
        try:
            while (day := self._list.cursor) is not None and day != self._shown:
                figures = await self.ask(self.work.figures, day)
                if figures is None:
                    return
                self._shown = day
                self.query_one("#day-of", Static).update(f" {day.isoformat()}")
                self.query_one(FiguresTable).show(figures, self._targets)
        finally:
            self._counting = False

    async def do_open(self) -> None:
        """Show the tickets of the day under the cursor."""
        day = self._list.cursor
        if day is not None:
            await self.app.push_screen(DayScreen(self.work, day))


class DayScreen(HallScreen[None]):
    """One day: figures and every ticket."""

    CSS_PATH = [sheet("lines"), sheet("end_of_day")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#tickets"

    def __init__(self, work: "DayWork", day: date) -> None:
        super().__init__()
        self.work = work
        self.day = day

    @property
    def state(self) -> None:
        """Nothing depends on anything here."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield the tickets and the figures."""
        yield Static(id="day-head", markup=False)
        yield LineList(_visit_line, _visit_heading, id="tickets")
        yield FiguresTable()

    def on_mount(self) -> None:
        """Read the day."""
        super().on_mount()
        self.run_worker(self._load(), group="days")

    async def _load(self) -> None:
        file = await self.ask(self.work.day, self.day)
        if file is None:
            return
        words = _("{count} 张号票").format(count=len(file.visits))
        weekday = _weekdays()[self.day.weekday()]
        head = f" {self.day.isoformat()}   {weekday}   {words}"
        self.query_one("#day-head", Static).update(head)
        tickets: LineList[Visit] = self.query_one("#tickets", LineList)
        tickets.replace(file.visits, _("这一天没有号票"))
        self.query_one(FiguresTable).show(file.figures, file.targets)


_ROOM_FOR_RATING = 100
"""Columns from which on the customer's word has room beside the businesses."""


def _rating_cells(cells: int) -> int:
    return _RATING if cells >= _ROOM_FOR_RATING else 0


def _visit_heading(cells: int) -> Sequence[Cell]:
    names = (
        (_("号票"), _NUMBER),
        (_("级别"), _TIER),
        (_("到厅"), _TIME),
        (_("等候"), _WAIT),
        (_("时限"), _VERDICT),
        (_("结果"), _OUTCOME),
        (_("满意"), _rating_cells(cells)),
    )
    rest = max(cells - sum(room for _name, room in names), 0)
    return [*((fit(name, room), "label") for name, room in names), (fit(_("业务"), rest), "label")]


def _visit_line(visit: "Visit", cells: int) -> Sequence[Cell]:
    wait = minutes_seconds(visit.wait) if visit.wait is not None else "-"
    outcome = term(visit.outcome or visit.settled or visit.state)
    broken = visit.verdict.value == "broken"
    rating = _rating_cells(cells)
    rest = max(cells - _NUMBER - _TIER - _TIME - _WAIT - _VERDICT - _OUTCOME - rating, 0)
    return [
        (fit(plain(visit.number), _NUMBER), "strong"),
        (fit(tier_and_grade(visit.tier, visit.grade), _TIER), "value"),
        (fit(f"{visit.arrived:%H:%M}", _TIME), "value"),
        (fit(wait, _WAIT), "value"),
        (fit(term(visit.verdict), _VERDICT), "overdue" if broken else "value"),
        (fit(outcome, _OUTCOME), "value"),
        (fit(term(visit.rating) if visit.rating else "-", rating), "label"),
        (fit(plain(joined(visit.businesses)), rest), "label"),
    ]
