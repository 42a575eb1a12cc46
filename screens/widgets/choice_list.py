"""A short list of choices: numbered on the page shown, with a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hallterm.screens.cells import fit, plain, width
from hallterm.screens.commands.everywhere import LIST_KEYS

T = TypeVar("T")

PER_PAGE = 9


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One thing to choose."""

    value: T
    label: str
    note: str = ""
    """Explains it, dim, behind the label."""
    number: int | None = None
    """The thing's own number, which is then typed to choose it; None: its place on the page."""


class ChoiceList(ScrollView, can_focus=True):
    """Pages of nine; a digit names the place on the page, or the thing's own number."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--number",
        "choice--label",
        "choice--note",
        "choice--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor stands on another choice."""

        index: int

    def __init__(self, choices: Sequence[Choice[object]], empty: str = "") -> None:
        super().__init__()
        self._empty = empty
        self._choices = tuple(choices)
        self.cursor = 0

    @property
    def choices(self) -> tuple[Choice[object], ...]:
        """The choices, in order."""
        return self._choices

    def replace(self, choices: Sequence[Choice[object]]) -> None:
        """Show other choices, the cursor on the first."""
        self._choices = tuple(choices)
        self.cursor = 0
        self.virtual_size = Size(self.size.width, min(len(self._choices), PER_PAGE))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for each choice of the longest page, and one for the page's number."""
        del container, viewport, width
        return max(min(len(self._choices), PER_PAGE), 1) + (len(self._choices) > PER_PAGE)

    @property
    def page_start(self) -> int:
        """Index of the first choice on the page shown."""
        return self.cursor // PER_PAGE * PER_PAGE

    def at_digit(self, digit: int) -> Choice[object] | None:
        """Return the choice with this number on the page shown."""
        index = self.page_start + digit - 1
        on_page = 1 <= digit <= PER_PAGE and index < len(self._choices)
        return self._choices[index] if on_page else None

    @property
    def by_own_number(self) -> bool:
        """Whether the choices have numbers of their own."""
        return any(choice.number is not None for choice in self._choices)

    def numbered(self, typed: str) -> list[Choice[object]]:
        """Return the choices, on all pages, whose own number begins with what was typed."""
        return [
            choice
            for choice in self._choices
            if choice.number is not None and str(choice.number).startswith(typed)
        ]

    def go_to(self, choice: Choice[object]) -> None:
        """Put the cursor on a choice."""
        self._put(self._choices.index(choice))

    @property
    def under_cursor(self) -> Choice[object] | None:
        """The choice that the cursor stands on."""
        return self._choices[self.cursor] if self._choices else None

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self._put(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._put(self.cursor + by * PER_PAGE)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first or the last choice."""
        self._put(0 if end < 0 else len(self._choices) - 1)

    def _put(self, index: int) -> None:
        self.cursor = max(min(index, len(self._choices) - 1), 0)
        self.refresh()
        self.post_message(self.Moved(self.cursor))

    def render_line(self, y: int) -> Strip:
        """Draw one choice of the page."""
        style = self.get_component_rich_style
        cells = self.size.width
        index = self.page_start + y
        if not self._choices and y == 0:
            return Strip([Segment(fit(f"  {self._empty}", cells), style("choice--note"))], cells)
        if y >= PER_PAGE:
            pages = (len(self._choices) + PER_PAGE - 1) // PER_PAGE
            note = f"  {self.cursor // PER_PAGE + 1}/{pages}  PgUp PgDn"
            return Strip([Segment(fit(note, cells), style("choice--note"))], cells)
        if index >= len(self._choices):
            return Strip.blank(cells, self.rich_style)
        choice = self._choices[index]
        base = style("choice--cursor") if index == self.cursor else style("choice--label")
        label = plain(choice.label)
        room = cells - 5
        label_cells = min(max(width(label) + 2, 22), room) if choice.note else room
        number = y + 1 if choice.number is None else choice.number
        segments = [
            Segment(f" {number:>2}  ", style("choice--number") + base),
            Segment(fit(label, label_cells), base),
        ]
        if choice.note:
            note_style = (
                style("choice--note") + base if index == self.cursor else style("choice--note")
            )
            segments.append(Segment(fit(plain(choice.note), room - label_cells), note_style))
        return Strip(segments, cells).apply_style(self.rich_style)
