"""What `hallterm lab compare` does: make or read the days, serve them, print the figures."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from hallterm.commands.exits import RefusedError, WrongUsageError, unless_refused
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.table_text import table
from hallterm.configuration import load
from hallterm.dispatch.known import Stream
from hallterm.dispatch.view import Rules
from hallterm.domain.refusal import refuse
from hallterm.lab import compare_text
from hallterm.lab.bound import NoSolverError
from hallterm.lab.compare import FRONTIER, Days, Point, Tell, bound_share, frontier, serve
from hallterm.lab.compare_days import day_of_trace
from hallterm.lab.figures import Figures
from hallterm.lab.replay import counters_for
from hallterm.lab.simulation import Counter
from hallterm.lab.synthetic import Shape, make_days, streams_of
from hallterm.lab.trace import read_trace
from hallterm.lab.trace_mapping import PLAIN, load_mapping
from hallterm.words import _

USUAL_COUNTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line asks for."""

    trace: Path | None
    """None: days are made up."""
    mapping: str
    day: date | None
    days: int
    load: float
    seed: int
    service: str
    policies: Sequence[str]
    late_cap: float | None
    """None: the default of the rules."""
    counters: int
    """0: eight, or as many as the trace needs."""
    bound: bool
    frontier: bool
    plot: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What came out."""

    policies: dict[str, Figures]
    bound: float | None
    points: list[Point] | None


def run(wanted: Wanted, *, as_json: bool, as_markdown: bool, progress: bool) -> None:
    """Compare and print.

    Raises:
        RefusedError: the trace can't be read.
        WrongUsageError: the bound is asked for and its solver isn't installed.
    """
    days, counters, streams = _days(wanted)
    runs = len(set(wanted.policies)) + wanted.bound + wanted.frontier * len(FRONTIER)
    try:
        with _bar(len(days) * runs, shown=progress) as tell:
            result = _compare(wanted, days, counters, streams, tell)
    except NoSolverError:
        sentence = _("算上限要先装附加包：pip install 'hallterm[lab]'")
        raise WrongUsageError(sentence) from None
    if as_json:
        emit(compare_text.as_json(result.policies, result.bound, result.points))
    else:
        _print(wanted, result, as_markdown=as_markdown)


def _days(wanted: Wanted) -> tuple[Days, list[Counter], list[Stream]]:
    if wanted.trace is None:
        count = wanted.counters or USUAL_COUNTERS
        shape = Shape(load=wanted.load, counters=count, service=wanted.service)
        days = list(make_days(shape, wanted.seed, wanted.days))
        return days, [Counter()] * count, streams_of(shape)
    configuration = load(*settings().data)
    businesses = configuration.businesses
    mapping = load_mapping(wanted.mapping, businesses) if wanted.mapping else PLAIN
    trace = unless_refused(read_trace(wanted.trace, businesses, mapping, wanted.day, wanted.seed))
    if not trace.visits:
        raise RefusedError(refuse("trace_empty"))
    count = wanted.counters or counters_for(trace.visits)
    day = day_of_trace(trace.visits, configuration.standards.budgets, businesses)
    return [day], [Counter()] * count, []


def _compare(
    wanted: Wanted, days: Days, counters: list[Counter], streams: list[Stream], tell: Tell
) -> Compared:
    rules = Rules() if wanted.late_cap is None else Rules(late_cap=wanted.late_cap)
    policies = {
        name: serve(days, counters, rules.model_copy(update={"policy": name}), tell, streams)
        for name in wanted.policies
    }
    points = frontier(days, counters, rules, tell, streams) if wanted.frontier else None
    bound = bound_share(days, counters, tell) if wanted.bound else None
    return Compared(policies, bound, points)


@contextmanager
def _bar(total: int, *, shown: bool) -> Iterator[Tell]:
    """Show how far it is on the error terminal."""
    if not shown:
        yield lambda: None
        return
    with typer.progressbar(length=total, label=_("比较"), file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _print(wanted: Wanted, result: Compared, *, as_markdown: bool) -> None:
    lay_out = compare_text.markdown if as_markdown else table
    rows = [compare_text.row(name, figures) for name, figures in result.policies.items()]
    say_lines(lay_out(compare_text.header(_("办法")), rows))
    if result.bound is not None:
        sentence = _("无论怎样排都超不过：{share:.2f} %")
        say()
        say(sentence.format(share=100 * result.bound))
    if result.points is not None:
        say()
        say_lines(
            lay_out(compare_text.header("late_cap"), compare_text.frontier_rows(result.points))
        )
    if wanted.plot:
        say()
        shares = {name: figures.kept for name, figures in result.policies.items()}
        if result.bound is not None:
            shares["bound"] = result.bound
        say_lines(compare_text.chart(shares))
