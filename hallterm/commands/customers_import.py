"""What ``hallterm customers import`` does: open the hall, import, show and tell."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.text import Text

from hallterm.clock import SystemClock
from hallterm.configuration import ConfigurationProblems, load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.imports import Imported, Listener, Progress, RefusedRow, import_customers
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.settings import load_settings
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key
from hallterm.words import _
from hallterm.words.faults import explain_fault
from hallterm.words.refusals import explain

ALL_IN, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
"""Exit codes: every row is in; some rows were refused; the file or the store was refused."""
STEPS = 10
"""Steps of the progress bar a second."""

_Listening = tuple[Callable[[Progress], None], Callable[[RefusedRow], None]]


def run(file: Path, mapping: list[str], *, as_json: bool) -> int:
    """Import a file into this terminal's hall, tell the result, and return the exit code.

    Args:
        file: CSV.
        mapping: COLUMN=FIELD, each for a column with a name of its own.
        as_json: print one JSON object instead of words.
    """
    began = time.monotonic()
    try:
        with _desk() as desk:
            result = _import(desk, file, _columns(mapping), as_json=as_json)
    except ConfigurationProblems as found:
        text = "\n".join(problem.text for problem in found.problems)
        return _give_up("configuration", text, as_json=as_json)
    except StoreFaultError as fault:
        return _give_up(fault.code, explain_fault(fault.code, fault.detail), as_json=as_json)
    except KeyboardInterrupt:
        return _give_up("interrupted", _("已中断，再运行一次会接着导入"), as_json=as_json)
    if isinstance(result, Refusal):
        return _give_up(result.code, explain(result), as_json=as_json)
    if as_json:
        seconds = time.monotonic() - began
        typer.echo(json.dumps(_as_json(file, result, seconds), ensure_ascii=False))
    else:
        _tell(result)
    if not result.refused:
        return ALL_IN
    return NOTHING_DONE if result.refused == result.rows else SOME_REFUSED


@contextmanager
def _desk() -> Iterator[Desk]:
    """Open this terminal's hall."""
    settings = load_settings()
    configuration = load(*settings.data)
    if not settings.store.exists():
        raise StoreFaultError("store_missing", str(settings.store))
    key = read_key(settings.key)
    desk = open_desk(settings.store, key, SystemClock(), configuration, settings.device)
    try:
        yield desk
    finally:
        desk.close()


def _columns(mapping: list[str]) -> dict[str, str]:
    wrong = next((pair for pair in mapping if "=" not in pair), None)
    if wrong is not None:
        raise typer.BadParameter(_("要写成 列名=字段：{pair}").format(pair=wrong))
    return {column: field for column, _sign, field in (pair.rpartition("=") for pair in mapping)}


def _import(
    desk: Desk, file: Path, columns: dict[str, str], *, as_json: bool
) -> Imported | Refusal:
    actor = Actor(desk.device, frozenset({Role.KIOSK}))
    with _shown(file.name, as_json=as_json) as (progress, refused):
        return import_customers(desk, actor, file, columns, Listener(progress, refused))


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
        names = "、".join(result.ignored_columns)
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


def _give_up(code: str, sentence: str, *, as_json: bool) -> int:
    if as_json:
        error = {"error": {"code": code, "reason": sentence}}
        typer.echo(json.dumps(error, ensure_ascii=False))
    else:
        typer.echo(sentence, err=True)
    return NOTHING_DONE
