"""Plain aligned text for places without a screen: a Chinese character takes two cells."""

from collections.abc import Collection, Iterable, Sequence

from rich.cells import cell_len, set_cell_size

from hallterm.desk.days import DayFigures, TierFigures
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.tiers import Tier
from hallterm.words import _, minutes_seconds
from hallterm.words.terms import term

GAP = "  "
NOTHING = "-"
COUNTED = (Verdict.KEPT, Verdict.BROKEN, Verdict.ABANDONED, Verdict.ABSENT)


def left(text: str, cells: int) -> str:
    """Return the text at the left of so many cells; what is too long is cut."""
    return set_cell_size(text, cells)


def right(text: str, cells: int) -> str:
    """Return the text at the right of so many cells."""
    return " " * max(0, cells - cell_len(text)) + text


def table(rows: Iterable[Sequence[str]], words: Collection[int] = (0,)) -> list[str]:
    """Lay rows out in columns as wide as their widest cell.

    words: places of the columns that stand left; the others, figures, stand right.
    """
    cells = [tuple(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    return [
        GAP.join(
            left(text, width) if place in words else right(text, width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def share(value: float | None) -> str:
    """Write a share of 1 as percent; a promise broken never shows as 100 %."""
    if value is None:
        return NOTHING
    return f"{int(value * 1000) / 10:.1f}%"


def duration(seconds: float | None) -> str:
    """Write seconds as minutes and seconds."""
    return NOTHING if seconds is None else minutes_seconds(seconds)


def summary(figures: DayFigures) -> list[str]:
    """Lay out a day: per tier customers, share kept, mean, p90 and longest wait."""
    title = (
        *(_("级别"), _("客户"), _("达标率"), _("平均等"), _("九成内"), _("最长等")),
        *(term(verdict) for verdict in COUNTED),
    )
    rows = [_row(term(tier), figures.tiers[tier]) for tier in Tier]
    return table([title, *rows, _row(_("合计"), figures.all)])


def _row(name: str, of: TierFigures) -> tuple[str, ...]:
    return (
        name,
        str(of.customers),
        share(of.kept_share),
        duration(of.wait_mean),
        duration(of.wait_p90),
        duration(of.wait_max),
        *(str(of.verdicts[verdict]) for verdict in COUNTED),
    )
