"""The loop that brings a terminal and its home into step.

It is level-triggered: each turn looks at what there is to send and what there is to take in, and
never relies on having been told. Being told (`wanted`, `sync_now`, news from the home) only makes
the next turn come sooner; it always comes. What fails is simply found undone by a later turn.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import IntEnum
from typing import TypeVar

from hallterm.desk.sync_ports import Absorbed, View
from hallterm.joining import News
from hallterm.store.faults import StoreFaultError
from hallterm.sync.offset import Exchange, OffsetEstimate
from hallterm.sync.pace import Backoff, Pace
from hallterm.sync.ports import (
    BusyError,
    LocalClock,
    ShutOutError,
    StoreWork,
    Timed,
    Transport,
    UnreachableError,
)
from hallterm.sync.standing import SyncStanding
from hallterm.wire import Envelope, Facts, Problem, Push

T = TypeVar("T")

_log = logging.getLogger("hallterm.sync")

NEEDS_A_PERSON = frozenset({"fork", "epoch", "device_revoked", "device_unknown", "too_old"})
"""Problems that no later try can end by itself."""


class Wakes(IntEnum):
    """What ends a rest early; the more has gone wrong, the less does."""

    WANTED = 1
    """There may be something to send or to take in."""
    BACK = 2
    """The home can be reached again."""
    PERSON = 3
    """A person asks."""


class Syncer:
    """Sends and takes in until it is cancelled; one for a store, belongs to one event loop.

    store: does the work on the follower, off the event loop.
    absorbed: called with what each piece of news changed, after it is durable.
    told: called with each new standing.
    """

    def __init__(  # noqa: PLR0913 - what it stands on, handed over by name
        self,
        store: StoreWork,
        transport: Transport,
        clock: LocalClock,
        *,
        chance: random.Random,
        pace: Pace | None = None,
        absorbed: Callable[[Absorbed], None] = lambda _: None,
        told: Callable[[SyncStanding], None] = lambda _: None,
    ) -> None:
        self._store, self._transport, self._clock = store, transport, clock
        self._pace = pace or Pace()
        self._backoff = Backoff(self._pace, chance)
        self._listening = Backoff(self._pace, chance)
        self._absorbed, self._told = absorbed, told
        self.offset = OffsetEstimate()
        self.standing = SyncStanding()
        self._heads: dict[str, int] = {}
        self._view = View(1, {}, (), 0, None)
        """How the store stood at the beginning of this turn."""
        self._at: dict[str, int] = {}
        """Stream → last place in the store, as the last turn left it."""
        self._ahead: dict[str, Facts] = {}
        """Facts that came with the news, until a turn takes them in."""
        self._came, self._looked = asyncio.Event(), asyncio.Event()
        self._asking = False
        """Whether a question for what comes behind `_at` is open."""
        self._calls = {wakes: asyncio.Event() for wakes in Wakes}
        self._most = self._pace.most_commands
        self._refreshed = self._readied = -1e9

    # What others tell it

    def wanted(self) -> None:
        """Say that a command was given."""
        self._calls[Wakes.WANTED].set()

    def sync_now(self) -> None:
        """Say that a person wants it now, however often it has failed."""
        self._backoff.succeeded()
        self._refreshed = -1e9
        self._calls[Wakes.PERSON].set()

    def in_step(self, cursors: Mapping[str, int]) -> bool:
        """Say whether a terminal that has come this far has all that the home is known to have."""
        return all(self._heads.get(stream, -1) <= at for stream, at in cursors.items()) and (
            self._heads.keys() >= cursors.keys()
        )

    # The loop

    async def run(self) -> None:
        """Go on until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            while True:
                await self._rest(*await self.turn())

    async def turn(self) -> tuple[float, Wakes]:
        """Do one turn; return for how many seconds to rest, and which calls end the rest."""
        for call in self._calls.values():
            call.clear()
        try:
            moved = await self._take_ahead()
            await self._look()
            moved = await self._exchange() or moved
            moved = await self._keep_ready(moved=moved) or moved
        except UnreachableError:
            rest, wakes = self._backoff.failed(), Wakes.BACK
        except BusyError as busy:
            rest, wakes = self._backoff.failed(busy.after_s), Wakes.PERSON
        except ShutOutError as shut_out:
            self._tell(online=False, trouble=shut_out.code)
            rest, wakes = self._pace.shut_out, Wakes.BACK
        except StoreFaultError:
            _log.exception("the store could not be read or written")
            rest, wakes = self._backoff.failed(), Wakes.PERSON
        except Exception:  # noqa: BLE001 - a fault of ours must not end the sync, and is told
            _log.exception("sync failed through a fault of the program")
            self._tell(trouble="fault")
            rest, wakes = self._backoff.failed(), Wakes.PERSON
        else:
            self._backoff.succeeded()
            self._settled("fault")
            rest, wakes = (0.0 if moved else self._pace.peek), Wakes.WANTED
        return rest, wakes

    async def _look(self) -> None:
        """See what there is to send, and how far this terminal has come."""
        most = self._most
        self._view = view = await self._store(lambda f: f.view(most))
        self._at = dict(view.cursors)
        self._tell(unsent=view.unsent, oldest_ms=view.oldest_ms)

    async def _keep_ready(self, *, moved: bool) -> bool:
        """Ask ahead for what is needed while cut off: when all is calm, and now and then if not."""
        now = asyncio.get_running_loop().time()
        if moved and now - self._readied < self._pace.readying:
            return False
        self._readied = now
        return await self._store(lambda f: f.keep_ready())

    async def _rest(self, seconds: float, wakes: Wakes) -> None:
        if seconds <= 0:
            return
        waits = [asyncio.ensure_future(c.wait()) for w, c in self._calls.items() if w >= wakes]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _exchange(self) -> bool:
        """Take in and send. One that fails does not keep the other from being tried."""
        moved, failed = False, None
        for step in (self._take, self._send):
            try:
                moved = await step() or moved
            except (UnreachableError, BusyError) as error:
                if isinstance(error, UnreachableError):
                    self._tell(online=False)
                failed = failed or error
        if failed is not None:
            raise failed
        return moved

    # Up

    async def _send(self) -> bool:
        """Hand over the first commands that the home has not acknowledged."""
        envelopes = self._view.outgoing
        if not envelopes:
            return False
        mono = self._clock.mono_ms()
        sent = self.offset.home_ms(mono) or self._clock.wall_ms()
        push = Push(epoch=self._view.epoch, sent_ms=sent, commands=list(envelopes))
        answer = await self._ask(self._transport.push(push), self._pace.deadline)
        if isinstance(answer, Problem):
            return await self._not_taken(answer, envelopes)
        self._most = min(self._pace.most_commands, self._most * 2)
        self._learn(answer.heads)
        self._settled("fork", "gap", "epoch", "too_large")
        reached = answer.device_seq
        await self._store(lambda f: f.acknowledge(reached))
        return True

    async def _not_taken(self, problem: Problem, envelopes: Sequence[Envelope]) -> bool:
        """Make the best of a push that the home did not take; say whether to go on at once."""
        first, last = envelopes[0].device_seq, envelopes[-1].device_seq
        match problem.code:
            case "gap":
                wanted = problem.expected.get("device_seq")
                if isinstance(wanted, int) and first < wanted:
                    # It has some of these already: an answer was lost. Go on behind them.
                    has = min(wanted - 1, last)
                    await self._store(lambda f: f.acknowledge(has))
                    return True
            case "too_large" if len(envelopes) > 1:
                self._most = max(1, len(envelopes) // 2)
                return True
        _log.warning("push not taken: %s %s", problem.code, problem.expected)
        self._tell(trouble=problem.code)
        return False

    # Down

    async def _take(self) -> bool:
        """Take in the facts that the home has and this terminal hasn't."""
        try:
            return await self._take_what_there_is()
        finally:
            self._looked.set()

    async def _take_what_there_is(self) -> bool:
        cursors = dict(self._at)
        now = asyncio.get_running_loop().time()
        asked = {s: at for s, at in cursors.items() if self._heads.get(s, at) > at}
        if asked and self._asking:
            # What is asked for is on its way already.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.moment):
                    await self._came.wait()
        if await self._take_ahead():
            return True
        if not asked and now - self._refreshed < self._pace.refresh:
            return False
        pulled = [await self._pulled(*place) for place in (asked or cursors).items()]
        pieces = [piece for piece in pulled if piece is not None]
        if not asked:
            self._refreshed = now
        if not any(piece.facts for piece in pieces):
            return False
        return await self._take_in(pieces)

    async def _take_ahead(self) -> bool:
        """Take in what came with the news, if it follows on what the store has."""
        pieces = [one for one in self._ahead.values() if one.after == self._at.get(one.stream)]
        self._ahead = {}
        return bool(pieces) and await self._take_in(pieces)

    async def _pulled(self, stream: str, after: int) -> Facts | None:
        """Ask for the facts behind a place."""
        call = self._transport.pull(stream, after, self._pace.most_facts)
        answer = await self._ask(call, self._pace.deadline)
        if isinstance(answer, Problem):
            self._tell(trouble=answer.code)
            return None
        self._learn({stream: answer.head})
        return answer

    async def _take_in(self, pieces: list[Facts]) -> bool:
        outcome = await self._store(lambda f: f.absorb(pieces))
        if isinstance(outcome, Problem):
            # A gap heals by asking again from where the store stands now.
            _log.warning("facts not taken in: %s %s", outcome.code, outcome.expected)
            if outcome.code in NEEDS_A_PERSON:
                self._tell(trouble=outcome.code)
            return False
        self._settled("epoch", "stream_unknown")
        self._at |= {piece.stream: piece.facts[-1].seq for piece in pieces if piece.facts}
        self._absorbed(outcome)
        return True

    # News

    async def _listen(self) -> None:
        """Hear from the home when there is something new."""
        while True:
            seen = dict(self._at)
            self._came.clear()
            self._asking = bool(seen)
            try:
                call = self._transport.news(seen, self._pace.most_facts)
                news = await self._ask(call, self._pace.patience)
            except (UnreachableError, BusyError) as error:
                self._asking = False
                if isinstance(error, UnreachableError):
                    self._tell(online=False)
                await asyncio.sleep(self._listening.failed(getattr(error, "after_s", 0.0)))
            except ShutOutError as shut_out:
                self._asking = False
                self._tell(online=False, trouble=shut_out.code)
                await asyncio.sleep(self._pace.shut_out)
            else:
                self._heard(news)
                if any(at > seen.get(stream, -1) for stream, at in news.heads.items()):
                    # Until the store has what is new, the answer would be the same again.
                    await self._looked.wait()

    def _heard(self, news: News) -> None:
        """Pass news on."""
        self._asking = False
        self._looked.clear()
        self._ahead = {piece.stream: piece for piece in news.facts if piece.facts}
        self._came.set()
        back = self._listening.failures > 0
        self._listening.succeeded()
        if self._learn(news.heads):
            self._calls[Wakes.WANTED].set()
        if back:
            self._calls[Wakes.BACK].set()

    def _learn(self, heads: Mapping[str, int]) -> bool:
        """Note how far streams go; say whether one goes further than was known."""
        further = {s: at for s, at in heads.items() if at > self._heads.get(s, -1)}
        self._heads |= further
        return bool(further)

    # Every exchange

    async def _ask(self, call: Awaitable[Timed[T]], deadline: float) -> T:
        """Await an answer, not for ever, and learn the home's time from it."""
        asked = self._clock.mono_ms()
        try:
            async with asyncio.timeout(deadline):
                answer = await call
        except TimeoutError as late:
            raise UnreachableError("deadline") from late
        answered = self._clock.mono_ms()
        if answer.home_ms is not None and answered - asked < self._pace.deadline * 1000:
            self.offset.learn(Exchange(asked, answered, answer.home_ms))
        heard = answer.home_ms or self.offset.home_ms(answered) or self._clock.wall_ms()
        self._tell(online=True, contact_ms=heard)
        return answer.value

    def _settled(self, *codes: str) -> None:
        if self.standing.trouble in codes:
            self._tell(trouble="")

    def _tell(self, **changes: object) -> None:
        wall, mono = self._clock.wall_ms(), self._clock.mono_ms()
        if changes.get("online") and self.standing.trouble in ("too_old", "device_revoked"):
            changes.setdefault("trouble", "")
        new = replace(
            self.standing,
            skew_ms=self.offset.skew_ms(wall, mono),
            boot=self._clock.boot,
            base_ms=self.offset.base_ms,
            **changes,  # type: ignore[arg-type]  # names of the standing's own fields
        )
        if new != self.standing:
            self.standing = new
            self._told(new)
