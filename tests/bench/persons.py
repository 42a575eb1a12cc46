"""Customers by the million: how long an import takes, whom it disturbs, how fast one is found."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

import hallterm.data
from hallterm.desk.desk import Desk
from hallterm.desk.persons import search
from hallterm.domain.actor import Actor
from hallterm.domain.roles import Role
from hallterm.lab.people import made_up_people
from hallterm.lab.people_file import write_people
from hallterm.store.connection import reading
from tests.bench.figure import percentile
from tests.bench.halls import KEY, STORE

MILLION = 1_000_000
CLERK = Actor("2001", frozenset({Role.CLERK}))
_COMMAND = "from hallterm.commands.customers import app; app()"
_LETTERS = "abcdefghjklmnpqrstwxyz"
_SHORT = ("z", "l", "w", "zh", "张", "王", "zhang", "wang", "shan", "ou", "lm", "zw")
_KIB = 1024


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """What an import cost."""

    seconds: float
    """The whole process, start included."""
    peak_bytes: int
    """Most memory it held."""
    longest_lock_s: float
    """Longest time that it held the write lock."""
    store_bytes: int
    """Size of the store afterwards."""


def write_customers(file: Path, count: int = MILLION) -> None:
    """Write a file of made-up customers, as another system would export it."""
    write_people(file, made_up_people(count, seed=1))


class RunningImport:
    """An import in a process of its own; others may work on the store meanwhile."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._store = folder / STORE
        self._began = time.monotonic()
        own = {"STORE": self._store, "KEY": folder / KEY, "CONFIG": folder, "DEVICE": "import"}
        data = Path(hallterm.data.__file__).parent
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", _COMMAND, "import", str(file), "--json"],
            env=os.environ
            | {f"HALLTERM_{name}": str(value) for name, value in own.items()}
            | {"HALLTERM_DATA": str(data)},
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def runs(self) -> bool:
        """Whether it still works."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def finish(self) -> ImportFigures:
        """Wait for its end.

        Raises:
            AssertionError: it failed, or refused a row.
        """
        assert self._process.stdout is not None
        text = self._process.stdout.read()
        self._process.stdout.close()
        _pid, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - self._began
        if self._process.returncode != 0:
            raise AssertionError(text)
        size = self._store.stat().st_size
        lock = json.loads(text)["longest_lock_s"]
        return ImportFigures(seconds, used.ru_maxrss * _KIB, lock, size)


def measure_import(folder: Path, count: int = MILLION) -> ImportFigures:
    """Import made-up customers into the hall of a folder, which must be set up and closed."""
    file = folder / "customers.csv"
    write_customers(file, count)
    return RunningImport(folder, file).finish()


def measure_search(desk: Desk, samples: int = 1500) -> float:
    """Return the p99 of finding the first 20 and the count, seconds, the store being warm.

    Searched are whole telephone numbers, last four digits, initials of one to three letters, and
    the shortest and commonest names there are.
    """
    lot = Random(3)  # noqa: S311 - which customers are searched needs no secrecy
    typed = list(islice(cycle(_typed(desk, lot, samples)), samples))
    lot.shuffle(typed)
    for text in typed:
        search(desk, CLERK, text)
    took = []
    for text in typed:
        began = time.perf_counter()
        search(desk, CLERK, text)
        took.append(time.perf_counter() - began)
    return percentile(took, 0.99)


def _typed(desk: Desk, lot: Random, samples: int) -> list[str]:
    with reading(desk.connection) as connection:
        last = connection.exec_driver_sql("SELECT max(row) FROM person").scalar() or 0
        some = "SELECT phone FROM person WHERE row = ? AND phone IS NOT NULL"
        rows = [lot.randint(1, last) for _ in range(samples // 4)]
        phones = [connection.exec_driver_sql(some, (row,)).scalar() for row in rows]
    known = [str(phone) for phone in phones if phone]
    initials = ["".join(lot.choices(_LETTERS, k=lot.randint(1, 3))) for _ in rows]
    return [*known, *(phone[-4:] for phone in known), *initials, *(_SHORT * (samples // 48))]
