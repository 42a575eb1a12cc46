"""A question for a person: find one as you type, or enter a new one."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from hallterm.screens.commands.customer import FINDER_KEYS
from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.customer_form import CustomerForm
from hallterm.screens.dialog import Dialog
from hallterm.screens.ticket_desk_found import found_heading, found_line, hint_for
from hallterm.screens.widgets.line_list import LineList
from hallterm.screens.widgets.seek_field import SeekField
from hallterm.styles import sheet
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.customer_search import CustomerSearch, FoundRow, FoundRows
    from hallterm.screens.customer_work import CustomerWork


class CustomerFinder(Dialog[str | None, None]):
    """Answers the id of a person."""

    KEYS = (*FINDER_KEYS, TAKE, CANCEL)
    CSS_PATH = [sheet("lines"), sheet("customer")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "SeekField"

    def __init__(
        self, title: str, search: "CustomerSearch", work: "CustomerWork", note: str = ""
    ) -> None:
        super().__init__(title, note)
        self._search = search
        self._work = work
        self._found: FoundRows | None = None
        self._looking = False

    @property
    def state(self) -> None:
        """The keys of the finder always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits are text here."""
        return _("文字")

    def compose_body(self) -> ComposeResult:
        """Yield the field and what it finds."""
        words = _("手机号、后四位、VIP 卡、证件、姓名、拼音首字母")
        yield SeekField(words, lambda: self._list)
        yield Static(id="hint", markup=False)
        yield LineList(found_line, found_heading, id="found")

    @property
    def _list(self) -> "LineList[FoundRow]":
        return self.query_one("#found", LineList)

    @property
    def _text(self) -> str:
        return self.query_one(SeekField).text

    @on(Input.Changed)
    def changed(self) -> None:
        """Look for what stands in the field now."""
        self._hint()
        if not self._looking:
            self.run_worker(self._look(), group="look")

    async def _look(self) -> None:
        """Look until the answer fits what is typed; what was typed meanwhile is skipped."""
        self._looking = True
        try:
            while self._found is None or self._found.text != self._text:
                found = await self.look(self._search.find, self._text)
                if found is None:
                    return
                if self._found is None or self._found.text != found.text:
                    self._found = found
                    self.query_one(SeekField).fill(found.rows, found.text)
                self._hint()
        finally:
            self._looking = False

    def _hint(self) -> None:
        words = hint_for(self._text, self._found) if self._text else ""
        self.query_one("#hint", Static).update(f" {words}")

    @on(Input.Submitted)
    def entered(self) -> None:
        """Take the person under the cursor."""
        self.action_command(TAKE.id)

    async def do_take(self) -> None:
        """Answer with the person under the cursor, of what is typed now."""
        await self._look()
        row = self._list.cursor
        if row is not None:
            self.dismiss(row.view.person_id)

    async def do_new(self) -> None:
        """Enter a new person and answer with them."""
        view = await self.app.push_screen_wait(CustomerForm(self._work, typed=self._text))
        if view is not None:
            self.dismiss(view.person_id)
