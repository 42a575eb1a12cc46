"""What terminals said differently while cut off (待核对): disputed reports, changed records."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.contradictions import ConflictRow, DisputeRow
from hallterm.screens.cells import fit, plain, time_or_day
from hallterm.screens.commands.contradiction import CONTRADICTION_KEYS, ContradictionsState
from hallterm.screens.customer_words import value_words
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.refusals import explain, field_word
from hallterm.words.reports import report_word

if TYPE_CHECKING:
    from hallterm.screens.contradiction_work import Contradiction, ContradictionWork

_TIME, _ABOUT, _WHAT, _WHO = 7, 19, 9, 11


class ContradictionsScreen(LiveListScreen[ContradictionsState, "Contradiction"]):
    """One line each, the oldest first."""

    KEYS = CONTRADICTION_KEYS
    TELLS_OF_CONTRADICTIONS = False
    CSS_PATH = [sheet("lines"), sheet("contradiction")]  # noqa: RUF012 - Textual declares it
    LIST = "contradictions"
    AUTO_FOCUS = "#contradictions"

    def __init__(self, work: "ContradictionWork") -> None:
        super().__init__()
        self.work = work
        self._rows: tuple[Contradiction, ...] = ()

    @property
    def state(self) -> ContradictionsState:
        """The line under the cursor."""
        return ContradictionsState(self.items.cursor)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几个") if self._rows else ""

    def compose_body(self) -> ComposeResult:
        """Yield how many there are, and the list."""
        yield Static(id="contradiction-head", markup=False)
        empty = _("没有要核对的：各终端说的都一致")
        yield LineList(partial(_line, self), _heading, empty, id="contradictions")

    async def read(self) -> None:
        """Read the list."""
        rows = await self.ask(self.work.rows)
        if rows is None:
            return
        if rows != self._rows or not self.items.items:
            self._rows = rows
            words = _(" 断线时各终端记下的不一致：{count}。内容都已留下，请核对。")
            head = words.format(count=len(rows)) if rows else ""
            self.query_one("#contradiction-head", Static).update(head)
            self.items.replace(rows, keep=True, same=_id_of)
        self.refresh_keys()

    async def do_settle(self) -> None:
        """Show both sides, and ask what holds."""
        match self.items.cursor:
            case DisputeRow() as row:
                await self._settle(row)
            case ConflictRow() as row:
                await self._decide(row)
            case _:
                pass

    async def _settle(self, row: DisputeRow) -> None:
        counts = _("已照他说的记入。") if row.stands else _("没有照他说的改，只留下了这条记录。")
        words = _("{staff} 在 {device} 报告：{what}。当时：{why}。{counts}")
        note = words.format(
            staff=plain(row.staff.name or row.staff.staff_id),
            device=plain(row.device),
            what=report_word(row.command),
            why=explain(row.why),
            counts=counts,
        )
        title = _("{about} 核对过了？").format(about=row.about or report_word(row.command))
        choice: Choice[bool] = Choice(True, _("核对过了"), _("从这里去掉"))  # noqa: FBT003 - the choice's value
        if await self.app.push_screen_wait(Picker(title, [choice], note)):
            await self._done(await self.ask(self.work.settle, row))

    async def _decide(self, row: ConflictRow) -> None:
        who = plain(row.staff.name or row.staff.staff_id)
        choices = [
            Choice(False, _("保留现在的"), _said(row.fields, row.here)),  # noqa: FBT003 - the choice's value
            Choice(True, _("改成 {staff} 填的").format(staff=who), _said(row.fields, row.there)),  # noqa: FBT003 - as above
        ]
        title = _("{about} 的资料两边都改了，哪个算数？").format(about=plain(row.about))
        take = await self.app.push_screen_wait(Picker(title, choices))
        if take is not None:
            await self._done(await self.ask(self.work.decide, row, take))

    async def _done(self, answer: object) -> None:
        if answer is not None:
            await self.read()
            self.say(_("核对好了。"), Tone.DONE)


def _id_of(row: "Contradiction") -> str:
    return row.dispute_id if isinstance(row, DisputeRow) else row.change_id


def _said(fields: Sequence[str], values: Sequence[object]) -> str:
    told = (
        _("{field}：{value}").format(field=field_word(name), value=value_words(name, value))
        for name, value in zip(fields, values, strict=True)
    )
    return plain(_("；").join(told))


def _line(screen: ContradictionsScreen, row: "Contradiction", cells: int) -> Sequence[Cell]:
    local = row.at.astimezone(screen.moment.local.tzinfo)
    rest = max(cells - PLACE - _TIME - _ABOUT - _WHAT - _WHO, 0)
    if isinstance(row, DisputeRow):
        what, why = report_word(row.command), explain(row.why)
        look = "value" if row.stands else "short"
    else:
        what, why, look = _("资料冲突"), _said(row.fields, row.there), "short"
    return [
        screen.numbered(row),
        (fit(time_or_day(local, screen.moment.local), _TIME), "value"),
        (fit(plain(row.about), _ABOUT - 1) + " ", "strong"),
        (fit(what, _WHAT), look),
        (fit(plain(row.staff.name or row.staff.staff_id), _WHO), "value"),
        (fit(plain(why), rest), "label"),
    ]


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("时间"), _TIME),
        (_("号票或客户"), _ABOUT),
        (_("报告"), _WHAT),
        (_("谁报告"), _WHO),
    )
    return heading(names, _("与什么不一致"), cells)
