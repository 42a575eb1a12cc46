"""The hub of the simulation: the production home behind a door that opens and shuts."""

import asyncio
from collections.abc import Mapping
from typing import Any

from hallterm.clock import Clock
from hallterm.desk.desk import Desk
from hallterm.desk.sync_ports import Home
from hallterm.joining import News
from hallterm.store.log import from_ms
from hallterm.store.persons.erasing import scrub
from hallterm.sync.ports import UnreachableError
from hallterm.wire import Facts, Problem, Push, Pushed
from tests.simulation.core import make_home
from tests.simulation.machine import Disk
from tests.simulation.restored import History
from tests.simulation.stores import rulebook
from tests.simulation.weather import Weather

MEETING_S = 0.01
"""Pushes that come within this time are taken in one transaction."""


class TrueClock(Clock):
    """The hub's clock, which is the true time."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather

    def now(self) -> Any:  # noqa: ANN401 - a datetime
        """Return the moment."""
        return from_ms(self._weather.now_ms())


class SimHub:
    """Takes pushes in groups, answers pulls, tells news, and dies now and then."""

    def __init__(self, image: Any, weather: Weather) -> None:  # noqa: ANN401 - the driver's connection
        self.weather = weather
        self.disk = Disk(image, weather)
        self.up = True
        self.deaths = 0
        self.devices: dict[str, int] = {}
        self.epoch = 1
        self._backup: Any = None
        self._life = 0
        self._queue: list[tuple[str, Push, asyncio.Future[Pushed | Problem]]] = []
        self._news = asyncio.Event()
        self._restart: asyncio.Task[None] | None = None
        self._taking: asyncio.Task[None] | None = None
        self.desk, self.home = self._begin()

    def _begin(self) -> tuple[Desk, Home]:
        self.disk.new_life()
        desk = Desk(self.disk.connect(), TrueClock(self.weather), rulebook(), "hub")
        desk.refresh()
        return desk, make_home(desk)

    async def push(self, device: str, push: Push) -> Pushed | Problem:
        """Take a push together with those that come at the same time."""
        self._must_be_up()
        answer: asyncio.Future[Pushed | Problem] = asyncio.get_running_loop().create_future()
        self._queue.append((device, push, answer))
        if self._taking is None or self._taking.done():
            self._taking = asyncio.ensure_future(self._take())
        return await answer

    async def _take(self) -> None:
        await asyncio.sleep(MEETING_S)
        queue, self._queue = self._queue, []
        if not queue or not self.up:
            return
        if self.weather.strikes(self.weather.dies):
            self.disk.doomed = self.weather.chance.randint(0, 60)
        try:
            answers = self.home.receive([(device, push) for device, push, _ in queue])
        except BaseException:
            if not self.disk.dead:
                raise
            self._die([answer for _, _, answer in queue])
            return
        self.disk.doomed = None
        with self.disk.no_crash():
            scrub(self.desk.connection)
        for (_, _, waiting), answer in zip(queue, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
        self._tell()

    async def pull(self, stream: str, after: int, most: int) -> Facts | Problem:
        """Answer a pull."""
        self._must_be_up()
        return self.home.facts(stream, after, most)

    async def news(self, seen: Mapping[str, int], most: int, patience: float) -> News:
        """Answer when there is something new, or after a while."""
        self._must_be_up()
        end = asyncio.get_running_loop().time() + patience
        life = self._life
        while True:
            heads = self.home.heads()
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or any(at > seen.get(stream, 0) for stream, at in heads.items()):
                return self._brought(seen, heads, most)
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                pass
            if life != self._life:
                raise UnreachableError("the hub died")

    def _brought(self, seen: Mapping[str, int], heads: dict[str, int], most: int) -> News:
        beyond = [stream for stream in seen if heads.get(stream, 0) > seen[stream]]
        found = [self.home.facts(stream, seen[stream], most) for stream in beyond]
        facts = [piece for piece in found if isinstance(piece, Facts)]
        return News(epoch=self.home.epoch, heads=heads, facts=facts)

    def enrol(self, device: str, lane: int) -> None:
        """Let a terminal in."""
        self.devices[device] = lane

    def kill(self) -> None:
        """Let it die now, between two statements."""
        if self.up:
            self._die([])

    def back_up(self) -> None:
        """Copy the disk as it is, whether the hub is up or not."""
        self._backup = self.disk.image()

    def restore(self) -> History:
        """Lose the disk, and begin again with what was backed up; return the log that is lost."""
        self.kill()
        lost = self.disk.history()
        self.epoch += 1
        self._backup.execute("UPDATE stream_head SET epoch = ?", (self.epoch,))
        self._backup.commit()
        self.disk.replace(self._backup)
        self.weather.note("hub is restored")
        return lost

    def told(self) -> tuple[int, set[str]]:
        """Return how many facts there are, and of which types."""
        asked = "SELECT type, count(*) AS facts FROM event GROUP BY type"
        with self.disk.no_crash():
            rows = self.desk.connection.exec_driver_sql(asked).all()
        return sum(row.facts for row in rows), {row.type for row in rows}

    def accepted(self) -> set[str]:
        """Return the ids of the commands that were written down as they were meant."""
        asked = (
            "SELECT DISTINCT command_id FROM event WHERE type NOT IN ('command_settled',"
            " 'company_command_settled', 'report_disputed', 'company_report_disputed')"
        )
        with self.disk.no_crash():
            return {row.command_id for row in self.desk.connection.exec_driver_sql(asked)}

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _must_be_up(self) -> None:
        if not self.up:
            raise UnreachableError("hub down")

    def _die(self, waiting: list[asyncio.Future[Pushed | Problem]]) -> None:
        self.weather.note("hub dies")
        self.up, self._life, self.deaths = False, self._life + 1, self.deaths + 1
        waiting += [answer for _, _, answer in self._queue]
        self._queue = []
        for answer in waiting:
            if not answer.done():
                answer.set_exception(UnreachableError("the hub died"))
        self._tell()
        self._restart = asyncio.ensure_future(self._come_back())

    async def _come_back(self) -> None:
        await asyncio.sleep(self.weather.chance.uniform(0.5, 30.0))
        self.desk, self.home = self._begin()
        self.up = True
        self.weather.note("hub is back")
