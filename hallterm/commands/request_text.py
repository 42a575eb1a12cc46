"""What `hallterm request` says to a person."""

from collections.abc import Iterator, Sequence

from hallterm.commands.table_text import table
from hallterm.desk.request_figures import RequestFigures
from hallterm.desk.request_views import RequestRow
from hallterm.domain.request.words import Result
from hallterm.words import _
from hallterm.words.durations import minutes_seconds
from hallterm.words.money import yuan
from hallterm.words.terms import term, tier_and_grade


def list_lines(rows: Sequence[RequestRow]) -> list[str]:
    """Return the lines of a list."""
    if not rows:
        return [_("没有特殊需求")]
    header = [_("编号"), _("种类"), _("客户"), _("现在"), _("在谁手上")]
    return table(header, [_cells(row) for row in rows])


def _cells(row: RequestRow) -> list[str]:
    amount = _(" {yuan} 元").format(yuan=yuan(row.amount_fen)) if row.amount_fen else ""
    state = term(row.result) if row.result and row.holder_role is None else term(row.state)
    return [
        row.number,
        f"{row.kind}{amount}",
        f"{tier_and_grade(row.tier, row.grade)} {row.customer}".strip(),
        state,
        holder_words(row),
    ]


def holder_words(row: RequestRow) -> str:
    """Say who has a request: a person, or an office."""
    if row.holder_role is None:
        return ""
    if row.holder:
        return f"{row.holder.name} {row.holder.staff_id}".strip()
    return term(row.holder_role)


def figure_lines(counted: RequestFigures) -> Iterator[str]:
    """Yield the lines of figures."""
    words = _("登记 {opened} 件，结案 {closed} 件")
    yield words.format(opened=counted.opened, closed=counted.closed)
    for result in Result:
        share = counted.share(result)
        if share:
            yield _("  {result}  {count} 件  {share:.0%}").format(
                result=term(result), count=counted.solved[result], share=share
            )
    if counted.stages:
        header = [_("步骤"), _("次数"), _("中位用时"), _("最长"), _("按时")]
        rows = [
            [
                term(stage.state),
                str(stage.times),
                minutes_seconds(stage.median_s),
                minutes_seconds(stage.longest_s),
                f"{stage.in_time}/{stage.times}",
            ]
            for stage in counted.stages
        ]
        yield from table(header, rows)
