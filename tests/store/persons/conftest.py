"""A new store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.store.connection import close_connection, open_connection
from hallterm.store.migrations import migrate


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    """Open an empty store."""
    opened = open_connection(tmp_path / "hall.db", "ab" * 32, durability="OFF")
    migrate(opened)
    yield opened
    close_connection(opened)
