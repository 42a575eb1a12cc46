"""The lines above a request's story: what, for whom, where it stands, what is still missing."""

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.desk.request_views import RequestPage
from hallterm.desk.views import Moment
from hallterm.screens.cells import Piece, line, plain
from hallterm.screens.reception_strip import state_style
from hallterm.screens.request_words import (
    form_words,
    holder,
    left_told,
    matter,
    reading_of,
    state_words,
)
from hallterm.words import _
from hallterm.words.money import yuan
from hallterm.words.terms import term, tier_and_grade


class RequestHead(Widget):
    """Five lines: matter, customer, wish, solution or promise, who has it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "head--label",
        "head--value",
        "head--strong",
        "head--in-time",
        "head--short",
        "head--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self._page: RequestPage | None = None
        self._moment: Moment | None = None

    def show(self, page: RequestPage, moment: Moment) -> None:
        """Show a request."""
        self._page, self._moment = page, moment
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        self._moment = moment
        self.refresh()

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"head--{name}")

    def render(self) -> Text:
        """Lay the lines out."""
        page, moment = self._page, self._moment
        if page is None or moment is None:
            return Text("")
        cells, row = self.size.width, page.row
        label, value = self._look("label"), self._look("value")
        first: list[Piece] = [(f" {row.number}  ", self._look("strong")), (matter(row), value)]
        lines = [
            line(first, cells, self._stage(page, moment)),
            line(self._customer(page), cells, [(self._owner(page), label)]),
            line([(_(" 要求  "), label), (plain(page.asked), value)], cells),
            line(self._solution(page), cells),
            line(self._hold(page, moment), cells),
        ]
        return Text("\n").join(lines)

    def _stage(self, page: RequestPage, moment: Moment) -> list[Piece]:
        state = (f"{state_words(page.row)} ", self._look("strong"))
        reading = reading_of(page.row, moment.seconds)
        if reading is None:
            return [state]
        return [state, (f" {left_told(reading)} ", self._look(state_style(reading)))]

    def _customer(self, page: RequestPage) -> list[Piece]:
        row = page.row
        name = f"{tier_and_grade(row.tier, row.grade)} {plain(page.name)} {page.phone}"
        found: list[Piece] = [(_(" 客户  "), self._look("label")), (name, self._look("value"))]
        if page.account_manager:
            who = f"{plain(page.account_manager.name)} {page.account_manager.staff_id}".strip()
            words = _("   客户经理 {who}").format(who=who)
            found.append((words, self._look("label")))
        return found

    def _owner(self, page: RequestPage) -> str:
        owner = page.row.owner
        who = f"{plain(owner.name)} {owner.staff_id}".strip()
        return _("首问 {who} ").format(who=who)

    def _solution(self, page: RequestPage) -> list[Piece]:
        label, value = self._look("label"), self._look("value")
        form = page.form
        if form is None:
            return []
        amount = _(" {yuan} 元").format(yuan=yuan(form.amount_fen)) if form.amount_fen else ""
        words = f"{plain(form.solution)}{amount}"
        return [(_(" 方案  "), label), (words, value), (f"  {plain(form.superior)}", label)]

    def _hold(self, page: RequestPage, moment: Moment) -> list[Piece]:
        label, value = self._look("label"), self._look("value")
        row = page.row
        found: list[Piece] = []
        if page.form and row.holder_role:
            found.append((f" {form_words(page)}  ", value))
        elif page.authority_until:
            words = _(" 授权有效到 {until}，只能用一次  ")
            found.append((words.format(until=f"{page.authority_until:%m-%d %H:%M}"), value))
        if page.visit:
            kind, at = page.visit
            words = _(" 约好{kind} {at}  ").format(kind=term(kind), at=f"{at:%m-%d %H:%M}")
            found.append((words, value))
        if row.holder_role is None:
            return found
        found.append((_(" 在 {who} 手上").format(who=holder(row)), label))
        if page.form is None:
            late = row.promised < moment.seconds
            found.append((self._promise(page, moment), self._look("short") if late else value))
        return found

    def _promise(self, page: RequestPage, moment: Moment) -> str:
        promised = moment.local.fromtimestamp(page.row.promised, moment.local.tzinfo)
        return _("   答应客户 {at} 前答复").format(at=f"{promised:%m-%d %H:%M}")
