"""`python -m tests.bench [NAME …]`: measure, print a table, write bench.json.

Exit code 1 when a bar does not hold.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.command_figures import measure_commands
from tests.bench.desk_figures import measure_desk
from tests.bench.dispatch_figures import measure_dispatch
from tests.bench.figure import Figure, as_table, write
from tests.bench.hub_figures import measure_hub
from tests.bench.hub_join import measure_join
from tests.bench.hub_propagate import measure_propagate
from tests.bench.hub_served import measure_served
from tests.bench.person_figures import measure_persons
from tests.bench.screen_figures import measure_idle, measure_keys, measure_start


def _screens(folder: Path) -> list[Figure]:
    return [*measure_start(folder), *measure_keys(folder), *measure_commands(folder)]


def _persons(folder: Path) -> list[Figure]:
    # The board and memory are measured where a million customers are on record.
    return [*measure_persons(folder), *measure_idle(folder)]


def _hub(folder: Path) -> list[Figure]:
    for name in ("home", "served", "propagate", "join"):
        (folder / name).mkdir()
    return [
        *measure_hub(folder / "home"),
        *measure_served(folder / "served"),
        *measure_propagate(folder / "propagate"),
        *measure_join(folder / "join"),
    ]


PARTS: dict[str, Callable[[Path], list[Figure]]] = {
    "desk": measure_desk,
    "dispatch": measure_dispatch,
    "screens": _screens,
    "persons": _persons,
    "hub": _hub,
}


def main(names: list[str]) -> int:
    """Measure the named parts, or all."""
    figures: list[Figure] = []
    for name in names or list(PARTS):
        with tempfile.TemporaryDirectory(prefix="hallterm-bench-") as folder:
            figures += PARTS[name](Path(folder))
    sys.stdout.write(as_table(figures) + "\n")
    write(figures, Path("bench.json"))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
