"""A day in numbers: a line a tier, the last for all."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, fit, line, plain, right
from hallterm.words import _
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.days import DayFigures, TierFigures
    from hallterm.screens.end_of_day_work import Targets

_TIER = 8
_COLUMNS = (5, 7, 7, 8, 8, 10, 10)
_SATISFIED = 14


def _headings() -> tuple[str, ...]:
    return (
        _("客户"),
        _("达标"),
        _("平均"),
        _("90%不超"),
        _("最长"),
        _("过号"),
        _("中途离开"),
    )


def share_words(share: float | None) -> str:
    """Write a share of 1 in whole per cent, rounded down so that it never looks better."""
    return "-" if share is None else f"{int(share * 100)}%"


class FiguresTable(Widget):
    """Customers, promises kept, waits, absent, left, satisfaction against its target."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "day--label",
        "day--value",
        "day--strong",
        "day--short",
    }

    def __init__(self) -> None:
        super().__init__()
        self._figures: DayFigures | None = None
        self._targets: Targets | None = None

    def show(self, figures: "DayFigures | None", targets: "Targets | None") -> None:
        """Show a day."""
        self._figures, self._targets = figures, targets
        self.refresh(layout=True)

    @property
    def _diversion(self) -> str:
        """The day's diversion in words; empty without any."""
        if self._figures is None:
            return ""
        from hallterm.desk.diversion_words import diversion_words  # noqa: PLC0415 - loads the desk

        return diversion_words(self._figures.diversion)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a heading, a line a tier, one for all, and one for who was diverted."""
        del container, viewport, width
        return len(Tier) + 2 + bool(self._diversion)

    def render(self) -> Text:
        """Lay the table out; figures stand at the right of their columns."""
        label = self.get_component_rich_style("day--label")
        cells = self.size.width
        heads: list[Piece] = [(" " * _TIER, label)]
        heads += [(right(n, room), label) for n, room in zip(_headings(), _COLUMNS, strict=True)]
        heads += [(right(_("满意/目标"), _SATISFIED), label)]
        rows = [line(heads, cells)]
        figures = self._figures
        if figures is None:
            rows.append(line([(_("  还没有数"), label)], cells))
            return Text("\n").join(rows)
        for tier in Tier:
            target = self._targets.satisfaction[tier] if self._targets else None
            rows.append(self._row(term(tier), figures.tiers[tier], target, cells))
        rows.append(self._row(_("合计"), figures.all, None, cells))
        if self._diversion:
            rows.append(line([(f" {self._diversion}", label)], cells))
        return Text("\n").join(rows)

    def _row(self, name: str, figures: "TierFigures", target: float | None, cells: int) -> Text:
        style = self.get_component_rich_style
        label, value, strong = style("day--label"), style("day--value"), style("day--strong")
        short = style("day--short")
        waits = (figures.wait_mean, figures.wait_p90, figures.wait_max)
        gone = (figures.verdicts[Verdict.ABSENT], figures.verdicts[Verdict.ABANDONED])
        words = [
            str(figures.customers),
            share_words(figures.kept_share),
            *("-" if wait is None else minutes_seconds(wait) for wait in waits),
            *(str(count or "-") for count in gone),
        ]
        kept = short if figures.verdicts[Verdict.BROKEN] else strong
        looks = (strong, kept, value, value, value, value, value)
        pieces: list[Piece] = [(fit(f" {plain(name)}", _TIER), label)]
        pieces += [
            (right(word, room), look)
            for word, room, look in zip(words, _COLUMNS, looks, strict=True)
        ]
        pieces.append(self._satisfied(figures, target))
        return line(pieces, cells)

    def _satisfied(self, figures: "TierFigures", target: float | None) -> Piece:
        style = self.get_component_rich_style
        share = figures.satisfied_share
        words = _("未评价") if share is None else share_words(share)
        if target is None:
            return right(words, _SATISFIED), style("day--value")
        missed = share is not None and share < target
        sign = "✗ " if missed else ""
        text = f"{sign}{words}/{share_words(target)}"
        return right(text, _SATISFIED), style("day--short" if missed else "day--value")
