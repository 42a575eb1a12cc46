"""A hall holds every ticket of its day: a served one must stay small."""

import gc
import tracemalloc

from hallterm.domain.ticket import commands as cmd
from tests.support.rulebook import CLERK
from tests.support.scene import Scene

MOST = 9_000
"""Bytes; with earlier tickets kept whole for undo it was three times as much."""
SERVED = 100


def serve(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))


def test_a_served_ticket_takes_little_memory(scene: Scene) -> None:
    scene.sit()
    serve(scene)
    gc.collect()
    tracemalloc.start()
    try:
        before, _peak = tracemalloc.get_traced_memory()
        for _ in range(SERVED):
            serve(scene)
        gc.collect()
        after, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / SERVED < MOST
