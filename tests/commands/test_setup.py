"""A hall from nothing by a file, checked as a whole."""

import stat
from pathlib import Path

import pytest

from hallterm.store.keys import KEY_DIGITS
from tests.commands.terminal import SETUP, Terminal


def test_a_hall_is_set_up_once(terminal: Terminal) -> None:
    made = terminal.set_up()
    assert made.code == 0
    assert "建设路营业厅" in made.out
    again = terminal.set_up()
    assert again.code == 1
    assert "建设路营业厅" in again.err


def test_the_key_is_made_for_its_owner_only(hall: Terminal) -> None:
    key = Path(hall.environment["HALLTERM_KEY"])
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text().strip()) == KEY_DIGITS


def test_pins_are_kept_as_hashes_only(hall: Terminal) -> None:
    for path in hall.store.parent.rglob("*"):
        assert b"730264" not in path.read_bytes() if path.is_file() else True


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('pin = "208317"', 'pin = "123456"', ":10"),
        ('pin = "208317"', "", "pin"),
        ('id = "0232"', 'id = "0231"', "staff"),
        ('roles = ["administrator"]', 'roles = ["clerk"]', "staff"),
        ('roles = ["administrator"]', 'roles = ["kiosk", "administrator"]', "roles"),
        ('roles = ["administrator"]', 'roles = ["king"]', "roles"),
        ("number = 3", "number = 1", "counter"),
        ("number = 3", "number = 0", "number"),
        ('name = "三号"', 'name = ""', "name"),
        ('kind = "vip_room"', 'kind = "vip"', "kind"),
        ('name = "建设路营业厅"', 'name = "建设路营业厅"\ncolour = "red"', "colour"),
        ('name = "建设路营业厅"', 'name = "厅"\nopens = 20:00:00', "closes"),
        ('name = "建设路营业厅"', 'name = "厅"\ntimezone = "Mars/Olympus"', "timezone"),
        ('name = "建设路营业厅"', 'name = "厅"\nbusinesses = ["fly"]', "businesses"),
        ("[hall]", "[hall", ""),
        (SETUP, "", ""),
    ],
)
def test_what_is_wrong_is_told_by_place_and_nothing_is_made(
    terminal: Terminal, wrong: str, right: str, told: str
) -> None:
    assert wrong in SETUP
    ended = terminal.set_up(SETUP.replace(wrong, right))
    assert ended.code == 2
    assert "setup.toml" in ended.err
    assert told in ended.err
    assert "208317" not in ended.err
    assert not terminal.store.exists()


def test_a_key_that_others_can_read_is_a_fault(terminal: Terminal) -> None:
    key = Path(terminal.environment["HALLTERM_KEY"])
    key.parent.mkdir()
    key.write_text("a" * KEY_DIGITS)
    key.chmod(0o644)
    assert terminal.set_up().code == 3
    assert not terminal.store.exists()
