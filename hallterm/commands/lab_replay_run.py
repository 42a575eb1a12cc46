"""What `hallterm lab replay` does: read a trace, play it, print the day's figures."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import typer

from hallterm.clock import ManualClock
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say, warn
from hallterm.configuration import Configuration, load
from hallterm.domain.refusal import Refusal, refuse
from hallterm.lab.clerks import Habits
from hallterm.lab.playback_text import summary
from hallterm.lab.replay import Replayed, Staffing, counters_for, replay
from hallterm.lab.replay_figures import as_json as figures_as_json
from hallterm.lab.replay_hall import FIRST_CLERK, KEY_NAME, create_replay_hall
from hallterm.lab.trace import Trace, read_trace
from hallterm.lab.trace_mapping import PLAIN, load_mapping
from hallterm.lab.trace_rows import check_day
from hallterm.lab.training import training_pin
from hallterm.words import _, ngettext
from hallterm.words.refusals import explain

LISTED = 20
"""Refused rows that are written out; JSON has all of them."""
EVERY = 0.2
"""Seconds between two looks at the progress bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line asks for."""

    trace: Path
    mapping: str
    """Path or name of a mapping; empty: columns are called as the fields are."""
    day: date | None
    counters: int
    """0: as many as the trace needs."""
    store: Path | None
    """None: the day isn't kept."""
    seed: int
    park_share: float
    absent_share: float


def run(wanted: Wanted, *, as_json: bool, progress: bool) -> None:
    """Replay and print; rows that are not replayed go to the error output.

    Raises:
        RefusedError: there is nothing to replay, or the store is there already.
        ConfigurationProblems: the settings, the operator's data or the mapping are wrong.
        StoreFaultError: the store can't be written.
    """
    configuration = load(*settings().data)
    trace = _read(wanted, configuration)
    with _store_in(wanted.store) as path:
        began = time.monotonic()
        result = _play(path, trace, wanted, configuration, progress=progress)
        took = time.monotonic() - began
    if as_json:
        emit(_as_json(wanted, trace, result, took))
    else:
        _print(wanted.store, trace, result, took, training_pin(configuration))


def _read(wanted: Wanted, configuration: Configuration) -> Trace:
    businesses = configuration.businesses
    mapping = load_mapping(wanted.mapping, businesses) if wanted.mapping else PLAIN
    problem = check_day(wanted.day) if wanted.day else None
    if problem:
        raise RefusedError(problem)
    trace = unless_refused(read_trace(wanted.trace, businesses, mapping, wanted.day, wanted.seed))
    _tell_refused([(one.line, one.reason) for one in trace.refused])
    if not trace.visits:
        raise RefusedError(refuse("trace_empty"))
    return trace


def _tell_refused(rows: list[tuple[int, Refusal]]) -> None:
    for line, reason in rows[:LISTED]:
        text = _("第 {line} 行：{reason}").format(line=line, reason=explain(reason))
        warn(text)
    more = len(rows) - LISTED
    if more > 0:
        text = ngettext("还有 {n} 行没有收下", "还有 {n} 行没有收下", more)
        warn(text.format(n=more))


@contextmanager
def _store_in(store: Path | None) -> Iterator[Path]:
    """Return where the store is made: where the person wants it, or a folder that goes again."""
    if store is not None:
        yield store.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="hallterm-") as folder:
        yield Path(folder) / "hall.db"


def _play(
    path: Path, trace: Trace, wanted: Wanted, configuration: Configuration, *, progress: bool
) -> Replayed:
    day = trace.day or wanted.day or datetime.now(UTC).astimezone().date()
    clock = ManualClock(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1))
    counters = wanted.counters or counters_for(trace.visits)
    habits = Habits(park_share=wanted.park_share)
    staffing = Staffing(counters, habits, wanted.absent_share, wanted.seed)
    desk = unless_refused(create_replay_hall(path, clock, configuration, counters))
    try:
        with _bar(len(trace.visits), shown=progress) as tell:
            result = replay(desk, clock, trace, day, staffing, tell)
    finally:
        desk.close()
    _tell_refused(list(result.refused))
    return result


@contextmanager
def _bar(total: int, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how far it is on the error terminal."""
    if not shown:
        yield lambda _come, _total: None
        return
    with typer.progressbar(length=total, label=_("重演"), file=sys.stderr) as bar:
        drawn, next_look = 0, 0.0

        def tell(come: int, _total: int) -> None:
            nonlocal drawn, next_look
            now = time.monotonic()
            if now >= next_look or come == total:
                bar.update(come - drawn)
                drawn, next_look = come, now + EVERY

        yield tell


def _print(store: Path | None, trace: Trace, result: Replayed, took: float, pin: str) -> None:
    figures = result.figures
    say(
        _("{day}，{counters} 个窗口，{customers} 位客户，{ended} 全部办完").format(
            day=figures.day.isoformat(),
            counters=result.counters,
            customers=figures.all.customers,
            ended=f"{result.ended:%H:%M}",
        )
    )
    if trace.tiers_drawn:
        say(_("其中 {n} 位的级别文件里没有，按比例抽签").format(n=trace.tiers_drawn))
    if result.settled:
        say(_("营业日结束时还有 {n} 张号票没办完，已日结").format(n=result.settled))
    for line in ["", *summary(figures), ""]:
        say(line)
    say(_("用时 {seconds} 秒").format(seconds=f"{took:.1f}"))
    if store is not None:
        path = store.absolute()
        key = path.with_name(KEY_NAME)
        say(_("打开这个厅：") + f"HALLTERM_STORE={path} HALLTERM_KEY={key} hallterm")
        say(_("工号 {staff} 起，密码都是 {pin}").format(staff=FIRST_CLERK, pin=pin))


def _as_json(wanted: Wanted, trace: Trace, result: Replayed, took: float) -> dict[str, object]:
    refused = [(one.line, one.reason) for one in trace.refused] + list(result.refused)
    return {
        "trace": str(wanted.trace),
        "store": str(wanted.store.absolute()) if wanted.store else None,
        "rows": trace.rows,
        "rows_skipped": trace.skipped,
        "rows_refused": [
            {"line": line, "code": reason.code, "reason": explain(reason)}
            for line, reason in sorted(refused, key=lambda one: one[0])
        ],
        "tiers_drawn": trace.tiers_drawn,
        "counters": result.counters,
        "settled": result.settled,
        "seconds": round(took, 2),
        **figures_as_json(result.figures),
    }
