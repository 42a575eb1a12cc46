"""`hallterm customers import`: open the hall, import, show progress and tell the result."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.text import Text

from hallterm.commands.arguments import shown
from hallterm.commands.desks import machine, opened
from hallterm.commands.exits import Exit, WrongUsageError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit
from hallterm.desk.desk import Desk
from hallterm.desk.imports import Imported, Listener, Progress, RefusedRow, import_customers
from hallterm.domain.refusal import Refusal
from hallterm.words import _, joined
from hallterm.words.refusals import explain

app = typer.Typer(add_completion=False, rich_markup_mode=None)

STEPS = 10
"""Steps of the progress bar a second."""

_Listening = tuple[Callable[[Progress], None], Callable[[RefusedRow], None]]


@app.command(
    cls=SpokenCommand,
    help=_("从 CSV 文件导入客户资料；再导入一次什么也不会变。有行没收下时退出码是 1。"),
)
def import_file(
    file: Annotated[Path, typer.Argument(help=_("CSV 文件，GB18030 或 UTF-8"))],
    *,
    mapping: Annotated[
        list[str] | None,
        typer.Option(help=_("列名=字段，给叫法特别的列，可写几次")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Bring customers in from a CSV file."""
    columns = _columns(mapping or [])
    began = time.monotonic()
    with opened() as desk:
        result = unless_refused(_import(desk, file, columns, as_json=as_json))
    if as_json:
        emit(_as_json(file, result, time.monotonic() - began))
    else:
        _tell(result)
    if result.refused:
        raise typer.Exit(Exit.REFUSED)


def _columns(mapping: list[str]) -> dict[str, str]:
    wrong = next((pair for pair in mapping if "=" not in pair), None)
    if wrong is not None:
        raise WrongUsageError(_("要写成 列名=字段：{pair}").format(pair=shown(wrong)))
    return {column: field for column, _sign, field in (pair.rpartition("=") for pair in mapping)}


def _import(
    desk: Desk, file: Path, columns: dict[str, str], *, as_json: bool
) -> Imported | Refusal:
    with _shown(file.name, as_json=as_json) as (progress, refused):
        return import_customers(desk, machine(desk), file, columns, Listener(progress, refused))


@contextmanager
def _shown(name: str, *, as_json: bool) -> Iterator[_Listening]:
    """Show progress on a terminal, and each refused row unless JSON will hold them."""

    def refused(row: RefusedRow) -> None:
        if not as_json:
            typer.echo(_words(row), err=True)

    if not sys.stderr.isatty():
        yield (lambda _progress: None), refused
        return
    with Bar(console=Console(stderr=True), refresh_per_second=STEPS) as bar:
        task = bar.add_task(_("导入 {file}").format(file=escape(name)), total=None)
        yield (
            lambda p: bar.update(task, total=p.bytes_total, completed=p.bytes_read),
            lambda row: bar.console.print(Text(_words(row))),
        )


def _words(row: RefusedRow) -> str:
    return _("第 {line} 行：{reason}").format(line=row.line, reason=explain(row.reason))


def _tell(result: Imported) -> None:
    typer.echo(
        _(
            "读了 {rows} 行：新增 {recorded}，更新 {changed}，不变 {unchanged}，未收 {refused}"
        ).format(
            rows=result.rows,
            recorded=result.recorded,
            changed=result.changed,
            unchanged=result.unchanged,
            refused=result.refused,
        )
    )
    if result.ignored_columns:
        names = joined(result.ignored_columns)
        typer.echo(_("没有用到的列：{names}").format(names=names))


def _as_json(file: Path, result: Imported, seconds: float) -> dict[str, object]:
    """Return the result under the keys that scripts rely on."""
    return {
        "file": str(file),
        "encoding": result.encoding,
        "ignored_columns": list(result.ignored_columns),
        "rows": result.rows,
        "recorded": result.recorded,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "refused": result.refused,
        "refused_rows": [
            {"line": row.line, "code": row.reason.code, "reason": explain(row.reason)}
            for row in result.first_refused
        ],
        "refused_rows_left_out": result.refused - len(result.first_refused),
        "longest_lock_s": round(result.longest_lock_s, 4),
        "seconds": round(seconds, 2),
    }
