"""``hallterm reception``: lists, cards and figures."""

import pytest

from hallterm.commands.exits import Exit
from tests.commands.receptions import vip_is_received
from tests.commands.terminal import CLERK, Terminal


def test_a_hall_without_vips_says_so(hall: Terminal) -> None:
    assert hall.run("reception", "list").out.strip() == "没有 VIP 接待"
    assert hall.run("reception", "list", "--json").value == []
    figures = hall.run("reception", "figures", "--json").value
    assert (figures["hall"]["receptions"], figures["receivers"]) == (0, {})


def test_a_reception_is_listed(hall: Terminal) -> None:
    number = vip_is_received(hall)
    (listed,) = hall.run("reception", "list", "--json").value
    assert listed["number"] == number
    assert (listed["state"], listed["receiver"]) == ("accepted", CLERK)
    assert (listed["received_in_time"], listed["steps_skipped"]) == (True, 1)
    assert listed["remembered"] == {"介绍过": ["易登机"]}
    line = hall.run("reception", "list").out.splitlines()[1]
    assert number in line
    assert "接待中" in line


@pytest.mark.parametrize("typed", ["V001", "v001", " Ｖ００１ "])
def test_the_card_is_found_however_its_number_is_typed(hall: Terminal, typed: str) -> None:
    vip_is_received(hall)
    shown = hall.run("reception", "show", typed, "--json").value
    steps = {step["title"]: step for step in shown["steps"]}
    assert steps["上茶"]["skipped"] == "not_available"
    assert steps["核实身份"]["answers"] == ["看过卡"]
    assert [move["event"] for move in shown["moves"]] == [
        "reception_offered",
        "reception_accepted",
    ]
    text = hall.run("reception", "show", typed).out
    for word in ("V001", "VIP金", "跳过（没有条件）", "介绍过：易登机", "floor", "时限 5 分钟"):
        assert word in text


def test_figures_name_who_and_why(hall: Terminal) -> None:
    vip_is_received(hall)
    figures = hall.run("reception", "figures", "--json").value
    assert figures["receivers"][CLERK]["received_in_time"] == 1
    skipped = [{"step": "上茶", "reason": "not_available", "count": 1}]
    assert figures["hall"]["skipped"] == skipped
    text = hall.run("reception", "figures").out
    assert f"{CLERK} 李敏" in text
    assert "没有条件" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "V009"), Exit.REFUSED),
        (("show",), Exit.WRONG_USAGE),
        (("list", "--from", "yesterday"), Exit.WRONG_USAGE),
        (("list", "--from", "2026-02-01", "--to", "2026-01-01"), Exit.WRONG_USAGE),
        (("figures", "--from", "2020-01-01"), Exit.WRONG_USAGE),
        (("lst",), Exit.WRONG_USAGE),
    ],
)
def test_what_cannot_be_meant(hall: Terminal, arguments: tuple[str, ...], code: Exit) -> None:
    ended = hall.run("reception", *arguments, "--json")
    assert ended.code == code
    assert ended.err


def test_another_day_is_another_list(hall: Terminal) -> None:
    vip_is_received(hall)
    before = hall.run("reception", "list", "--from", "2026-01-01", "--to", "2026-01-02", "--json")
    assert before.value == []
