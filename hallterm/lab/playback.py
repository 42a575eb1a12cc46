"""Text playback: a training morning told line by line, for where there is no terminal."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hallterm.clock import ManualClock
from hallterm.configuration import Configuration, load
from hallterm.desk.board import Board
from hallterm.desk.days import figures
from hallterm.desk.desk import Desk
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Fact
from hallterm.domain.tiers import Tier
from hallterm.lab.playback_board import board_lines
from hallterm.lab.playback_news import news
from hallterm.lab.playback_text import summary
from hallterm.lab.training import create_training_hall
from hallterm.lab.training_day import TrainingDay, TrainingPlan
from hallterm.store.connection import reading
from hallterm.store.log import facts_after
from hallterm.words import _

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)
OPENS, CLOSES = time(8, 30), time(12)
BOARD_EVERY = timedelta(minutes=10)
COUNTERS = (1, 2, 3, 4, 5, 6)
ARRIVALS_PER_HOUR = 37.0
CUSTOMERS = 200
AT_THE_DOOR = ((Tier.STANDARD, 0.06), (Tier.GOTONE, 0.04), (Tier.STANDARD, 0.02))
"""Tier and minutes since coming of those whom the doors are opened for."""

Write = Callable[[str], None]
"""Takes one line without its end."""


def play_morning(
    write: Write,
    seed: int = 1,
    *,
    configuration: Configuration | None = None,
    closes: time = CLOSES,
) -> None:
    """Tell a training morning, 8:30 to 12:00, in a hall that is gone afterwards.

    Arrivals, calls and what else happens; the board every ten minutes; at the end a summary per
    tier. Aligned plain text, no control signs. Takes some seconds.

    Raises:
        StoreFaultError: there is no room for the hall's files.
        ConfigurationProblems: no configuration was given and the packaged one is damaged.
    """
    clock = ManualClock(datetime.combine(MONDAY, OPENS, ZONE))
    with tempfile.TemporaryDirectory(prefix="hallterm-") as folder:
        desk = create_training_hall(
            Path(folder),
            clock,
            configuration or load(),
            customers=CUSTOMERS,
            durability="OFF",
            seed=seed,
        )
        if isinstance(desk, Refusal):
            return
        try:
            _Morning(desk, clock, write, seed).play(datetime.combine(MONDAY, closes, ZONE))
        finally:
            desk.close()


class _Morning:
    """One morning under way."""

    def __init__(self, desk: Desk, clock: ManualClock, write: Write, seed: int) -> None:
        self._desk = desk
        self._clock = clock
        self._write = write
        self._board = Board(desk)
        self._told = 0
        profile = desk.rules.company.hall
        write(_("{hall}，{day}").format(hall=profile.name if profile else "", day=MONDAY.date()))
        plan = TrainingPlan(
            seed=seed,
            arrivals_per_hour=ARRIVALS_PER_HOUR,
            staffed=COUNTERS,
            served=AT_THE_DOOR,
            waiting=(),
        )
        self._day = TrainingDay(desk, plan)

    def play(self, until: datetime) -> None:
        """Play until closing, then sum up."""
        next_board = self._clock.now() + BOARD_EVERY
        self._tell()
        while True:
            due = datetime.fromtimestamp(self._day.next_due(self._desk), ZONE)
            moment = min(max(due, self._clock.now()), next_board, until)
            # Rounded up to what the clock shows, so that what is due is due.
            self._clock.set(moment + timedelta(milliseconds=1))
            self._day.step(self._desk, self._clock.now())
            self._tell()
            if moment >= next_board:
                self._lines(board_lines(self._board.hall(), self._clock.now(), ZONE))
                next_board += BOARD_EVERY
            if moment >= until:
                break
        self._sum_up()

    def _facts(self) -> Iterator[Fact]:
        desk = self._desk
        with reading(desk.connection):
            facts = list(facts_after(desk.connection, desk.replica.stream, self._told))
        self._told = facts[-1].seq if facts else self._told
        return iter(facts)

    def _tell(self) -> None:
        for fact in self._facts():
            line = news(fact, self._desk)
            if line:
                self._write(f"{fact.at.astimezone(ZONE):%H:%M:%S}  {line}")

    def _lines(self, lines: list[str]) -> None:
        self._write("")
        for line in lines:
            self._write(line)
        self._write("")

    def _sum_up(self) -> None:
        hall = self._desk.hall
        if hall.day is None:
            return
        day = figures(hall.day, hall.tickets.values(), closed=False)
        for line in (_("上午小结"), *summary(day)):
            self._write(line)
