"""The customer at this counter, and the one who would come next."""

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment, TicketRow
from hallterm.domain.ticket.promise import PromiseWord
from hallterm.domain.ticket.words import HelpFlag, TicketState
from hallterm.screens.cells import Piece, fit, line, plain, width
from hallterm.screens.reading import read
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

_LABEL = 10
_NUMBER = 7
_TO_LAST_FOUR = re.compile(r"\d{3}\*+(\d{4})$")
"""A masked telephone number; where room is short, its last four digits are enough."""


def notes_of(row: TicketRow) -> list[str]:
    """Return what to mind with this customer, in words."""
    words = {
        HelpFlag.OLD: _("老人，请主动帮助"),
        HelpFlag.DISABLED: _("残障，请主动帮助"),
        HelpFlag.PREGNANT: _("孕妇，请主动帮助"),
    }
    notes = [words[flag] for flag in row.flags]
    notes += [_("有预约")] if row.appointed else []
    notes += [_("特别关注")] if row.special else []
    notes += [_("集团客户")] if row.group else []
    notes += [_("异地")] if row.visiting else []
    return notes


class TicketCard(Widget):
    """A few lines on one ticket.

    empty: words when there is none.
    vacant: title when there is none; empty: the same title.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card--label",
        "card--value",
        "card--number",
        "card--in-time",
        "card--short",
        "card--overdue",
    }

    def __init__(
        self,
        title: str,
        empty: str,
        vacant: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._vacant = vacant or title
        self._empty = empty
        self._row: TicketRow | None = None
        self._reason = ""
        self._now = 0.0

    def show(self, row: TicketRow | None, reason: str = "", empty: str | None = None) -> None:
        """Show a ticket, with the reason why it is next; None: the words for nobody."""
        self._empty = self._empty if empty is None else empty
        self._row, self._reason = row, reason
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        self._now = moment.seconds
        if self._row is not None:
            self.refresh()

    def render(self) -> Text:
        """Lay out the lines."""
        row, cells = self._row, self.size.width
        label, value = self._style("label"), self._style("value")
        title = self._vacant if row is None else self._title
        head = (f" {fit(title, _LABEL - 1)}", label)
        if row is None:
            return line([head, (self._empty, label)], cells)
        indent = (" " * _LABEL, label)
        first: list[Piece] = [
            head,
            (fit(plain(row.number), _NUMBER), self._style("number")),
            (tier_and_grade(row.tier, row.grade), value),
            ("  ", value),
            (plain(row.customer) or _("散客"), value),
        ]
        second: list[Piece] = [indent, (plain(joined(row.businesses)), value)]
        if row.documents_missing:
            missing = plain(joined(row.documents_missing))
            second += [("   " + _("缺 "), self._style("short")), (missing, self._style("short"))]
        third: list[Piece] = [indent]
        if self._reason:
            third += [(_("为何  "), label), (plain(self._reason), value)]
        notes = notes_of(row)
        if notes:
            third += [
                ("   " if self._reason else "", label),
                ("  ".join(notes), self._style("short")),
            ]
        ends = [*self._ends(row), [], []]
        if _cells(first) + _cells(ends[0]) >= cells:
            first[-1] = (_TO_LAST_FOUR.sub(r"*\1", first[-1][0]), value)
        return Text("\n").join(
            line(pieces, cells, end)
            for pieces, end in zip((first, second, third), ends, strict=False)
        )

    def _ends(self, row: TicketRow) -> list[list[Piece]]:
        """Return the clocks at the right of each line."""
        label, number = self._style("label"), self._style("number")
        reading = read(row.service, self._now)
        state = self._style(_CLASSES[reading.word])
        waited: list[Piece] = [
            (_("已等 "), label),
            (f"{minutes_seconds(reading.age)} ", number),
            (f"{term(reading.word)} ", state),
        ]
        if row.state in {TicketState.CALLED, TicketState.SERVING, TicketState.PARKED}:
            verb = _("已叫 ") if row.state is TicketState.CALLED else _("已办 ")
            began = row.state_since if row.state is TicketState.CALLED else _began(row)
            since = minutes_seconds(self._now - began)
            return [[(verb, label), (f"{since} ", number)], waited]
        left = minutes_seconds(abs(reading.left))
        sign = _("还剩 ") if reading.left >= 0 else _("已超 ")
        ends = [
            waited,
            [(sign, label), (f"{left} ", number)],
        ]
        if row.reception is not None:
            reception = read(row.reception, self._now)
            style = self._style(_CLASSES[reception.word])
            words = minutes_seconds(abs(reception.left)) if reception.running else ""
            verb = _("接待还剩 ") if reception.left >= 0 else _("接待已超 ")
            ends.append([(verb if reception.running else _("已接待"), label), (f"{words} ", style)])
        return ends

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"card--{name}")


def _cells(pieces: list[Piece]) -> int:
    return sum(width(text) for text, _style in pieces)


def _began(row: TicketRow) -> float:
    """Return when service began, first; setting it aside in between does not count anew."""
    return row.state_since if row.service.stopped is None else row.service.stopped


_CLASSES = {
    PromiseWord.IN_TIME: "in-time",
    PromiseWord.SHORT: "short",
    PromiseWord.OVERDUE: "overdue",
}
