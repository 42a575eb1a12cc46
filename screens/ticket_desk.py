"""The ticket desk (取号): who is it, what for, and a number in a few keys."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from hallterm.desk.views import Moment
from hallterm.screens.commands.ticket_desk import (
    GO_ON,
    TICKET_DESK_KEYS,
    WALK_IN,
    Panel,
    TicketDeskState,
)
from hallterm.screens.ticket_desk_actions import TicketDeskActions
from hallterm.screens.ticket_desk_draft import BusinessGrid, DraftBand, DraftChecks
from hallterm.screens.ticket_desk_found import WhoField, found_heading, found_line, hint_for
from hallterm.screens.ticket_desk_issued import IssuedPanel
from hallterm.screens.widgets.line_list import LineList
from hallterm.styles import sheet
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.tickets import Issued
    from hallterm.screens.customer_search import FoundRow, FoundRows


class TicketDeskScreen(TicketDeskActions):
    """Draws two stages: finding the customer, and making the ticket."""

    KEYS = TICKET_DESK_KEYS
    CSS_PATH = [sheet("lines"), sheet("ticket_desk")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS: ClassVar[str] = "#who"

    found: "FoundRows | None" = None
    _looking = False

    @property
    def state(self) -> TicketDeskState:
        """What is found or being made."""
        drafting = self.draft is not None
        return TicketDeskState(
            drafting=drafting,
            chosen=self.person is not None or (not drafting and self.under_cursor is not None),
            businesses=bool(self.draft and self.draft.business_ids),
            documents=bool(self.documents),
            agent=self.agent is not None,
            panel=self.panel,
            printed=self.printed is not None,
            undoable=self.undoable,
        )

    def digits_mean(self) -> str:
        """Text in the field; then codes, documents or care."""
        if self.draft is None:
            return _("文字")
        return {
            Panel.BUSINESSES: _("两位业务码"),
            Panel.DOCUMENTS: _("带没带"),
            Panel.CARE: _("关照"),
        }[self.panel]

    def compose_body(self) -> ComposeResult:
        """Yield both stages."""
        with Vertical(id="finding"):
            yield WhoField(lambda: self._list, self._lead, self.digit)
            yield Static(id="hint", markup=False)
            yield LineList(found_line, found_heading, id="found")
            yield IssuedPanel(self.shell.bars)
        with Vertical(id="drafting"):
            yield DraftBand()
            with Vertical(id="sheets"):
                yield BusinessGrid()
                yield DraftChecks()

    def _lead(self, key: str) -> bool:
        for command in (GO_ON, WALK_IN):
            if key in self.shell.keymap.keys_of(command):
                self.action_command(command.id)
                return True
        return False

    def on_mount(self) -> None:
        """Begin with an empty field."""
        super().on_mount()
        self.show_finding(clear=True)

    def on_screen_resume(self, event: object) -> None:
        """See what undo would take back now, and what holds of the ticket issued last."""
        self.run_worker(self.note_standing(), group="standing")
        super().on_screen_resume(event)  # type: ignore[arg-type]  # the base names Textual's event

    def tick(self, moment: Moment) -> None:
        """Show a new second of the running clock."""
        super().tick(moment)
        if self.draft is not None:
            for band in self.query(DraftBand):
                band.tick(moment)

    # Finding

    @property
    def _field(self) -> WhoField:
        return self.query_one(WhoField)

    @property
    def _list(self) -> "LineList[FoundRow]":
        return self.query_one("#found", LineList)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self._field.text

    @property
    def under_cursor(self) -> "FoundRow | None":
        """The customer under the cursor of the list."""
        return self._list.cursor if self.typed else None

    def more_digits(self, digits: str) -> None:
        """Put digits behind what stands in the field."""
        self._field.insert_text_at_cursor(digits)

    @on(Input.Changed, "#who")
    def changed(self) -> None:
        """Look for what stands in the field now."""
        self._draw_finding()
        if not self._looking:
            self.run_worker(self._look(), group="look")

    async def _look(self) -> None:
        """Look until the answer fits what is typed; what was typed meanwhile is skipped."""
        self._looking = True
        try:
            while self.found is None or self.found.text != self.typed:
                found = await self.look(self.search.find, self.typed)
                if found is None:
                    return
                if self.found is None or self.found.text != found.text:
                    self.found = found
                    self._field.fill(found.rows, found.text)
                    if found.rows:
                        self.unsay()
                self._draw_finding()
        finally:
            self._looking = False
        self.refresh_keys()

    async def found_for(self, text: str) -> "FoundRow | None":
        """Return the customer under the cursor, of what is typed now."""
        await self._look()
        return self._list.cursor if self.found and self.found.text == text else None

    def _draw_finding(self) -> None:
        text = self.typed
        self.query_one("#hint", Static).update(f" {hint_for(text, self.found)}")
        self.set_class(not text and self.printed is not None, "-issued")
        self.set_class(bool(text), "-typed")

    def show_finding(self, *, clear: bool) -> None:
        """Go to the field; clear: the next customer is somebody else."""
        self.remove_class("-drafting")
        field = self._field
        field.handing_on = False
        if clear:
            field.value = ""
            self.found = None
            field.fill((), "")
        field.focus()
        self._draw_finding()
        self.call_after_refresh(self.refresh_keys)

    # Making the ticket

    def show_draft(self) -> None:
        """Draw the ticket being made."""
        if self.draft is None:
            return
        self.add_class("-drafting")
        self.set_focus(None)
        drawn = self.drawn(self.draft)
        self.query_one(DraftBand).show(drawn, self.moment)
        self.query_one(BusinessGrid).show(drawn)
        self.query_one(DraftChecks).show(drawn)

    def show_issued(self, issued: "Issued", customer: str) -> None:
        """Draw the ticket just issued."""
        self.query_one(IssuedPanel).show(issued, customer)

    def hide_issued(self) -> None:
        """Draw no ticket any more."""
        self.printed = None
        self._draw_finding()
