"""The line under the header that stands until somebody has a waiting VIP."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, line, plain
from hallterm.screens.reading import Reading, read
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds

if TYPE_CHECKING:
    from hallterm.desk.reception_views import ReceptionRow

SIGNS = {"in_time": "", "short": "! ", "overdue": "!! "}
"""The shape beside the colour and the word."""


def clock_words(reading: Reading) -> str:
    """Return what is left of a promise, or how far it is overrun, with sign and word."""
    from hallterm.words.terms import term  # noqa: PLC0415 - only after the first frame

    sign = "+" if reading.left < 0 else ""
    left = sign + minutes_seconds(abs(reading.left))
    return f"{left} {SIGNS[reading.word.value]}{term(reading.word)}"


def state_style(reading: Reading) -> str:
    """Return the name of the style for how a promise stands."""
    return reading.word.value.replace("_", "-")


def asked_words(row: "ReceptionRow") -> str:
    """Return who is asked, by name where there is one."""
    return joined(plain(one.name or one.staff_id) for one in row.asked)


class ReceptionStrip(Widget):
    """The five minutes of the VIP who has waited longest, and how many more there are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "strip--label",
        "strip--value",
        "strip--key",
        "strip--in-time",
        "strip--short",
        "strip--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ReceptionRow, ...] = ()
        self._now = 0.0
        self.display = False

    def show(self, rows: Sequence["ReceptionRow"], moment: Moment) -> None:
        """Show the VIPs whom nobody has; none: the line goes away."""
        self._now = moment.seconds
        if self.rows != tuple(rows):
            self.rows = tuple(rows)
            self.display = bool(rows)
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        if self.rows and int(moment.seconds) != int(self._now):
            self._now = moment.seconds
            self.refresh()

    def render(self) -> Text:
        """Lay out the line."""
        from hallterm.words.terms import term, tier_and_grade  # noqa: PLC0415 - as above

        style = self.get_component_rich_style
        label, value = style("strip--label"), style("strip--value")
        if not self.rows:
            return Text("")
        row = self.rows[0]
        reading = read(row.clock, self._now)
        left: list[Piece] = [
            (f" {term(row.state)} ", style(f"strip--{state_style(reading)}")),
            (f"{row.number} ", value),
            (f"{tier_and_grade(Tier.VIP, row.grade)}  ", value),
            (clock_words(reading), style(f"strip--{state_style(reading)}")),
            (_("  请 "), label),
            (asked_words(row), value),
        ]
        if row.customer:
            left.append((f"  {plain(row.customer)}", label))
        more = len(self.rows) - 1
        others = _("另 {count} 位  ").format(count=more) if more else ""
        ending: list[Piece] = [(f" {others}", value), ("Ins ", style("strip--key"))]
        return line(left, self.size.width, [*ending, (_("接待 "), label)])
