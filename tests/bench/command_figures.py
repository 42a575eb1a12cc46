"""A command of the command line as a whole process."""

import subprocess
import time
from pathlib import Path

from tests.bench.figure import Figure, absolute, percentile
from tests.bench.screen_figures import environment
from tests.bench.terminal import python


def measure_commands(folder: Path, rounds: int = 7) -> list[Figure]:
    """Measure cli_take on the hall of a folder."""
    command = python("-m", "hallterm", "ticket", "take", "--walk-in", "--business", "02", "--json")
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run(command, env=environment(folder), check=True, capture_output=True)  # noqa: S603 - our own command
        times.append(time.perf_counter() - began)
    return [absolute("cli_take", percentile(times, 0.5), "s", 1)]
