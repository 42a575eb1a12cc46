"""The checklists' menu (步骤单): what goes on, and what can be begun now."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from hallterm.screens.cells import fit, plain
from hallterm.screens.checklist import ChecklistScreen
from hallterm.screens.checklist_steps import clock_time
from hallterm.screens.checklist_work import Offer
from hallterm.screens.commands.reception import CHECKLISTS_KEYS, ChecklistsState
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.durations import minutes_seconds

if TYPE_CHECKING:
    from hallterm.screens.checklist_work import ChecklistWork

_TITLE, _STANDING, _PROGRESS = 24, 24, 12


class ChecklistsScreen(LiveListScreen[ChecklistsState, Offer]):
    """One line a run or an offer; those with a time limit first."""

    KEYS = CHECKLISTS_KEYS
    CSS_PATH = [sheet("lines"), sheet("reception")]  # noqa: RUF012 - Textual declares it
    LIST = "checklists"
    AUTO_FOCUS = "#checklists"

    def __init__(self, work: "ChecklistWork") -> None:
        super().__init__()
        self.work = work
        self._offers: tuple[Offer, ...] = ()

    @property
    def state(self) -> ChecklistsState:
        """Whether there is a line, and whether it goes on."""
        cursor = self.items.cursor
        return ChecklistsState(cursor is not None, cursor is not None and cursor.run is not None)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几份") if self._offers else ""

    def compose_body(self) -> ComposeResult:
        """Yield the list."""
        yield LineList(self._line, _heading, _("现在没有可用的步骤单"), id="checklists")

    async def read(self) -> None:
        """Read the menu."""
        offers = await self.ask(self.work.menu)
        if offers is not None and offers != self._offers:
            self._offers = offers
            self.items.replace(offers, keep=True)
        self.refresh_keys()

    def _line(self, offer: Offer, cells: int) -> Sequence[Cell]:
        words, look, progress = self._standing(offer, self.moment.local.tzinfo)
        rest = max(cells - PLACE - _TITLE - _STANDING - _PROGRESS, 0)
        return [
            self.numbered(offer),
            (fit(plain(offer.title), _TITLE), "strong" if offer.run else "value"),
            (fit(words, _STANDING), look),
            (fit(progress, _PROGRESS), "value"),
            (fit(plain(offer.source), rest), "label"),
        ]

    def _standing(self, offer: Offer, zone: tzinfo | None) -> tuple[str, str, str]:
        run = offer.run
        if run is None:
            words = _("{number} 可用").format(number=offer.number) if offer.number else _("可开始")
            return words, "label", _("{count} 步").format(count=offer.steps)
        required = sum(step.required for step in run.steps)
        progress = _("必做 {done}/{all}").format(done=required - run.required_open, all=required)
        if run.due is not None:
            left = run.due - self.moment.seconds
            over = left < 0
            words = (_("已超 ") if over else _("还有 ")) + minutes_seconds(abs(left))
            return words, "overdue" if over else "in-time", progress
        who = plain(run.started_by.name or run.started_by.staff_id)
        return f"{clock_time(run.started, zone)} {who}", "value", progress

    async def do_open(self) -> None:
        """Go on with a run, or begin a new one."""
        offer = self.items.cursor
        if offer is None:
            return
        if offer.run is not None:
            await self.app.push_screen(ChecklistScreen(self.work, offer.run.run_id))
            return
        begun = await self.ask(self.work.start, offer.template_id, offer.ticket_id)
        if isinstance(begun, str):
            await self.app.push_screen(ChecklistScreen(self.work, begun))


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("步骤单"), _TITLE),
        (_("开始、时限"), _STANDING),
        (_("步骤"), _PROGRESS),
    )
    return heading(names, _("出处"), cells)
