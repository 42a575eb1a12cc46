"""Nobody but the owner may read the store's files."""

import os
import stat
from pathlib import Path

from hallterm.store.connection import close_connection, open_connection, writing

KEY = "0" * 64


def test_the_store_and_its_side_files_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        connection = open_connection(tmp_path / "hall.db", KEY)
        with writing(connection):
            connection.exec_driver_sql("CREATE TABLE row (text)")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        close_connection(connection)
    finally:
        os.umask(before)
    assert modes.keys() >= {"hall.db", "hall.db-wal"}
    assert set(modes.values()) == {0o600}
