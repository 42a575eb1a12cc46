"""Runs kinds of fault × durations × loads and writes docs/reliability.md.

``python -m tests.reliability [--rounds 10] [--seconds 1 5] [--pause 0.02 0.2] [--write]``
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.reliability.proxy import Cut
from tests.reliability.runs import Result, Site

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
FAULTS = (*(cut.value for cut in Cut if cut is not Cut.NONE), "kill terminal", "kill hub")

COLUMNS = (
    "fault",
    "runs",
    "actions",
    "lost",
    "unequal tables",
    "never in step",
    "in step after, s, most",
)


async def run(rounds: int, durations: list[float], pauses: list[float]) -> list[Result]:
    """Go through every kind, duration and load so many times."""
    results = []
    with tempfile.TemporaryDirectory(prefix="hallterm-reliability-") as folder:
        site = Site(Path(folder))
        await site.set_up()
        try:
            for _ in range(rounds):
                for fault in FAULTS:
                    for seconds in durations:
                        for pause in pauses:
                            results.append(await site.run(fault, seconds, pause))
                            sys.stdout.write(f"{results[-1]}\n")
                            sys.stdout.flush()
        finally:
            await site.close()
    return results


def page(results: list[Result]) -> str:
    """Return the page: what was run, and what was lost."""
    lines = [
        "# What survives cut cables and pulled plugs",
        "",
        f"Made by `python -m tests.reliability --write` on {datetime.now(UTC):%Y-%m-%d}.",
        "Terminals and hub are processes of their own, with a proxy of ours between them.",
        "Each run: terminals give out tickets, the fault comes and goes, and once all is quiet",
        "every confirmed ticket must be in the hub's log and all tables must be equal.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for fault in FAULTS:
        lines.append(_row(fault, [one for one in results if one.fault == fault]))
    lines.append(_row("all", results))
    return "\n".join(lines) + "\n"


def _row(name: str, results: Iterable[Result]) -> str:
    some = list(results)
    waits = [one.in_step_s for one in some if one.in_step_s is not None]
    figures = (
        len(some),
        sum(one.actions for one in some),
        sum(one.lost for one in some),
        sum(one.unequal for one in some),
        sum(one.in_step_s is None for one in some),
        f"{max(waits, default=0.0):.1f}",
    )
    return f"| {name} | " + " | ".join(str(figure) for figure in figures) + " |"


def main() -> int:
    """Run and tell; with `--write`, write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, nargs="+", default=[1.0, 5.0])
    parser.add_argument("--pause", type=float, nargs="+", default=[0.05, 0.3])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    results = asyncio.run(run(given.rounds, given.seconds, given.pause))
    text = page(results)
    sys.stdout.write(text)
    if given.write:
        PAGE.write_text(text, "utf-8")
    return int(any(one.lost or one.unequal or one.in_step_s is None for one in results))


if __name__ == "__main__":
    sys.exit(main())
