"""`hallterm doctor`: is the store sound, and do its read tables say what the log says?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import sqlalchemy as sa
import typer

from hallterm.commands.doctor_hub import compare_with_hub, hub_sentence
from hallterm.commands.doctor_words import explain_finding
from hallterm.commands.exits import Exit
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say, warn
from hallterm.commands.shapes import Shape
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.doctor import examine, rebuild
from hallterm.store.faults import StoreFaultError
from hallterm.store.findings import Report
from hallterm.store.keys import read_key
from hallterm.store.migrations import MIGRATIONS, store_version
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("检查数据：文件、日志、读表、客户资料，并与中心核对。别的窗口可以照常工作。"),
)
def doctor(
    *,
    rebuilding: Annotated[
        bool, typer.Option("--rebuild", help=_("先按日志把读表改对，再检查"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Examine the store; with `--rebuild`, put its read tables right first."""
    with _store() as store:
        rewritten = rebuild(store).rewritten if rebuilding else 0
        report = examine(store)
        compare_with_hub(store, report)
    report.rewritten = rewritten
    if as_json:
        emit(shape(report))
    else:
        _say(report, rebuilding=rebuilding)
    for found in report.findings:
        warn(explain_finding(found))
    for code, count in report.counts.items():
        more = count - sum(found.code == code for found in report.findings)
        if more:
            warn(_("{code} 还有 {count} 处").format(code=code, count=more))
    if not report.sound:
        raise typer.Exit(Exit.FAULT)


@contextmanager
def _store() -> Iterator[sa.Connection]:
    """Open the store as it is: nothing is created, migrated or caught up."""
    here = settings()
    if not here.store.exists():
        raise StoreFaultError("store_missing", str(here.store))
    connection = open_connection(here.store, read_key(here.key))
    try:
        version = store_version(connection)
        if version > len(MIGRATIONS):
            raise StoreFaultError("store_newer", f"{version} > {len(MIGRATIONS)}")
        if version == 0:
            raise StoreFaultError("store_missing", str(here.store))
        yield connection
    finally:
        close_connection(connection)


def shape(report: Report) -> Shape:
    """Describe a report as JSON; see docs/command-line.md."""
    return {
        "sound": report.sound,
        "version": report.version,
        "facts": dict(report.facts),
        "rows": report.rows,
        "persons": report.persons,
        "hub": report.hub,
        "rewritten": report.rewritten,
        "counts": dict(report.counts),
        "findings": [
            {"code": f.code, "details": dict(f.details), "message": explain_finding(f)}
            for f in report.findings
        ],
    }


def _say(report: Report, *, rebuilding: bool) -> None:
    if rebuilding:
        say(_("读表改了 {rows} 行").format(rows=report.rewritten))
    for stream, facts in report.facts.items():
        say(_("日志 {stream}：{facts} 条").format(stream=stream, facts=facts))
    counted = _("读表 {rows} 行，客户资料 {persons} 份，都与日志核对过")
    say(counted.format(rows=report.rows, persons=report.persons))
    if report.hub != "none":
        say(hub_sentence(report))
    found = sum(report.counts.values())
    say(_("一切正常") if report.sound else _("发现 {count} 处问题").format(count=found))
