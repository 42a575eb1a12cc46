"""An import killed at any moment leaves a whole store, and the next run does the rest."""

import json
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from hallterm.desk.desk import Desk
from hallterm.desk.imports import Imported, import_customers
from hallterm.lab.people import made_up_people
from hallterm.lab.people_file import write_people
from hallterm.store.connection import reading
from tests.support.hall import enter
from tests.support.rulebook import ADMINISTRATOR

ROWS = 6_000
PROGRAM = """
import sys
from pathlib import Path
from hallterm.desk.imports import import_customers
from tests.support.hall import enter
from tests.support.rulebook import ADMINISTRATOR
print(import_customers(enter(Path(sys.argv[1])), ADMINISTRATOR, Path(sys.argv[2])))
"""


def number(desk: Desk, query: str) -> int:
    with reading(desk.connection) as connection:
        return int(connection.exec_driver_sql(query).scalar() or 0)


@pytest.mark.parametrize(
    "far_enough",
    [
        "SELECT count(*) > 500 FROM person",
        "SELECT count(*) > 500 FROM person_key WHERE kind = 3",
    ],
)
def test_killed_while_writing_records_or_keys(store: Path, tmp_path: Path, far_enough: str) -> None:
    file = tmp_path / "customers.csv"
    write_people(file, made_up_people(ROWS, seed=2))
    desk = enter(store)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, str(store), str(file)]
    )
    for _ in count():
        if number(desk, far_enough) or process.poll() is not None:
            break
    process.kill()
    assert process.wait() == -9
    with reading(desk.connection) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        batches = connection.exec_driver_sql(
            "SELECT payload FROM event WHERE type = 'persons_imported'"
        )
        logged = [i for (payload,) in batches for i in json.loads(payload)["recorded"]]
        there = connection.exec_driver_sql("SELECT person_id FROM person").scalars().all()
    assert 0 < len(logged) <= ROWS
    assert sorted(logged) == sorted(there)
    again = import_customers(desk, ADMINISTRATOR, file)
    assert isinstance(again, Imported)
    assert (again.recorded, again.unchanged) == (ROWS - len(there), len(there))
    assert number(desk, "SELECT count(*) FROM person_due") == 0
    assert number(desk, "SELECT count(*) FROM person_key WHERE kind = 3") == ROWS
    assert number(desk, "SELECT count(*) FROM person_key WHERE kind = 6") == ROWS
    desk.close()
