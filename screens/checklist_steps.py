"""The steps of a checklist: pages of nine, a digit names the place on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.desk.reception_views import StepRow
from hallterm.screens.cells import fit, plain, width
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.words import _, joined
from hallterm.words.terms import term

PER_PAGE = 9
_NUMBER, _SIGN, _TITLE, _NEED = 3, 3, 25, 6

Piece = tuple[str, str]
"""A text, and the name of its style."""


def clock_time(seconds: float, zone: tzinfo | None) -> str:
    """Write a moment as the hall's time of day."""
    return f"{datetime.fromtimestamp(seconds, zone):%H:%M}"


def chosen_words(step: StepRow) -> str:
    """Return the answers given to a step."""
    return joined(plain(choice.title) for choice in step.choices if choice.chosen)


def step_pieces(step: StepRow, cells: int, zone: tzinfo | None) -> list[Piece]:
    """Lay a step out: sign, title, whether it must be done, answers, when and who, entered late."""
    need = _("必做") if step.required else _("可选")
    if step.done:
        sign, look, answer = "✓", "done", chosen_words(step)
    elif step.skipped is not None:
        sign, look = "-", "done"
        answer = _("跳过：{reason}").format(reason=term(step.skipped))
    else:
        sign, look, answer = "", "open" if step.required else "optional", ""
    ending: list[Piece] = []
    if step.late:
        ending.append((_("补录 "), "late"))
    if step.came_by_itself:
        ending.append((_("随办结 "), "label"))
    if step.happened is not None and step.who is not None:
        who = plain(step.who.name or step.who.staff_id)
        ending.append((f"{clock_time(step.happened, zone)} {fit(who, 8)}", "done"))
    room = cells - sum(width(text) for text, _look in ending)
    left: list[Piece] = [
        (fit(sign, _SIGN), "sign"),
        (fit(plain(step.title), _TITLE), look),
        (fit(need, _NEED), "label"),
        (
            fit(answer, max(room - _SIGN - _TITLE - _NEED - 1, 0)),
            "skipped" if step.skipped else look,
        ),
        (" ", look),
    ]
    return [*left, *ending]


class StepList(ScrollView, can_focus=True):
    """Draws the page on which the cursor stands."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "step--number",
        "step--sign",
        "step--open",
        "step--optional",
        "step--done",
        "step--label",
        "step--late",
        "step--skipped",
        "step--mark",
        "step--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor stands on another step, or the steps have changed."""

        index: int

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[StepRow, ...] = ()
        self._marked: frozenset[str] = frozenset()
        self._zone: tzinfo | None = None
        self.index = 0

    @property
    def cursor(self) -> StepRow | None:
        """The step under the cursor."""
        return self._steps[self.index] if self.index < len(self._steps) else None

    @property
    def page_start(self) -> int:
        """Index of the first step on the page shown."""
        return self.index // PER_PAGE * PER_PAGE

    def at_digit(self, digit: int) -> StepRow | None:
        """Return the step with this number on the page shown."""
        index = self.page_start + digit - 1
        on_page = 1 <= digit <= PER_PAGE and index < len(self._steps)
        return self._steps[index] if on_page else None

    def show(self, steps: Sequence[StepRow], marked: frozenset[str], zone: tzinfo | None) -> None:
        """Show steps; the cursor stays on its step."""
        under = self.cursor
        self._steps, self._marked, self._zone = tuple(steps), marked, zone
        if under is not None:
            self.go_to(under.step_id)
        self._put(self.index)

    def go_to(self, step_id: str) -> None:
        """Put the cursor on a step, if it is listed."""
        for index, step in enumerate(self._steps):
            if step.step_id == step_id:
                self._put(index)

    def go_to_open(self, after: int = 0) -> None:
        """Put the cursor on the first required step that is open from a place on, else before."""
        places = [*range(after, len(self._steps)), *range(min(after, len(self._steps)))]
        for index in places:
            step = self._steps[index]
            if step.required and step.is_open:
                self._put(index)
                return

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self._put(self.index + by)

    def action_page(self, by: int) -> None:
        """Move the cursor to the first step of another page."""
        last = max(len(self._steps) - 1, 0) // PER_PAGE * PER_PAGE
        self._put(max(min(self.page_start + by * PER_PAGE, last), 0))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last step."""
        self._put(0 if end < 0 else len(self._steps) - 1)

    def _put(self, index: int) -> None:
        self.index = max(min(index, len(self._steps) - 1), 0)
        self.refresh()
        if self.is_mounted:
            self.post_message(self.Moved(self.index))

    def on_resize(self) -> None:
        """Take the whole width."""
        self.virtual_size = Size(self.size.width, self.size.height)

    def render_line(self, y: int) -> Strip:
        """Draw a step, or the page's number."""
        cells = self.size.width
        style = self.get_component_rich_style
        if y >= PER_PAGE:
            pages = (len(self._steps) + PER_PAGE - 1) // PER_PAGE
            words = f"  {self.page_start // PER_PAGE + 1}/{pages}  PgUp PgDn" if pages > 1 else ""
            return Strip([Segment(fit(words, cells), style("step--label"))], cells)
        index = self.page_start + y
        if index >= len(self._steps):
            return Strip.blank(cells, self.rich_style)
        step = self._steps[index]
        mark = "*" if step.step_id in self._marked else " "
        at_cursor = index == self.index
        pieces: list[Piece] = [
            (">" if at_cursor else " ", "sign"),
            (fit(str(y + 1), _NUMBER - 1), "number"),
            (mark, "mark"),
            *step_pieces(step, cells - _NUMBER - 2, self._zone),
        ]
        over = style("step--cursor") if at_cursor else None
        segments = [
            Segment(text, style(f"step--{look}") + over if over else style(f"step--{look}"))
            for text, look in pieces
        ]
        return Strip(segments).adjust_cell_length(cells, over or self.rich_style)
