"""One process of a terminal syncs; the others read how it goes."""

from pathlib import Path

from hallterm.sync.adjusted import AdjustedClock
from hallterm.sync.one_only import StandingFile, SyncLock
from hallterm.sync.standing import SyncStanding


def test_one_process_has_the_lock(tmp_path: Path) -> None:
    store = tmp_path / "hall.db"
    first, second = SyncLock(store), SyncLock(store)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_the_standing_is_read_as_it_was_written(tmp_path: Path) -> None:
    store = tmp_path / "hall.db"
    told = SyncStanding(online=True, unsent=3, oldest_ms=5, trouble="gap", boot="b", base_ms=7)
    StandingFile(store).write(told)
    assert StandingFile(store).read() == told


def test_a_file_that_says_nothing_is_passed_over(tmp_path: Path) -> None:
    store = tmp_path / "hall.db"
    assert StandingFile(store).read() is None
    (tmp_path / "hall.db.sync.json").write_text("{", "utf-8")
    assert StandingFile(store).read() is None
    (tmp_path / "hall.db.sync.json").write_text('{"later": 1}', "utf-8")
    assert StandingFile(store).read() is None


class Clocks:
    """A machine whose wall clock is a year ahead."""

    boot = "b"

    def wall_ms(self) -> int:
        return 1_804_000_000_000

    def mono_ms(self) -> int:
        return 5_000


def test_an_adjusted_clock_goes_by_the_home_while_the_machine_is_up() -> None:
    clock = AdjustedClock(Clocks())
    assert clock.now().timestamp() == 1_804_000_000
    clock.adjust("b", 1_772_413_200_000)
    assert clock.now().timestamp() == 1_772_413_205
    clock.adjust("another start", 1_772_413_200_000)
    assert clock.now().timestamp() == 1_804_000_000
