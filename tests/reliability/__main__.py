"""Runs everything of `matrix` and writes docs/reliability.md.

``python -m tests.reliability [--rounds 5] [--full 3] [--kills 1000] [--minutes 60] [--write]``.
Disks are filled up for real, which needs root on Linux; ``--full 0`` leaves that out.
``--at-once`` sites are at work at a time. ``--results FILE`` keeps what came of each run and adds
what stands there already, so that the whole can be run in parts: the page tells of all.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.reliability.full import FullDisk
from tests.reliability.kept import Kept
from tests.reliability.matrix import Extent, jobs, run
from tests.reliability.page import page
from tests.reliability.runs import Result
from tests.reliability.site import make_template

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run_all(extent: Extent, at_once: int, minutes: float, kept: Kept) -> int:
    """Run all jobs, so many at once; return how many broke down.

    minutes: after so many no further job is begun.
    """
    end = time.monotonic() + minutes * 60
    broken = 0
    waiting = iter(enumerate(jobs(extent)))

    def told(result: Result) -> None:
        kept.add(result)
        say(f"{'' if result.held else 'BAD '}{result}")

    async def work(root: Path) -> None:
        nonlocal broken
        for number, job in waiting:
            if time.monotonic() > end:
                say(f"no time for {job}")
                continue
            try:
                await run(job, root / "template", root / f"site{number}", told)
            except Exception:  # noqa: BLE001 - told; the others go on
                broken += 1
                say(f"BROKEN {job}\n{traceback.format_exc()}")

    with tempfile.TemporaryDirectory(prefix="hallterm-reliability-") as folder:
        root = Path(folder)
        await make_template(root / "template")
        await asyncio.gather(*(work(root) for _ in range(at_once)))
    return broken


def main() -> int:
    """Run and tell; with `--write`, write the page."""
    usual = Extent()
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--full", type=int, default=usual.full_rounds)
    parser.add_argument("--kills", type=int, default=usual.kills)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.full and not FullDisk.possible():
        parser.error("a disk can be filled up by root only; --full 0 leaves that out")
    extent = Extent(given.rounds, given.full, given.kills)
    kept = Kept(given.results)
    began = time.monotonic()
    broken = asyncio.run(run_all(extent, given.at_once, given.minutes, kept))
    kept.end(time.monotonic() - began)
    text = page(kept.results, kept.seconds)
    say(text)
    if given.write:
        PAGE.write_text(text, "utf-8")
    return int(bool(broken) or not all(one.held for one in kept.results))


if __name__ == "__main__":
    sys.exit(main())
