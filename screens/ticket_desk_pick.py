"""Which of the issued tickets? Found by its number, tail of the phone, tier or business."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from hallterm.desk.views import TicketRow
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.dialog import Dialog
from hallterm.screens.initials import matches
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.queue_line import flags_of, standing_of
from hallterm.screens.widgets.seek_field import SeekField
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.terms import term, tier_and_grade

_NUMBER, _TIER, _STATE, _FLAGS, _BUSINESS = 7, 9, 10, 8, 22


def ticket_line(row: TicketRow, cells: int) -> Sequence[Cell]:
    """Lay a ticket out."""
    standing = standing_of(row) or term(row.state)
    rest = max(cells - _NUMBER - _TIER - _STATE - _FLAGS - _BUSINESS, 0)
    return [
        (fit(plain(row.number), _NUMBER), "strong"),
        (fit(tier_and_grade(row.tier, row.grade), _TIER), "value"),
        (fit(standing, _STATE), "value"),
        (fit(flags_of(row), _FLAGS), "strong"),
        (fit(plain(joined(row.businesses)), _BUSINESS - 1) + " ", "value"),
        (fit(plain(row.customer) or _("散客"), rest), "label"),
    ]


def ticket_words(row: TicketRow) -> str:
    """Return all by which a ticket can be found."""
    tier = tier_and_grade(row.tier, row.grade)
    return " ".join((row.number, row.customer, tier, *row.businesses, standing_of(row)))


class TicketPick(Dialog[TicketRow | None, None]):
    """Answers one of the tickets."""

    KEYS = (TAKE, CANCEL)
    CSS_PATH = [sheet("lines"), sheet("customer")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "SeekField"

    def __init__(self, rows: Sequence[TicketRow]) -> None:
        super().__init__(_("哪一张号票？"))
        self._rows = tuple(rows)

    @property
    def state(self) -> None:
        """The keys of this question always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits are text here."""
        return _("文字")

    def compose_body(self) -> ComposeResult:
        """Yield the field and the tickets."""
        words = _("票号、手机尾号、级别、业务、拼音首字母")
        yield SeekField(words, lambda: self._list)
        yield LineList(ticket_line, id="found")

    def on_mount(self) -> None:
        """List all."""
        super().on_mount()
        self.narrow()

    @on(Input.Changed)
    def narrow(self) -> None:
        """List what fits what was typed so far."""
        field = self.query_one(SeekField)
        words = field.text.split()
        found = [r for r in self._rows if all(matches(ticket_words(r), w) for w in words)]
        field.fill(found, field.text, _("还在等的号票里没有这一张"))

    @property
    def _list(self) -> "LineList[TicketRow]":
        return self.query_one("#found", LineList)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Take the ticket under the cursor."""
        self.action_command(TAKE.id)

    async def do_take(self) -> None:
        """Answer with the ticket under the cursor, of what is typed now."""
        if self.query_one(SeekField).behind:
            self.narrow()
        if self._list.cursor is not None:
            self.dismiss(self._list.cursor)
