"""How often each command was accepted by the home over all seeds of a check.

The seeds are lived through by several tests, perhaps in several processes; each writes down what it
has seen, and the last one sees the whole.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from hallterm.domain.command_types import command_types
from hallterm.domain.stream import Command
from tests.simulation.world import Outcome

ROOMS = ("reception", "checklist", "appointment", "errand", "call_back", "request")
"""Aggregates of which every command must get through now and then."""
BESIDES = frozenset({"OfferDiversion", "AnswerDiversion", "StartService", "FinishService"})


def needed() -> set[str]:
    """Return the names of the commands that must be accepted over the seeds of a check."""

    def counts(name: str, kind: type[Command]) -> bool:
        room = kind.__module__.split(".")[-2]
        return not kind.__subclasses__() and (room in ROOMS or name in BESIDES)

    return {name for name, kind in command_types().items() if counts(name, kind)}


class Tally:
    """What the tests of one session have seen.

    folder: shared by all processes of the session.
    parts: how many tests there are.
    """

    def __init__(self, folder: Path, parts: int) -> None:
        self._folder, self._parts = folder, parts
        folder.mkdir(exist_ok=True)

    def add(self, part: int, outcomes: Iterable[Outcome]) -> None:
        """Write down what one test has seen."""
        counted: Counter[str] = Counter()
        for outcome in outcomes:
            counted.update(outcome.accepted)
        unfinished = self._folder / f"{part}.part"
        unfinished.write_text(json.dumps(counted), "utf-8")
        unfinished.rename(self._folder / f"{part}.json")

    def never(self) -> set[str]:
        """Return the commands that were never accepted; empty as long as a test is missing."""
        told = list(self._folder.glob("*.json"))
        if len(told) < self._parts:
            return set()
        counted: Counter[str] = Counter()
        for path in told:
            counted.update(json.loads(path.read_text("utf-8")))
        return needed() - set(counted)


def session_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this session share, and no other session."""
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "simulated"
