"""A screen with a title and one list of things to set up."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.screens.base import HallScreen
from hallterm.screens.cells import plain
from hallterm.screens.commands.table import COMMANDS
from hallterm.screens.widgets.choice_list import PER_PAGE, Choice, ChoiceList
from hallterm.styles import sheet
from hallterm.words import _

StateT = TypeVar("StateT")


class ListScreen(HallScreen[StateT], Generic[StateT]):
    """A digit does to a line what Enter does to the line under the cursor."""

    CSS_PATH = sheet("setup")
    AUTO_FOCUS = "ChoiceList"
    ENTER: ClassVar[str] = ""
    """Id of the command that Enter stands for."""

    def title_line(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def note_line(self) -> str:
        """Return a line of explanation below the title."""
        return ""

    def digits_mean(self) -> str:
        """Digits name a line."""
        return _("选第几项")

    def compose_body(self) -> ComposeResult:
        """Yield title, explanation and list."""
        yield Static(plain(self.title_line()), id="title", markup=False)
        yield Static(plain(self.note_line()), id="note", markup=False)
        yield ChoiceList([])

    @property
    def list(self) -> ChoiceList:
        """The list."""
        return self.query_one(ChoiceList)

    def fill(self, choices: Sequence[Choice[object]]) -> None:
        """Show other lines; the cursor stays on its place."""
        place = self.list.cursor
        self.list.replace(choices)
        self.list.cursor = max(min(place, len(choices) - 1), 0)
        self.list.refresh()
        self.refresh_keys()

    def digit(self, digit: str) -> bool:
        """Do what Enter does, to the line of this number."""
        place = self.list.page_start + int(digit) - 1
        if 1 <= int(digit) <= PER_PAGE and place < len(self.list.choices):
            self.list.cursor = place
            self.list.refresh()
            self.action_command(COMMANDS[self.ENTER].id)
        return True
