"""Which commits wait for the disk."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.store.connection import (
    Durability,
    close_connection,
    open_connection,
    writing,
    writing_again,
)
from hallterm.store.keys import create_key

LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL"}


def level(connection: sa.Connection) -> str:
    return LEVELS[connection.exec_driver_sql("PRAGMA synchronous").scalar_one()]


@pytest.mark.parametrize(
    ("opened", "hurried"), [("FULL", "NORMAL"), ("NORMAL", "NORMAL"), ("OFF", "OFF")]
)
def test_only_what_can_be_had_again_does_not_wait(
    tmp_path: Path, opened: Durability, hurried: str
) -> None:
    connection = open_connection(
        tmp_path / "a.db", create_key(tmp_path / "a.key"), durability=opened
    )
    with writing(connection):
        assert level(connection) == opened
    with writing_again(connection):
        assert level(connection) == hurried
    with pytest.raises(ZeroDivisionError), writing_again(connection):
        raise ZeroDivisionError
    with writing(connection):
        assert level(connection) == opened
    close_connection(connection)
