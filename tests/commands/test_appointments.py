"""``hallterm appointment`` and ``errand``: list, book, arrive, cancel."""

import pytest

from hallterm.commands.exits import Exit
from tests.commands.appointments import PHONE, book, member_on_file, tomorrow, visit_agreed
from tests.commands.terminal import CLERK, Terminal


def test_a_hall_without_any_says_so(hall: Terminal) -> None:
    assert hall.run("appointment", "list").out.strip() == "没有预约"
    assert hall.run("errand", "list").out.strip() == "没有上门和配送"
    assert hall.run("appointment", "list", "--json").value == []


def test_booked_listed_and_cancelled(hall: Terminal) -> None:
    member_on_file(hall)
    booked = book(hall, "--remark", "要靠窗")
    assert booked.code == Exit.DONE, booked.err
    assert booked.value["state"] == "booked"
    day = tomorrow().split()[0]
    (listed,) = hall.run("appointment", "list", "--from", day, "--json").value
    assert listed == booked.value
    line = hall.run("appointment", "list", "--from", day).out.splitlines()[1]
    for word in ("10:00", "VIP金", "已约"):
        assert word in line
    assert hall.run("appointment", "list", "--json").value == []
    mine = booked.value["id"]
    gone = hall.run("appointment", "cancel", mine, "--staff", CLERK, "--json").value
    assert (gone["state"], gone["cancelled_as"]) == ("cancelled", "customer")
    assert [move["event"] for move in gone["moves"]] == [
        "appointment_booked",
        "appointment_cancelled",
    ]


def test_a_slot_that_is_full_is_refused_in_words(hall: Terminal) -> None:
    member_on_file(hall)
    book(hall)
    again = book(hall)
    assert (again.code, again.value["refused"]) == (Exit.REFUSED, "already_booked")
    assert "10:00" in again.err


def test_an_appointment_of_another_day_is_no_arrival(hall: Terminal) -> None:
    member_on_file(hall)
    mine = book(hall).value["id"]
    hall.take("--walk-in")
    early = hall.run("appointment", "arrive", mine, "--no-print", "--json")
    assert (early.code, early.value["refused"]) == (Exit.REFUSED, "appointment_other_day")
    nobody = hall.run("appointment", "arrive", "--phone", PHONE, "--json")
    assert nobody.value["refused"] == "unknown_appointment"


def test_a_visit_is_listed_without_its_address(hall: Terminal) -> None:
    member_on_file(hall)
    visit_agreed(hall)
    listed = hall.run("errand", "list", "--json")
    assert listed.value[0]["state"] == "planned"
    text = hall.run("errand", "list").out
    assert "上门" in text
    assert "建设路" not in text + listed.out


AT = ("--at", "2026-11-28 10:00")
MEANT = ("--business", "03", "--staff", CLERK)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("book", *MEANT, "--at", "soon", "--phone", PHONE), Exit.WRONG_USAGE),
        (("book", *MEANT, *AT), Exit.WRONG_USAGE),
        (("book", *MEANT, *AT, "--phone", PHONE, "--channel", "fax"), Exit.WRONG_USAGE),
        (("book", *MEANT, *AT, "--phone", PHONE), Exit.REFUSED),
        (("arrive",), Exit.WRONG_USAGE),
        (("arrive", "nothing"), Exit.REFUSED),
        (("cancel", "nothing", "--staff", CLERK), Exit.REFUSED),
        (("cancel", "nothing", "--staff", CLERK, "--reason", "rain"), Exit.WRONG_USAGE),
        (("list", "--from", "2026-02-01", "--to", "2026-01-01"), Exit.WRONG_USAGE),
    ],
)
def test_what_cannot_be_meant(hall: Terminal, arguments: tuple[str, ...], code: Exit) -> None:
    ended = hall.run("appointment", *arguments, "--json")
    assert ended.code == code
    assert ended.err
