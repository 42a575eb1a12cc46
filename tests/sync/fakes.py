"""A home and a follower in memory, and a way between them that does what a test wants."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hallterm.desk.sync_ports import Absorbed, Follower, View
from hallterm.joining import News
from hallterm.sync.loop import Syncer
from hallterm.sync.pace import Pace
from hallterm.sync.ports import Timed
from hallterm.sync.standing import SyncStanding
from hallterm.sync.store_work import InPlace
from hallterm.wire import Envelope, Facts, Problem, Push, Pushed, WireFact

STREAM = "hall:test"
HOME_MS = 1_772_413_200_000


def envelope(place: int) -> Envelope:
    return Envelope(
        id=f"c{place}",
        device="t1",
        device_seq=place,
        previous="",
        stream="hall",
        type="OpenDay",
        payload={},
        actor="1001",
        at_ms=HOME_MS + place,
    )


@dataclass
class FakeFollower:
    """A terminal's side that counts."""

    given: int = 0
    acknowledged: int = 0
    seen: int = 0
    epoch: int = 1
    absorbed: list[int] = field(default_factory=list)
    problem: Problem | None = None

    def view(self, most: int = 1000) -> View:
        places = range(self.acknowledged + 1, self.given + 1)
        unsent = self.given - self.seen
        return View(
            epoch=self.epoch,
            cursors={STREAM: self.seen},
            outgoing=[envelope(place) for place in places][:most],
            unsent=unsent,
            oldest_ms=HOME_MS + self.seen + 1 if unsent > 0 else None,
        )

    def acknowledge(self, device_seq: int) -> None:
        self.acknowledged = max(self.acknowledged, device_seq)

    def absorb(self, answers: Sequence[Facts]) -> Absorbed | Problem:
        if self.problem is not None:
            return self.problem
        for answer in answers:
            if answer.after != self.seen:
                return Problem(code="gap", expected={"after": self.seen})
            self.seen += len(answer.facts)
            self.absorbed.append(len(answer.facts))
        return Absorbed(facts=sum(len(one.facts) for one in answers), settled=0)

    def keep_ready(self) -> bool:
        return False


@dataclass
class FakeHome:
    """A home that makes one fact of each command; and the way to it."""

    has: int = 0
    facts: int = 0
    requests: list[str] = field(default_factory=list)
    answer: Callable[[str, object], Awaitable[object] | object] | None = None
    """Asked first; what it returns is the answer, None: the usual one. It may raise."""
    news_waits: bool = True
    brings: bool = True
    """Whether the facts come with the news."""
    clock: Callable[[], int] = lambda: HOME_MS + round(asyncio.get_running_loop().time() * 1000)

    async def _special(self, kind: str, what: object) -> object:
        self.requests.append(kind)
        if self.answer is None:
            return None
        answer = self.answer(kind, what)
        return await answer if asyncio.iscoroutine(answer) else answer

    async def push(self, push: Push) -> Timed[Pushed | Problem]:
        special = await self._special("push", push)
        if isinstance(special, Problem | Pushed):
            return Timed(special, self.clock())
        for one in push.commands:
            if one.device_seq == self.has + 1:
                self.has += 1
                self.facts += 1
        return Timed(Pushed(device_seq=self.has, heads={STREAM: self.facts}), self.clock())

    async def pull(self, stream: str, after: int, most: int) -> Timed[Facts | Problem]:
        special = await self._special("pull", after)
        if isinstance(special, Problem | Facts):
            return Timed(special, self.clock())
        assert stream == STREAM
        return Timed(self._piece(after, most), self.clock())

    def _piece(self, after: int, most: int) -> Facts:
        places = range(after + 1, min(self.facts, after + most) + 1)
        facts = [
            WireFact(
                seq=n,
                id=f"f{n}",
                type="x",
                payload={},
                actor="a",
                device="t1",
                at_ms=n,
                command_id=f"c{n}",
            )
            for n in places
        ]
        return Facts(stream=STREAM, epoch=1, after=after, head=self.facts, facts=facts)

    async def news(self, seen: Mapping[str, int], most: int) -> Timed[News]:
        await self._special("news", seen)
        if self.news_waits:
            for _ in range(250):
                if self.facts > seen.get(STREAM, -1):
                    break
                await asyncio.sleep(0.1)
        after = seen.get(STREAM, self.facts)
        brought = [self._piece(after, most)] if self.brings and after < self.facts else []
        return Timed(News(epoch=1, heads={STREAM: self.facts}, facts=brought), self.clock())


@dataclass
class FakeClock:
    """A machine's clocks; the wall is wrong by `wrong_ms`."""

    wrong_ms: int = 0
    boot: str = "b"

    def wall_ms(self) -> int:
        return HOME_MS + self.mono_ms() + self.wrong_ms

    def mono_ms(self) -> int:
        return round(asyncio.get_running_loop().time() * 1000)


@dataclass
class Pair:
    """A syncer between a fake follower and a fake home."""

    follower: FakeFollower = field(default_factory=FakeFollower)
    home: FakeHome = field(default_factory=FakeHome)
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[SyncStanding] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)
    syncer: Syncer = field(init=False)

    def __post_init__(self) -> None:
        follower: Follower = self.follower
        self.syncer = Syncer(
            InPlace(follower),
            self.home,
            self.clock,
            chance=random.Random(7),  # noqa: S311 - no secret
            pace=self.pace,
            told=self.told.append,
        )

    @property
    def in_step(self) -> bool:
        return self.follower.seen == self.home.facts and self.follower.given == self.home.has

    async def run_for(self, seconds: float) -> None:
        """Let the loop go for so many virtual seconds."""
        task = asyncio.ensure_future(self.syncer.run())
        done, _ = await asyncio.wait([task], timeout=seconds)
        assert not done, task.exception()
        task.cancel()
        await asyncio.wait([task])
