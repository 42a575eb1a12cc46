"""What docs/command-line.md says of JSON is what the commands write."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hallterm.commands.doctor_words import finding_codes
from hallterm.commands.exits import Exit
from tests.commands.appointments import book, member_on_file, visit_agreed
from tests.commands.receptions import vip_is_received
from tests.commands.terminal import CLERK, Terminal
from tests.commands.test_requests import opened

TEXT = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
HEADING = re.compile(r"^### (\w+)$", re.MULTILINE)
KEY = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def documented() -> dict[str, list[str]]:
    """Return the keys under each heading of the chapter on JSON."""
    chapter = TEXT.split("## JSON")[1].split("\n## ")[0]
    _before, *parts = HEADING.split(chapter)
    names, bodies = parts[::2], parts[1::2]
    return {name: KEY.findall(body) for name, body in zip(names, bodies, strict=True)}


def emitted(hall: Terminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run the commands and name the shape of everything they write."""
    yield "Setup", {"hall": 0, "store": 0, "key": 0}
    slip = hall.take("--walk-in").value
    yield "Slip", slip
    yield "Ticket", hall.clerk("next", "--counter", "3").value
    yield "Ticket", hall.clerk("start").value
    board = hall.run("board", "--json").value
    yield "Board", board
    (ticket,) = board["others"]
    yield "Ticket", ticket
    yield "Promise", ticket["service"]
    yield "Counter", board["counters"][0]
    (listed,) = hall.run("ticket", "list", "--json").value
    yield "Ticket", listed
    yield "Ticket", hall.clerk("finish").value
    yield from of_receptions(hall)
    yield from of_diversion(hall)
    yield from of_appointments(hall)
    yield from of_requests(hall)
    yield "Backup", hall.run("backup", str(hall.folder / "copy.db"), "--json").value
    customers = hall.folder / "customers.csv"
    customers.write_text("姓名,手机号码\n张伟,13800130001\n", "utf-8")
    yield "Import", hall.run("customers", "import", str(customers), "--json").value
    doctor = hall.run("doctor", "--rebuild", "--json")
    assert doctor.code == 0, doctor.err
    report = doctor.value
    yield "Report", report


def of_receptions(hall: Terminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Let a VIP be received, and name what is written about it."""
    number = vip_is_received(hall)
    (listed,) = hall.run("reception", "list", "--json").value
    yield "Reception", listed
    shown = hall.run("reception", "show", number, "--json").value
    yield "Step", shown.pop("steps")[0]
    assert set(shown.pop("moves")[0]) == {"event", "state", "at", "staff", "device", "detail"}
    yield "Reception", shown
    figures = hall.run("reception", "figures", "--json").value
    assert set(figures) == {"from", "to", "hall", "receivers"}
    yield "Figures", figures["hall"]
    yield "Figures", figures["receivers"][CLERK]


def of_appointments(hall: Terminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Let a VIP book, and agree on a visit."""
    member_on_file(hall)
    booked = book(hall).value
    assert set(booked["moves"][0]) == {"event", "at", "staff", "device", "detail"}
    yield "Appointment", booked
    visit_agreed(hall)
    (visit,) = hall.run("errand", "list", "--json").value
    yield "Errand", visit


def of_requests(hall: Terminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Take a special request down."""
    whole = opened(hall).value
    for key in ("asked", "form", "next", "story"):
        whole.pop(key)
    yield "Request", whole
    (listed,) = hall.run("request", "list", "--json").value
    yield "Request", listed


def of_diversion(hall: Terminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Let a customer take a call-back instead of the wait."""
    number = hall.take("--walk-in").value["number"]
    to = ("--to", "call-back", "--phone", "13800130001")
    diverted = hall.clerk("divert", number, *to, "--answer", "yes").value
    yield "Ticket", diverted
    yield "Offer", diverted["offers"][0]
    yield "Diversion", hall.run("board", "--json").value["diversion"]
    (due,) = hall.run("callback", "list", "--json").value
    yield "Callback", due
    noted = ("callback", "note", number, "--staff", CLERK, "--outcome", "settled", "--json")
    yield "Callback", hall.run(*noted).value


def test_every_key_is_documented_and_every_documented_key_is_written(hall: Terminal) -> None:
    said = documented()
    seen = {"Finding"}
    for name, value in emitted(hall):
        assert list(value) == said[name], name
        seen.add(name)
    assert seen == set(said)


def test_set_up_writes_its_keys(terminal: Terminal) -> None:
    terminal.set_up()
    source = terminal.folder / "setup.toml"
    terminal.store.unlink()
    written = terminal.run("setup", "--from", str(source), "--json")
    assert list(written.value) == documented()["Setup"]


def test_every_code_of_a_finding_is_documented() -> None:
    line = next(row for row in TEXT.splitlines() if row.startswith("| `code` | `damaged`"))
    assert set(re.findall(r"`(\w+)`", line)) - {"code"} == finding_codes()


def test_every_exit_code_is_documented() -> None:
    table = TEXT.split("## Exit codes")[1].split("\n## ")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == set(Exit)
