"""A million customers: import, search, and calling while the import runs."""

import time
from pathlib import Path

from hallterm.desk.calling import call_next
from hallterm.domain.counter.commands import ReleaseCounter
from tests.bench.desk_figures import serve, timed
from tests.bench.figure import Figure, absolute, percentile
from tests.bench.halls import done, fill, open_hall, sit_down, take_ticket
from tests.bench.persons import MILLION, RunningImport, measure_search, write_customers

BETWEEN_CALLS = 0.02
"""Seconds between two calls while the import runs: busier than any hall."""


def measure_persons(folder: Path, count: int = MILLION) -> list[Figure]:
    """Measure import, call_next_busy and search on the hall of a folder."""
    desk = open_hall(folder)
    actor = sit_down(desk)
    fill(desk, 500)
    file = folder / "customers.csv"
    write_customers(file, count)
    running = RunningImport(folder, file)
    calls = []
    while running.runs:
        calls.append(timed(lambda: done(call_next(desk, actor))))
        serve(desk, actor)
        take_ticket(desk)
        time.sleep(BETWEEN_CALLS)
    imported = running.finish()
    search = measure_search(desk) * 1000
    done(desk.act(actor, ReleaseCounter(counter_id="c1")))
    desk.close()
    mib = 1024 * 1024
    return [
        absolute("call_next_busy", percentile(calls, 0.99), "ms", 50),
        absolute("search", search, "ms", 30),
        absolute("import", imported.seconds, "s", 240),
        absolute("import_memory", imported.peak_bytes / mib, "MB", 400),
        absolute("import_lock", imported.longest_lock_s * 1000, "ms", 100),
    ]
