"""The page that tells what was run and what came of it."""

import os
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import product

from tests.reliability.matrix import CUT_S, CUTS, FAULTS, FULL_S, PAUSES
from tests.reliability.runs import BETWEEN, EXAMINED, Result

COLUMNS = (
    "fault",
    "runs",
    "faults",
    "actions",
    "lost",
    "heard, not kept",
    "twice",
    "unequal",
    "unsound",
    "never in step",
    "in step after, s",
)


def page(results: Sequence[Result], seconds: float) -> str:
    """Return the page."""
    about = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "minutes": f"{seconds / 60:.0f}",
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}",
        "rounds": _rounds(results),
        "cuts": _list(CUT_S),
        "pauses": _list(PAUSES),
        "full": _list(FULL_S),
        "examined": EXAMINED,
        "between": BETWEEN,
    }
    lines = [
        _HEAD.format(**about),
        f"| {' | '.join(COLUMNS)} |",
        "|---|" + "--:|" * (len(COLUMNS) - 1),
    ]
    for fault in FAULTS:
        lines.append(_row(fault, [one for one in results if one.fault == fault]))
    lines += [_row("all", results), "", _MEANING]
    return "\n".join(lines) + "\n"


_HEAD = """\
# What survives cut cables, full disks and pulled plugs

Made by `python -m tests.reliability --write` on {date}, in {minutes} minutes on
{machine}.

Terminals and hub are processes of their own that speak TLS through a proxy of ours. At each
terminal a machine gives out tickets and a clerk calls, starts and finishes. An action counts when
the person was told that it is done.

* **Cuts**: at least {rounds} rounds of each kind, for each of {cuts} s, with each of
  {pauses} s between two actions at each of three terminals.
* **Disk full**: a file system in memory, filled to its last byte for {full} s. Faults are the
  writes that it refused; at the hub, the commands that had to wait.
* **kill -9** at any moment from the birth of the process on. Each time, before the next process
  opens it, what is on the disk must hold all that people (terminal) or terminals (hub) were told;
  every {examined}th time the doctor examines it. Every {between} deaths make a run. The machine
  itself stays on: what a power cut does to what a disk keeps in its own memory is not tried here.

After each run people stop. Then every confirmed action must be in the hub's log, once, all tables
of all machines must be equal, and the doctor must find nothing anywhere.
"""
_MEANING = """\
*lost*: confirmed, and not there. *heard, not kept*: the hub had told a terminal, and did not have
it when it was killed. *twice*: a command carried out, or a number given, two times. *unequal*: a
terminal's tables differ from the hub's at the same place. *unsound*: findings of the doctor. *in
step after*: the longest wait, from the end of the work, for the last word to be everywhere."""


def _rounds(results: Sequence[Result]) -> int:
    """Return how often each cut was made for each time at each load, at least."""
    every = Counter(
        (one.fault, one.seconds, one.pause) for one in results if not one.fault.startswith("disk")
    )
    return min(every[cut.value, s, p] for cut, s, p in product(CUTS, CUT_S, PAUSES))


def _list(values: Iterable[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _row(name: str, results: Iterable[Result]) -> str:
    some = list(results)
    waits = [one.in_step_s for one in some if one.in_step_s is not None]
    figures = (
        len(some),
        sum(one.faults for one in some),
        sum(one.actions for one in some),
        sum(one.lost for one in some),
        sum(one.unacknowledged for one in some),
        sum(one.twice for one in some),
        sum(one.unequal for one in some),
        sum(one.unsound for one in some),
        sum(one.in_step_s is None for one in some),
        f"{max(waits, default=0.0):.1f}",
    )
    return f"| {name} | " + " | ".join(str(figure) for figure in figures) + " |"
