"""Which businesses the hall does."""

from typing import Any, ClassVar

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import BUSINESSES_KEYS, ListState
from hallterm.screens.setup.book import BusinessRow, HallBook
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.words import _


class Offer(ListScreen[ListState]):
    """A line for each business of the file; nothing changes before it is saved."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = BUSINESSES_KEYS
    ENTER = "businesses.toggle"

    def __init__(self, book: HallBook) -> None:
        super().__init__()
        self._book = book
        self._rows: tuple[BusinessRow, ...] = ()
        self._offered: set[str] = set()

    @property
    def state(self) -> ListState:
        """How many there are."""
        return ListState(len(self._rows))

    def title_line(self) -> str:
        """Return the title."""
        return _("业务")

    def note_line(self) -> str:
        """Say what can be done."""
        return _("数字或 Enter 选办或不办，F9 保存；Esc 返回，不保存。")

    def on_mount(self) -> None:
        """Read the businesses."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        rows = await self.ask(self._book.businesses)
        if rows is not None:
            self._rows = rows
            self._offered = {row.business_id for row in rows if row.offered}
            self._show()

    def _show(self) -> None:
        self.fill([Choice(r, f"{self._sign(r)} {r.code}  {r.name}") for r in self._rows])

    def _sign(self, row: BusinessRow) -> str:
        return "✓" if row.business_id in self._offered else "✗"

    async def do_toggle(self) -> None:
        """Do, or don't do, the business under the cursor."""
        choice = self.list.under_cursor
        if choice is not None and isinstance(choice.value, BusinessRow):
            self._offered ^= {choice.value.business_id}
            self._show()

    async def do_all(self) -> None:
        """Do all of them."""
        self._offered = {row.business_id for row in self._rows}
        self._show()

    async def do_save(self) -> None:
        """Keep the choice."""
        wanted = [row.business_id for row in self._rows if row.business_id in self._offered]
        if await self.ask(self._book.offer, wanted):
            self.say(_("已保存，共办 {count} 项业务。").format(count=len(wanted)), Tone.DONE)
