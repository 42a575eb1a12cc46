"""The frame of every question: a sheet across the full width above the keys."""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Container
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Static

from hallterm.screens.cells import plain
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.commands.session import LOCK
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.key_bar import KeyBar
from hallterm.screens.widgets.news import News

if TYPE_CHECKING:
    from hallterm.screens.hall_app import HallApp

StateT = TypeVar("StateT")


class Dialog(
    Keyed[ScreenResultType, StateT],
    ModalScreen[ScreenResultType],
    Generic[ScreenResultType, StateT],
):
    """A question on a sheet. Its edges are the screen's, so it never cuts through a character."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (CANCEL, LOCK)

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self._title = plain(title)
        self._note = plain(note)

    def compose(self) -> ComposeResult:
        """Lay out the sheet, then the news line and the keys of the dialog itself."""
        with Container(id="sheet"):
            yield Static(self._title, id="title", markup=False)
            if self._note:
                yield Static(self._note, id="note", markup=False)
            yield from self.compose_body()
        yield News()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """Yield what the question is made of."""
        return iter(())

    def on_mount(self) -> None:
        """Show the first keys."""
        self.refresh_keys()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Answer and leave; once only, and only from the top.

        Textual takes whatever screen is on top away: for a key that comes after the answer that
        would be the screen below, and for work that ends behind the lock the lock itself.
        """
        if not self.is_active:
            return AwaitComplete()
        return super().dismiss(result)

    async def do_cancel(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    async def do_lock(self) -> None:
        """Lock the terminal; the question is still there when its person is back."""
        if self.shell.session is not None:
            cast("HallApp", self.app).passage.lock()
