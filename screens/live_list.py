"""A screen with one list that is read again each second; digits go to its lines."""

from typing import ClassVar, Generic, TypeVar

from textual import on

from hallterm.desk.views import Moment
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import fit
from hallterm.screens.widgets.line_list import Cell, LineList

StateT = TypeVar("StateT")
ItemT = TypeVar("ItemT")

PLACE = 3
"""Cells of a line's number."""
_ONE_DIGIT = 9


class LiveListScreen(HallScreen[StateT], Generic[StateT, ItemT]):
    """A subclass names its list in `LIST` and reads it in `read`."""

    LIST: ClassVar[str]
    """Id of the list."""

    @property
    def items(self) -> "LineList[ItemT]":
        """The list."""
        return self.query_one(f"#{self.LIST}", LineList)

    async def read(self) -> None:
        """Ask the desk, and show what is new."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Read the list."""
        super().on_mount()
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and what others have done."""
        super().tick(moment)
        if self.is_mounted:
            self.items.refresh()
            self.reload()

    def reload(self) -> None:
        """Read the list again, unless that is under way."""
        if not any(w.group == "list" and not w.is_finished for w in self.workers):
            self.run_worker(self.read(), group="list")

    def numbered(self, item: ItemT) -> Cell:
        """Return the cell with the digit that goes to this line, blank beyond the ninth."""
        shown = self.items.items
        place = next((n for n, one in enumerate(shown, 1) if one is item), 0)
        return fit(str(place) if 0 < place <= _ONE_DIGIT else "", PLACE), "label"

    @on(LineList.Moved)
    def line_moved(self) -> None:
        """Show the keys that work for the line under the cursor."""
        self.refresh_keys()

    def digit(self, digit: str) -> bool:
        """Go to the line of this number."""
        index = int(digit) - 1
        if 0 <= index < len(self.items.items):
            self.items.action_move(index - self.items.index)
        return True
