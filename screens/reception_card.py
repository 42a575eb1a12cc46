"""The card after the visit (接待小结): times against the norms, steps, services, outcome."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.desk.reception_views import ReceptionSummary, StepLine
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, fit, line, plain
from hallterm.screens.checklist_head import wrapped
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.screens.dialog import Dialog
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.actions import action_word
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

_LABEL = 12

Row = tuple[str, str, str]
"""Label, words, style."""


def _kept(seconds: float | None, budget: int, verdict: str) -> str:
    if seconds is None:
        return verdict
    limit = _("限 {minutes} 分").format(minutes=budget // 60)
    return "  ".join((minutes_seconds(seconds), limit, verdict))


def card_rows(card: ReceptionSummary) -> Iterator[Row]:
    """Return the card line by line."""
    in_time = {True: _("达标"), False: _("超时"), None: ""}[card.received_in_time]
    received = _kept(card.received_s, card.reception_budget_s, in_time)
    late = card.received_in_time is False
    yield _("接待"), received or _("没有人接待"), "overdue" if late else "value"
    broken = card.service.value == "broken"
    served = _kept(card.service_s, card.service_budget_s, term(card.service))
    yield _("办理"), served, "overdue" if broken else "value"
    who = card.receiver
    yield _("接待人"), f"{who.name} {who.staff_id}".strip() if who else _("没有人"), "value"
    times = f"{card.shown:%H:%M}" + (f" - {card.closed:%H:%M}" if card.closed else "")
    ending = term(card.close_reason) if card.close_reason else term(card.state)
    yield _("时间"), f"{times}  {ending}", "value"
    if card.place:
        yield _("在哪里"), card.place, "value"
    outcome = "  ".join(filter(None, [term(card.outcome) if card.outcome else ""]))
    rating = term(card.rating) if card.rating else ""
    matter = "  ".join(filter(None, [joined(card.businesses), outcome, rating]))
    yield _("业务"), matter, "value"
    for name, titles in card.remembered:
        yield name, joined(titles), "strong"
    for one in card.arranged:
        what = term(one.kind) if one.kind else _("再来")
        told = "  ".join((f"{one.begins:%m-%d %H:%M}", what, one.business))
        yield _("约好了"), told, "strong"
    yield from _steps(card)
    yield from _moves(card)


def _steps(card: ReceptionSummary) -> Iterator[Row]:
    done = sum(step.done for step in card.steps)
    words = _("做了 {done}，跳过 {skipped}，补录 {late}").format(
        done=done, skipped=len(card.skipped), late=len(card.late)
    )
    yield _("步骤"), words, "value"
    for step in card.steps:
        yield "", _step_words(step), "short" if step.skipped else "label"


def _step_words(step: StepLine) -> str:
    when = f"{step.happened:%H:%M}" if step.happened else "     "
    how = ""
    if step.skipped:
        how = _("跳过：{reason}").format(reason=term(step.skipped))
    elif not step.done:
        how = _("没有做")
    late = _("补录") if step.late else ""
    answers = joined(step.answers)
    return "  ".join(filter(None, [when, step.title, how, answers, late, step.who]))


def _moves(card: ReceptionSummary) -> Iterator[Row]:
    for place, move in enumerate(card.moves):
        words = (f"{move.at:%H:%M:%S}", action_word(move.event), move.staff_id, move.device)
        yield "" if place else _("经过"), "  ".join(words), "label"


class CardLines(ScrollView, can_focus=True):
    """The card, scrolled by lines and pages."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card-lines--label",
        "card-lines--value",
        "card-lines--strong",
        "card-lines--short",
        "card-lines--overdue",
    }

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._top = 0

    def _laid(self) -> list[Row]:
        cells = max(self.size.width - _LABEL - 2, 10)
        laid: list[Row] = []
        for label, words, look in self._rows:
            for place, part in enumerate(wrapped(words, cells) if words else [""]):
                laid.append(("" if place else label, part, look))
        return laid

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as there are."""
        del container, viewport, width
        return len(self._rows)

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        most = max(len(self._laid()) - self.size.height, 0)
        self._top = max(min(self._top + by, most), 0)
        self.refresh()

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        self.action_move(by * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """Scroll to the first or the last line."""
        self.action_move(end * len(self._laid()))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        laid, cells = self._laid(), self.size.width
        index = self._top + y
        if index >= len(laid):
            return Strip.blank(cells, self.rich_style)
        label, words, look = laid[index]
        style = self.get_component_rich_style
        pieces: list[Piece] = [
            (fit(f" {plain(label)}", _LABEL), style("card-lines--label")),
            (plain(words), style(f"card-lines--{look}")),
        ]
        text: Text = line(pieces, cells)
        return Strip(text.render(self.app.console), cells).apply_style(self.rich_style)


class ReceptionCard(Dialog[None, None]):
    """Shows the card; Esc goes back."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (CANCEL,)
    CSS_PATH = sheet("reception")
    AUTO_FOCUS = "CardLines"

    def __init__(self, card: ReceptionSummary) -> None:
        grade = tier_and_grade(Tier.VIP, card.grade)
        head = (_("接待小结"), f"{card.day:%Y-%m-%d}", card.number, grade, card.customer)
        super().__init__("  ".join(filter(None, head)))
        self._card = card

    @property
    def state(self) -> None:
        """Its keys always work."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield the lines."""
        yield CardLines(card_rows(self._card))
