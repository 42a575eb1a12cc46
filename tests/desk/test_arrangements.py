"""Random days of appointments, visits and deliveries, through the desk."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.desk.arrangements import Arrangements


@pytest.mark.parametrize(
    ("days", "steps"), [(40, 40), pytest.param(1000, 60, marks=pytest.mark.soak)]
)
def test_what_must_hold_of_arrangements_holds_after_every_step(
    founded_store: Path, days: int, steps: int
) -> None:
    machine = type("Day", (Arrangements,), {"template": founded_store})
    checks = settings(
        max_examples=days,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=checks)
