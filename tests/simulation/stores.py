"""Stores to begin with, made once a process and copied in memory."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from hallterm.configuration import Configuration
from hallterm.desk.accounts import hire
from hallterm.desk.desk import Done
from hallterm.domain.request.clocks import StageMinutes
from tests.support.hall import KEY, enter, found_store, quick_pins
from tests.support.requests import CHAIN
from tests.support.rulebook import ADMINISTRATOR, PIN, PROFILE, STAFF, configuration


@cache
def rulebook() -> Configuration:
    """Return the operator's files, with clocks of requests that run out within a run."""
    usual = configuration()
    minutes = StageMinutes.model_validate(dict.fromkeys(StageMinutes.model_fields, 1))
    short = usual.standards.requests.model_copy(update={"minutes": minutes, "superior_after": 1})
    standards = usual.standards.model_copy(update={"requests": short})
    return usual.model_copy(update={"standards": standards})


@cache
def hub_store() -> Any:  # noqa: ANN401 - the driver's connection
    """Return a founded hall."""
    return _kept(_found_with_offices)


@cache
def blank_store() -> Any:  # noqa: ANN401 - the driver's connection
    """Return a store without a hall."""
    return _kept(lambda path: enter(path, durability="OFF").close())


def _found_with_offices(path: Path) -> None:
    found_store(path)
    desk = enter(path, durability="OFF")
    with quick_pins():
        for one in CHAIN:
            if one not in STAFF:
                name = f"员工{one.staff_id}"
                hired = hire(desk, ADMINISTRATOR, one.staff_id, name, one.roles, PIN)
                assert isinstance(hired, Done), hired
    desk.close()


def empty_store(device: str, lane: int, epoch: int = 1) -> Any:  # noqa: ANN401 - the driver's connection
    """Return a store that follows a home and has nothing of it yet."""
    copy = sqlcipher.connect(":memory:", check_same_thread=False)
    blank_store().backup(copy)
    copy.execute(
        "INSERT INTO sync_link (id, device, hall, lane, epoch, device_seq, device_hash,"
        " acknowledged, generation) VALUES (1, ?, ?, ?, ?, 0, '', 0, 0)",
        (device, PROFILE.id, lane, epoch),
    )
    copy.commit()
    return copy


def _kept(make: Any) -> Any:  # noqa: ANN401 - a function of a path; the driver's connection
    with tempfile.TemporaryDirectory(prefix="hallterm-simulation-") as folder:
        path, plain = Path(folder) / "hall.db", Path(folder) / "plain.db"
        make(path)
        raw = sqlcipher.connect(str(path))
        raw.execute(f"PRAGMA key = \"x'{KEY}'\"")
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        raw.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        raw.execute(f"PRAGMA plain.user_version = {version}")
        raw.execute("DETACH DATABASE plain")
        raw.close()
        # In memory nothing is enciphered; pages with a key could not be copied there.
        source = sqlcipher.connect(str(plain))
        kept = sqlcipher.connect(":memory:", check_same_thread=False)
        source.backup(kept)
        source.close()
    return kept
