"""Fixtures that every room's tests may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from tests.support.hall import copy_store, enter, found_store, quick_pins
from tests.support.rulebook import MORNING
from tests.support.scene import Scene

# A busy machine is no fault of the code: speed is measured by the bench, beside its limits.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def scene() -> Scene:
    """Return a hall without a store."""
    return Scene()


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands at the test morning until it is moved."""
    return ManualClock(MORNING)


@pytest.fixture(scope="session")
def founded_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed store of the founded test hall; copy it, never open it."""
    path = tmp_path_factory.mktemp("founded") / "hall.db"
    found_store(path)
    return path


@pytest.fixture
def store(founded_store: Path, tmp_path: Path) -> Path:
    """Return a founded store of the test's own, closed."""
    return copy_store(founded_store, tmp_path)


@pytest.fixture
def desk(store: Path, clock: ManualClock) -> Iterator[Desk]:
    """Return an open desk of the founded test hall; PINs are hashed cheaply meanwhile."""
    with quick_pins():
        desk = enter(store, clock)
        yield desk
        desk.close()
