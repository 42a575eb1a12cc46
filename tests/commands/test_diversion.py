"""Diversion and call-backs on the command line."""

import pytest

from tests.commands.terminal import CLERK, OTHER_CLERK, Terminal

PHONE = "13800130001"


def divert(hall: Terminal, number: str, *arguments: str, staff: str = CLERK) -> object:
    ended = hall.clerk("divert", number, *arguments, staff=staff)
    return ended.value["state"] if ended.code == 0 else ended.value["refused"]


def note(hall: Terminal, number: str, *arguments: str) -> object:
    ended = hall.run("callback", "note", number, "--staff", CLERK, *arguments, "--json")
    return ended.value["state"] if ended.code == 0 else ended.value["refused"]


def test_an_offer_stands_open_until_it_is_answered(hall: Terminal) -> None:
    number = hall.take().value["number"]
    assert divert(hall, number, "--to", "self-service") == "waiting"
    (waiting,) = hall.run("board", "--json").value["waiting"]
    assert [one["accepted"] for one in waiting["offers"]] == [None]
    assert "自助办理：等答复" in hall.run("board").out
    assert divert(hall, number, "--to", "self-service", "--answer", "no") == "waiting"
    assert divert(hall, number, "--to", "self-service") == "diversion_declined"
    assert divert(hall, number, "--to", "appointment", "--answer", "yes") == "left"
    counted = hall.run("board", "--json").value["diversion"]
    assert (counted["offered"], counted["accepted"], counted["declined"]) == (2, 1, 1)
    assert counted["by_way"] == {"appointment": 1}
    assert "分流  提议 2  接受 1  不要 1（另约时间 1）" in hall.run("board").out


def test_a_call_back_is_promised_tried_and_done(hall: Terminal) -> None:
    number = hall.take().value["number"]
    to = ("--to", "call-back", "--answer", "yes")
    assert divert(hall, number, *to) == "call_back_number_missing"
    assert divert(hall, number, *to, "--phone", "123") == "phone_wrong"
    assert divert(hall, number, *to, "--phone", PHONE, "--by", "9999") == "promise_form"
    assert divert(hall, number, *to, "--phone", PHONE, "--by", "45") == "left"
    (due,) = hall.run("callback", "list", "--json").value
    assert (due["customer"], due["staff"], due["state"]) == ("138****0001", CLERK, "due")
    assert "138****0001" in hall.run("callback", "list").out
    assert note(hall, number) == "due"
    assert note(hall, due["id"], "--outcome", "comes-again") == "done"
    assert note(hall, number) == "unknown_call_back"
    (ended,) = hall.run("callback", "list", "--json").value
    assert (ended["tries"], ended["outcome"], ended["in_time"]) == (1, "comes_again", True)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--to", "the-moon"),
        ("--to", "self-service", "--answer", "maybe"),
        ("--to", "counter", "--place", "x"),
    ],
)
def test_a_slip_in_usage_is_told(hall: Terminal, wrong: tuple[str, ...]) -> None:
    number = hall.take().value["number"]
    assert hall.clerk("divert", number, *wrong).code == 2


def test_a_counter_is_named_by_its_number(hall: Terminal) -> None:
    hall.take()
    number = hall.take().value["number"]
    assert hall.clerk("next", "--counter", "3").code == 0
    assert divert(hall, number, "--to", "counter", "--place", "9") == "unknown_counter"
    assert divert(hall, number, "--to", "counter", "--place", "1") == "counter_unstaffed"
    accepted = ("--to", "counter", "--place", "3", "--answer", "yes")
    assert divert(hall, number, *accepted, staff=OTHER_CLERK) == "waiting"
