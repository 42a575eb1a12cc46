"""The queue with its heading: column titles, place in the list, what narrows it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from hallterm.desk.views import Moment, TicketRow
from hallterm.screens.cells import fit, line, right, width
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.queue_columns import AGE, NUMBER, TIER, WORD, Columns
from hallterm.screens.widgets.queue_view import Keep, QueueView
from hallterm.words import _


class QueueHeading(Widget):
    """One dim line above the queue."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heading--label", "heading--narrowed"}

    def __init__(self) -> None:
        super().__init__()
        self._columns: Columns | None = None
        self._place = ""
        self._narrowed = ""

    def show(self, columns: Columns, place: str, narrowed: str) -> None:
        """Show the titles of these columns; `narrowed` replaces them while a filter holds."""
        if (columns, place, narrowed) != (self._columns, self._place, self._narrowed):
            self._columns, self._place, self._narrowed = columns, place, narrowed
            self.refresh()

    def render(self) -> Text:
        """Lay out the titles over their columns."""
        label = self.get_component_rich_style("heading--label")
        cells = self.size.width
        ending = [(f"{self._place} ", label)]
        if self._narrowed:
            style = self.get_component_rich_style("heading--narrowed")
            return line([(f" {self._narrowed}", style)], cells, ending)
        room = cells - width(self._place) - 2
        return line([(set_cell_size(self._titles(room), room), label)], cells, ending)

    def _titles(self, room: int) -> str:
        columns = self._columns
        if columns is None:
            return ""
        titles = " " + fit(_("票号"), NUMBER) + fit(_("级别"), TIER) + right(_("已等"), AGE) + " "
        titles += fit(_("时限"), columns.bar) + " " + fit("  " + _("承诺"), WORD)
        if columns.reception:
            titles += "  " + fit(_("接待"), columns.reception)
        titles += "  "
        for title, cells in (
            (_("去向"), columns.state),
            (_("注意"), columns.flags),
            (_("业务"), columns.business),
            (_("客户"), columns.customer),
        ):
            if cells and width(titles) + width(title) <= room:
                titles += fit(title, cells) + " "
        return titles


class QueuePane(Vertical):
    """Heading and list. Digits narrow the list by ticket number; it stands still meanwhile."""

    def __init__(
        self,
        *,
        with_state: bool = False,
        bars: Bars = Bars.PAINT,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(id=id)
        self.view = QueueView(with_state=with_state, bars=bars)
        self._heading = QueueHeading()
        self._digits = ""
        """What was typed of a ticket number: a letter, digits, or both."""
        self._words = ""
        self._keep: Keep | None = None
        self._held: tuple[TicketRow, ...] | None = None
        self.standing_still = False

    def compose(self) -> ComposeResult:
        """Yield heading and list."""
        yield self._heading
        yield self.view

    @property
    def digits(self) -> str:
        """Ticket number typed so far: a letter, digits, or both."""
        return self._digits

    @property
    def unclear(self) -> tuple[str, ...]:
        """Numbers of the tickets that what was typed may mean; empty once it is plain."""
        if not self._digits or self.view.touched or len(self._meant()) == 1:
            return ()
        return tuple(row.number for row in self._meant() or self.view.rows)

    def _meant(self) -> tuple[TicketRow, ...]:
        return tuple(row for row in self.view.rows if _is_number(row.number, self._digits))

    def show(self, rows: Sequence[TicketRow]) -> None:
        """Show tickets; kept back while a person types."""
        if self._digits or self.standing_still:
            self._held = tuple(rows)
        else:
            self.view.show(rows)
        self._describe()

    def release(self) -> None:
        """Let the list move again."""
        self.standing_still = False
        if self._held is not None and not self._digits:
            self.view.show(self._held)
            self._held = None
        self._describe()

    def narrow(self, keep: Keep | None, words: str) -> None:
        """Show only some tickets; `words` say which."""
        self._keep, self._words = keep, words
        self._apply()

    def type_digit(self, digit: str) -> None:
        """Narrow the list to ticket numbers with these digits; an exact one gets the cursor."""
        letter, digits = _parted(self._digits)
        self._type(letter + (digits + digit)[-4:])

    def type_letter(self, letter: str) -> None:
        """Narrow the list to ticket numbers with this letter; digits may follow."""
        self._type(letter.upper())

    def _type(self, typed: str) -> None:
        self._digits = typed
        self.view.touched = False
        self._apply()
        meant = self._meant()
        if meant:
            self.view.go_to(meant[0].ticket_id)

    def erase_digit(self) -> None:
        """Take back the last sign of the number."""
        self.view.touched = False
        self._digits = self._digits[:-1]
        self._apply()

    def follow(self, ticket_id: str | None) -> None:
        """Put the cursor on a ticket, unless a person has put it elsewhere or is typing."""
        if ticket_id is not None and not self._digits and not self.view.touched:
            self.view.go_to(ticket_id)

    def clear_digits(self) -> bool:
        """Show the list again; answers whether digits had been typed."""
        had, self._digits = bool(self._digits), ""
        if had:
            self._apply()
        return had

    def _apply(self) -> None:
        digits, keep = self._digits, self._keep
        if digits:
            self.view.keep(lambda row: _may_be(row.number, digits) and (keep is None or keep(row)))
        else:
            self.view.keep(keep)
            self.release()
        self._describe()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        self.view.tick(moment)

    @on(QueueView.Moved)
    def _describe(self) -> None:
        first, last = self.view.visible_range
        place = f"{first}-{last} / {len(self.view.rows)}" if last else "0"
        narrowed = self._words
        if self._digits:
            narrowed = _("票号含 {digits}：{count} 张").format(
                digits=self._digits, count=len(self.view.rows)
            )
        self._heading.show(self.view.columns, place, narrowed)

    def on_resize(self) -> None:
        """Describe again after the list has its new size."""
        self.call_after_refresh(self._describe)


def _parted(typed: str) -> tuple[str, str]:
    """Part a typed number into its letter, which may be missing, and its digits."""
    return (typed[:1], typed[1:]) if typed[:1].isalpha() else ("", typed)


def _may_be(number: str, typed: str) -> bool:
    letter, digits = _parted(typed)
    return number.startswith(letter) and digits in number[1:]


def _is_number(number: str, typed: str) -> bool:
    letter, digits = _parted(typed)
    return number.startswith(letter) and number[1:].lstrip("0") == digits.lstrip("0") != ""
