"""Results in a file, so that a long trial can be made in parts."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from tests.reliability.runs import Result


class Kept:
    """What came of all parts so far.

    path: a file with one JSON object a line; None: nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.results: list[Result] = []
        self.seconds = 0.0
        """For all parts together."""
        if path is not None and path.exists():
            for line in path.read_text("utf-8").splitlines():
                told = json.loads(line)
                if "part_seconds" in told:
                    self.seconds += told["part_seconds"]
                else:
                    self.results.append(Result(**told))

    def add(self, result: Result) -> None:
        """Add what came of a run."""
        self.results.append(result)
        self._write(asdict(result))

    def end(self, seconds: float) -> None:
        """End a part that took so long."""
        self.seconds += seconds
        self._write({"part_seconds": seconds})

    def _write(self, told: Mapping[str, object]) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")
