"""How the day's receptions went: the hall, then each receiver (按人统计)."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.screens.cells import fit, plain, right
from hallterm.screens.dialog import Dialog
from hallterm.words import _, with_note
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.reception_views import ReceptionFigures

_NAME, _COLUMN = 18, 10
MOST_SKIPS = 4
"""Skipped steps that are named, the most frequent first."""


class ReceptionFiguresSheet(Dialog[None, None]):
    """One line for the hall and one for each receiver; then what was skipped, and why."""

    def __init__(
        self, hall: "ReceptionFigures", receivers: "tuple[tuple[str, ReceptionFigures], ...]"
    ) -> None:
        super().__init__(_("今天的接待"))
        self._hall = hall
        self._receivers = receivers

    @property
    def state(self) -> None:
        """There is nothing to choose."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield the figures as lines."""
        heads = (_("接待"), _("5分钟内"), _("10分钟内"), _("送别"), _("补录"), _("跳过"))
        lines = [fit("", _NAME) + "".join(right(head, _COLUMN) for head in heads)]
        lines.append(_line(_("全厅"), self._hall))
        lines += [_line(name, theirs) for name, theirs in self._receivers]
        if self._hall.skipped:
            lines += ["", _("跳过最多的")]
            lines += [
                f"  {count}  {with_note(plain(title), term(reason))}"
                for title, reason, count in self._hall.skipped[:MOST_SKIPS]
            ]
        yield Static("\n".join(lines), id="figures", markup=False)


def _line(name: str, counted: "ReceptionFigures") -> str:
    decided = counted.received_in_time + counted.not_in_time
    words = (
        str(counted.receptions),
        f"{counted.received_in_time}/{decided}",
        f"{counted.served_in_time}/{counted.served}",
        str(counted.seen_off),
        str(counted.late),
        str(sum(count for _title, _reason, count in counted.skipped)),
    )
    return fit(plain(name), _NAME) + "".join(right(word, _COLUMN) for word in words)
