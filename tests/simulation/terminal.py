"""A terminal of the simulation: a desk where people act, and the production sync beside it."""

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hallterm.desk.desk import Desk
from hallterm.desk.sync_ports import Absorbed, Follower, Lost
from hallterm.domain.command_types import command_types
from hallterm.store.connection import reading
from hallterm.sync.adjusted import AdjustedClock
from hallterm.sync.loop import Syncer
from hallterm.sync.pace import Pace
from hallterm.sync.standing import SyncStanding
from hallterm.sync.store_work import InPlace
from hallterm.wire import Envelope
from tests.simulation.actions.registry import Action
from tests.simulation.actions.scene import Memory, Scene
from tests.simulation.core import make_follower
from tests.simulation.machine import Disk, SimClock
from tests.simulation.network import Link
from tests.simulation.stores import rulebook
from tests.simulation.trust import Forged, PinPad, is_forged
from tests.simulation.weather import Weather

PACE = Pace(peek=30.0, most_commands=50, most_facts=80)
"""Small pieces, so that many are needed; looks at the store seldom, as `wanted` is called."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A command that a person saw carried out."""

    command_id: str
    type: str
    says: str
    device: str
    actor: str
    about: str
    """Whom of the staff it is about; or empty."""


class SimTerminal:
    """One terminal with its people."""

    def __init__(self, lane: int, image: Any, link: Link, weather: Weather) -> None:  # noqa: ANN401 - the driver's connection
        self.device, self.lane = link.device, lane
        self.link, self.weather = link, weather
        self.chance = random.Random(weather.chance.getrandbits(64))  # noqa: S311 - no secret
        self.disk = Disk(image, weather)
        self.clock = SimClock(weather, self.chance)
        self.memory = Memory()
        self.confirmed: list[Confirmed] = []
        self.forged: list[Forged] = []
        self.lost: list[Lost] = []
        self.done: dict[str, int] = {}
        """Action → how often it succeeded."""
        self.unsure = 0
        """Commands that may have been carried out although nobody saw it: the process died."""
        self.deaths = 0
        self.alive = True
        self.desk: Desk
        self.pins: PinPad
        self._life: asyncio.Task[None] | None = None
        self._again: asyncio.Task[None] | None = None
        self.begin()

    # Life and death

    def begin(self) -> None:
        """Start the terminal's processes on what its disk holds."""
        self.disk.new_life()
        adjusted = AdjustedClock(self.clock)
        self.desk = self._desk(adjusted)
        self.desk.keyring = self.pins = PinPad(self.desk)
        self.follower: Follower = make_follower(self._desk(adjusted))

        def told(standing: SyncStanding) -> None:
            adjusted.adjust(standing.boot, standing.base_ms)

        self.syncer = Syncer(
            InPlace(self.follower),
            self.link,
            self.clock,
            chance=self.chance,
            pace=PACE,
            absorbed=self._absorbed,
            told=told,
        )
        self.alive = True
        self._life = asyncio.ensure_future(self._live())

    def _desk(self, clock: AdjustedClock) -> Desk:
        desk = Desk(self.disk.connect(), clock, rulebook(), self.device)
        self.look(desk)
        return desk

    async def _live(self) -> None:
        try:
            await self.syncer.run()
        except BaseException:
            if not self.disk.dead:
                raise
            self.die()

    def die(self) -> None:
        """Lose everything but the disk; come back after a while."""
        if not self.alive:
            return
        self.weather.note(f"{self.device} dies")
        self.alive, self.deaths = False, self.deaths + 1
        if self._life is not None and self._life is not asyncio.current_task():
            self._life.cancel()
        self._again = asyncio.ensure_future(self._come_back())

    async def _come_back(self) -> None:
        await asyncio.sleep(self.chance.uniform(0.5, 30.0))
        if self.chance.random() < 0.3:
            self.clock.reboot()
        self.begin()

    def stop(self) -> None:
        """End for good."""
        if self._life is not None:
            self._life.cancel()
        self.link.close()

    # People

    def look(self, desk: Desk) -> None:
        """See what holds now, as a screen does every second."""
        with reading(desk.connection):
            desk.replica.catch_up(desk.connection)

    def act(self, action: Action) -> bool:
        """Let somebody do something; what they saw done is noted. Say whether anything was."""
        if not self.alive:
            return True
        if self.weather.strikes(self.weather.dies):
            self.disk.doomed = self.chance.randint(0, 40)
        before = self._last_place()
        self.pins.nobody = self.weather.strikes(self.weather.forges)
        try:
            self.look(self.desk)
            action.do(Scene(self.desk, self.chance, self.memory, self.lane))
        except BaseException:
            if not self.disk.dead:
                raise
            self.unsure += 20
            self.die()
            return True
        self.disk.doomed = None
        given = self._outbox_after(before)
        if given:
            self.done[action.name] = self.done.get(action.name, 0) + 1
            self._note(given)
            self.weather.note(f"{self.device} {action.name}: {[one.type for one in given]}")
            self.syncer.wanted()
        return bool(given)

    def _note(self, given: Iterable[Confirmed]) -> None:
        """Keep what people saw done, and apart what was done without them under their names."""
        for one in given:
            if self.pins.nobody and is_forged(one.type, one.actor, self.device):
                self.forged.append(Forged(one.command_id, one.type))
            else:
                self.confirmed.append(one)

    def _last_place(self) -> int:
        with self.disk.no_crash():
            asked = "SELECT device_seq FROM sync_link"
            return int(self.desk.connection.exec_driver_sql(asked).scalar() or 0)

    def _outbox_after(self, place: int) -> list[Confirmed]:
        with self.disk.no_crash():
            asked = "SELECT envelope FROM outbox WHERE device_seq > ? ORDER BY device_seq"
            rows = self.desk.connection.exec_driver_sql(asked, (place,)).all()
        envelopes = [Envelope.model_validate_json(row.envelope) for row in rows]
        return [
            Confirmed(
                one.id,
                one.type,
                command_types()[one.type].says,
                self.device,
                one.actor,
                str(one.payload.get("staff_id", "")),
            )
            for one in envelopes
        ]

    def _absorbed(self, absorbed: Absorbed) -> None:
        self.lost += absorbed.lost

    def doom(self) -> None:
        """Let the process die at one of the next statements of whatever it does."""
        self.disk.doomed = self.chance.randint(0, 200)
