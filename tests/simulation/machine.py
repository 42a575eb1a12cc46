"""A machine of the simulation: its clock, its disk, and the moments at which it may die."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from hallterm.store.connection import LEAVE_NOTHING
from tests.simulation.weather import Weather


class CrashError(BaseException):
    """The process was killed. No production code may catch it, so it is no Exception."""


class SimClock:
    """A machine's clocks: the wall's is wrong, drifts, and is set by people; the other one isn't.

    time: the true time, milliseconds since the epoch.
    """

    def __init__(self, weather: Weather, chance: random.Random) -> None:
        self._weather = weather
        self._error_ms = chance.choice([0, 0, chance.randint(-5_000, 5_000)])
        self._drift = chance.uniform(-5e-5, 5e-5)
        self._boot = 0
        self._booted_at = weather.now_ms()

    def wall_ms(self) -> int:
        """Return what the machine shows."""
        return self._weather.now_ms() + self._error_ms

    def mono_ms(self) -> int:
        """Return milliseconds since the boot, by a crystal that isn't quite right."""
        return round((self._weather.now_ms() - self._booted_at) * (1 + self._drift))

    @property
    def boot(self) -> str:
        """Number of the boot."""
        return str(self._boot)

    def jump(self, milliseconds: int) -> None:
        """Set the wall clock."""
        self._error_ms += milliseconds

    def reboot(self) -> None:
        """Count from zero again."""
        self._boot += 1
        self._booted_at = self._weather.now_ms()


class _Raw:
    """The driver's connection, through which the disk outlives the process and may kill it."""

    def __init__(self, disk: "Disk") -> None:
        self._disk, self._life = disk, disk.life

    def step(self) -> None:
        self._disk.step()

    def commit(self) -> None:
        self._disk.commit()

    def rollback(self) -> None:
        # What is left of a dead process is tidied up when the memory is; it must change nothing.
        if self._life == self._disk.life:
            self._disk.raw.rollback()

    def close(self) -> None:
        """The disk stays."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the driver has
        return getattr(self._disk.raw, name)


class Disk:
    """A store in memory that forgets what was not committed when its process dies.

    image: a closed store to begin with.
    """

    def __init__(self, image: Any, weather: Weather) -> None:  # noqa: ANN401 - the driver's connection
        self.raw: Any
        self.replace(image)
        self.weather = weather
        self.doomed: int | None = None
        """Statements until the process dies; None: it lives on."""
        self.life = 0
        """Number of the process that has the store open."""
        self.dead = False
        """The process has died; whatever it still raises comes of that."""
        self.commits = 0
        self.spared = False

    def replace(self, image: Any) -> None:  # noqa: ANN401 - the driver's connection
        """Put another disk in its place, with what an image holds."""
        self.raw = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
        image.backup(self.raw)
        self.raw.execute("PRAGMA foreign_keys = ON")
        self.raw.execute(LEAVE_NOTHING)

    def image(self) -> Any:  # noqa: ANN401 - the driver's connection
        """Return a copy of what is committed."""
        copy = sqlcipher.connect(":memory:", check_same_thread=False)
        self.raw.backup(copy)
        return copy

    def history(self) -> dict[str, list[str]]:
        """Return the log as ids of facts, by stream, in the order of their places."""
        found: dict[str, list[str]] = {}
        for stream, fact_id in self.raw.execute(
            "SELECT stream, id FROM event ORDER BY stream, seq"
        ):
            found.setdefault(stream, []).append(fact_id)
        return found

    def new_life(self) -> None:
        """Begin a process; what an earlier one has left open is taken back."""
        self.raw.rollback()
        self.life += 1
        self.doomed, self.dead = None, False

    def connect(self) -> sa.Connection:
        """Open the store for the process that lives."""
        _opening.append(self)
        return _engine().connect()

    def commit(self) -> None:
        """Commit; the process may die just before or just after."""
        self.step()
        self.raw.commit()
        self.commits += 1
        self.step()

    def step(self) -> None:
        """Come one statement nearer to the end, if there is to be one."""
        if self.dead:
            raise CrashError
        if self.doomed is None or self.spared:
            return
        self.doomed -= 1
        if self.doomed < 0:
            self.raw.rollback()
            self.dead = True
            raise CrashError

    @contextmanager
    def no_crash(self) -> Iterator[None]:
        """Let an observer look without dying of it."""
        self.spared, before = True, self.spared
        try:
            yield
        finally:
            self.spared = before


_opening: list[Disk] = []


@cache
def _engine() -> sa.Engine:
    """Return the one engine of all machines, so that statements are compiled once."""
    engine = sa.create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: _Raw(_opening.pop()), poolclass=sa.NullPool
    )
    sa.event.listen(engine, "before_cursor_execute", _on_statement)
    return engine


def _on_statement(connection: sa.Connection, *_: object) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.step()
