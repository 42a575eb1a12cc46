"""The network between terminals and the hub: late, lossy, twice, cut after the deed."""

import asyncio
from collections.abc import Mapping
from typing import Protocol, TypeVar

from hallterm.joining import News
from hallterm.sync.ports import BusyError, Timed, UnreachableError
from hallterm.wire import Facts, Problem, Push, Pushed, Strict
from tests.simulation.weather import Weather

T = TypeVar("T")
Model = TypeVar("Model", bound=Strict)

HEARTBEAT = 25.0
"""Seconds after which the hub answers although there is no news."""


class Answering(Protocol):
    """A hub as the network reaches it."""

    async def push(self, device: str, push: Push) -> Pushed | Problem: ...

    async def pull(self, stream: str, after: int, most: int) -> Facts | Problem: ...

    async def news(self, seen: Mapping[str, int], most: int, patience: float) -> News: ...


def over_the_wire(value: Model) -> Model:
    """Return what the other side reads of a value."""
    return type(value).model_validate_json(value.model_dump_json())


class Link:
    """One terminal's way to the hub; a `Transport`."""

    def __init__(self, device: str, hub: Answering, weather: Weather) -> None:
        self.device, self._hub, self._weather = device, hub, weather
        self.down = False
        """Cut off: connections fail at once."""
        self.black_hole = False
        """Cut off: nothing is ever answered."""
        self._late: set[asyncio.Task[object]] = set()

    async def push(self, push: Push) -> Timed[Pushed | Problem]:
        """See `Transport`."""
        there = over_the_wire(push)
        await self._way()
        if self._weather.strikes(self._weather.busy):
            raise BusyError(self._weather.chance.uniform(0, 5))
        if self._weather.strikes(self._weather.twice):
            self._again(there)
        answer = await self._hub.push(self.device, there)
        return await self._back(over_the_wire(answer))

    async def pull(self, stream: str, after: int, most: int) -> Timed[Facts | Problem]:
        """See `Transport`."""
        await self._way()
        answer = await self._hub.pull(stream, after, most)
        return await self._back(over_the_wire(answer))

    async def news(self, seen: Mapping[str, int], most: int) -> Timed[News]:
        """See `Transport`."""
        await self._way()
        answer = await self._hub.news(seen, most, HEARTBEAT)
        return await self._back(over_the_wire(answer))

    async def _way(self) -> None:
        if self.down:
            await asyncio.sleep(0.001)
            raise UnreachableError("down")
        await asyncio.sleep(self._weather.delay())
        if self.black_hole or self._weather.strikes(self._weather.lost):
            await asyncio.sleep(1e6)
        if self.down:
            raise UnreachableError("down")

    async def _back(self, answer: T) -> Timed[T]:
        said_at = self._weather.now_ms()
        await asyncio.sleep(self._weather.delay())
        if self.black_hole:
            await asyncio.sleep(1e6)
        if self.down or self._weather.strikes(self._weather.cut):
            raise UnreachableError("cut")
        return Timed(answer, said_at)

    def _again(self, push: Push) -> None:
        """Let the same request arrive once more, whenever; nobody waits for the answer."""

        async def later() -> None:
            await asyncio.sleep(self._weather.chance.uniform(0.0, 90.0))
            try:
                await self._hub.push(self.device, push)
            except UnreachableError:
                return

        task: asyncio.Task[object] = asyncio.ensure_future(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    def close(self) -> None:
        """Forget what is still under way."""
        for task in list(self._late):
            task.cancel()
