"""The customer panel (客户): record, visits, what changed and by whom."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from hallterm.desk.views import Moment
from hallterm.domain.person.commands import UnmaskReason
from hallterm.domain.person.details import SECRET
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Tier
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.customer import CUSTOMER_KEYS, CustomerState
from hallterm.screens.customer_finder import CustomerFinder
from hallterm.screens.customer_form import CustomerForm
from hallterm.screens.customer_record import RecordView
from hallterm.screens.customer_words import changes_of, who
from hallterm.screens.reasons import ask_reason
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.refusals import field_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.visits import Visit
    from hallterm.screens.customer_search import CustomerSearch
    from hallterm.screens.customer_work import CustomerFile, CustomerWork

WHOLE_FOR = timedelta(seconds=60)
"""A number is masked again after this."""
_NUMBERS = ("phone", "id_number", "vip_card")
_DAY, _NUMBER, _WAIT, _VERDICT, _OUTCOME = 13, 7, 8, 9, 13


class CustomerScreen(HallScreen[CustomerState]):
    """One customer; without one it asks for one first."""

    KEYS = CUSTOMER_KEYS
    CSS_PATH = [sheet("lines"), sheet("customer")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#visits"

    def __init__(
        self, work: "CustomerWork", search: "CustomerSearch", person_id: str | None = None
    ) -> None:
        super().__init__()
        self.work = work
        self.search = search
        self.person_id = person_id
        self.file: CustomerFile | None = None
        self._whole: dict[str, str] = {}
        self._whole_until = 0.0
        self._history = False

    @property
    def state(self) -> CustomerState:
        """What is known of the customer."""
        view = self.file.view if self.file else None
        return CustomerState(
            loaded=view is not None,
            numbers=any(getattr(view, field, "") for field in SECRET),
            shown_whole=bool(self._whole),
            history=self._history,
            vip_visit=self._vip_visit is not None,
        )

    @property
    def _vip_visit(self) -> "Visit | None":
        visits: LineList[Visit] = self.query_one("#visits", LineList)
        visit = None if self._history else visits.cursor
        return visit if visit is not None and visit.tier is Tier.VIP else None

    @on(LineList.Moved)
    def visit_moved(self) -> None:
        """Show the keys that work for the visit under the cursor."""
        self.refresh_keys()

    def compose_body(self) -> ComposeResult:
        """Yield name, record and the two lists."""
        yield Static(id="who-band", markup=False)
        with Vertical(id="record"):
            yield RecordView()
        with Vertical(id="lists"):
            yield LineList(_visit_line, _visit_heading, steady=False, id="visits")
            yield LineList(_change_line, _change_heading, steady=False, id="history")

    def on_mount(self) -> None:
        """Read the customer, or ask for one."""
        super().on_mount()
        if self.person_id is None:
            self.action_command("customers.find")
        else:
            self.run_worker(self._load(), group="load")

    async def _load(self) -> None:
        file = await self.ask(self.work.file, self.person_id or "")
        if file is not None and not isinstance(file, Refusal):
            self._show(file)

    def _show(self, file: "CustomerFile") -> None:
        self.file = file
        view = file.view
        tier = term(view.tier) + (f" {term(view.grade)}" if view.grade else "")
        name = plain(view.name) or _("（无姓名）")
        band = "     ".join((name, tier, term(view.kind)))
        self.query_one("#who-band", Static).update(band)
        self.query_one(RecordView).show(file, self._whole)
        visits: LineList[Visit] = self.query_one("#visits", LineList)
        visits.replace(file.visits, _("还没有来过"))
        changes: LineList[_Change] = self.query_one("#history", LineList)
        changes.replace(_lines(file))
        self.refresh_keys()

    def tick(self, moment: Moment) -> None:
        """Mask a number again when its time is over."""
        super().tick(moment)
        if self._whole and moment.seconds >= self._whole_until:
            self._mask()

    def _mask(self) -> None:
        self._whole = {}
        if self.file:
            self.query_one(RecordView).show(self.file, self._whole)
        self.refresh_keys()

    async def do_unmask(self) -> None:
        """Show one number whole, with a reason; once more: mask it."""
        if self._whole:
            self._mask()
            return
        file = self.file
        if file is None:
            return
        choices = [
            Choice(field, field_word(field), str(getattr(file.view, field)))
            for field in _NUMBERS
            if getattr(file.view, field)
        ]
        field = await self.app.push_screen_wait(Picker(_("看哪个号码？"), choices))
        if field is None:
            return
        title = _("为什么要看完整的{field}？").format(field=field_word(field))
        reason = await ask_reason(self.app, title, UnmaskReason)
        if reason is None:
            return
        number = await self.ask(self.work.unmask, file.view.person_id, field, reason)
        if number is not None:
            self._whole = {field: cast("str", number)}
            self._whole_until = (self.moment.now + WHOLE_FOR).timestamp()
            self.query_one(RecordView).show(file, self._whole)
            self.say(_("已记下谁看过、为什么。一分钟后遮住，或再按 F5。"), Tone.DONE)

    async def do_edit(self) -> None:
        """Change the record."""
        if self.file is None:
            return
        view = await self.app.push_screen_wait(CustomerForm(self.work, self.file.view))
        if view is not None:
            self._mask()
            await self._load()
            self.say(_("已保存。"), Tone.DONE)

    async def do_find(self) -> None:
        """Show another customer."""
        finder = CustomerFinder(_("哪位客户？"), self.search, self.work)
        person_id = await self.app.push_screen_wait(finder)
        if person_id is not None:
            await self._open(person_id)

    async def do_new(self) -> None:
        """Enter a new customer, and show them."""
        view = await self.app.push_screen_wait(CustomerForm(self.work))
        if view is not None:
            await self._open(view.person_id)

    async def _open(self, person_id: str) -> None:
        self.person_id = person_id
        self._whole = {}
        await self._load()

    async def do_other(self) -> None:
        """Show the changes instead of the visits, or the other way round."""
        self._history = not self._history
        self.set_class(self._history, "-history")
        self.query_one("#history" if self._history else "#visits", LineList).focus()

    async def do_card(self) -> None:
        """Show the card of the VIP visit under the cursor."""
        from hallterm.screens.reception_card import ReceptionCard  # noqa: PLC0415 - only when wanted

        visit, work = self._vip_visit, self.shell.work
        if visit is None or work is None:
            return
        card = await self.ask(work.receptions.card, visit.ticket_id)
        if card is None:
            self.say(_("那次来访没有接待记录。"))
        else:
            await self.app.push_screen(ReceptionCard(card))


def _visit_heading(cells: int) -> Sequence[Cell]:
    names = (
        (_("来访"), _DAY),
        (_("号票"), _NUMBER),
        (_("等候"), _WAIT),
        (_("时限"), _VERDICT),
        (_("结果"), _OUTCOME),
    )
    rest = max(cells - sum(room for _name, room in names), 0)
    return [*((fit(name, room), "label") for name, room in names), (fit(_("业务"), rest), "label")]


def _visit_line(visit: "Visit", cells: int) -> Sequence[Cell]:
    wait = minutes_seconds(visit.wait) if visit.wait is not None else ""
    outcome = term(visit.outcome or visit.settled or visit.state)
    broken = visit.verdict.value == "broken"
    rest = max(cells - _DAY - _NUMBER - _WAIT - _VERDICT - _OUTCOME, 0)
    return [
        (fit(f"{visit.arrived:%m-%d %H:%M}", _DAY), "value"),
        (fit(plain(visit.number), _NUMBER), "strong"),
        (fit(wait, _WAIT), "value"),
        (fit(term(visit.verdict), _VERDICT), "overdue" if broken else "value"),
        (fit(outcome, _OUTCOME), "value"),
        (fit(plain(joined(visit.businesses)), rest), "label"),
    ]


_Change = tuple[str, str, str]
"""When, by whom, what."""


def _lines(file: "CustomerFile") -> list[_Change]:
    lines: list[_Change] = []
    for entry, fields in changes_of(file.history, file.view):
        when = f"{entry.at.astimezone(file.zone):%Y-%m-%d %H:%M}"
        name = who(entry.actor, file.staff)
        words = [change.words for change in fields] or [_("登记")]
        lines += [
            ("" if place else when, "" if place else name, word) for place, word in enumerate(words)
        ]
    return lines


def _change_heading(cells: int) -> Sequence[Cell]:
    rest = max(cells - 36, 0)
    return [
        (fit(_("什么时候"), 18), "label"),
        (fit(_("谁"), 18), "label"),
        (fit(_("改了什么"), rest), "label"),
    ]


def _change_line(change: _Change, cells: int) -> Sequence[Cell]:
    when, name, words = change
    rest = max(cells - 36, 0)
    return [
        (fit(when, 18), "value"),
        (fit(name, 17) + " ", "value"),
        (fit(words, rest), "strong"),
    ]
