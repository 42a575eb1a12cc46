"""diversion.toml: every mistake is told with its line and what would be right."""

from pathlib import Path

import pytest

from hallterm.configuration import ConfigurationProblems, configure, load
from hallterm.configuration.reading import PACKAGED
from hallterm.domain.diversion.words import Way

STANDARDS = (PACKAGED / "standards.toml").read_text("utf-8")
BUSINESSES = (PACKAGED / "businesses.toml").read_text("utf-8")
HALL = """[[hall]]
id = "station"
name = "车站路营业厅"
address = "车站路 18 号"
minutes = 12
opens = "08:30"
closes = "18:00"
businesses = ["payment"]
"""


def wrong(text: str) -> list[str]:
    """What is told, each as ``line key: message``."""
    with pytest.raises(ConfigurationProblems) as found:
        configure(STANDARDS, BUSINESSES, {}, text)
    return [f"{one.line} {one.key}: {one.message}" for one in found.value.problems]


def test_a_hall_and_words_are_read() -> None:
    plan = configure(STANDARDS, BUSINESSES, {}, f'[say]\ncall_back = "{{time}}前回电"\n{HALL}')
    assert plan.diversion.say == {Way.CALL_BACK: "{time}前回电"}
    (hall,) = plan.diversion.halls
    assert (hall.name, hall.minutes, hall.does("payment"), hall.does("suspend")) == (
        "车站路营业厅",
        12,
        True,
        False,
    )
    assert plan.digest != configure(STANDARDS, BUSINESSES, {}, HALL).digest


def test_what_comes_with_the_program_names_nobody() -> None:
    assert load().diversion.halls == ()
    assert load().diversion.say == {}


def test_operator_data_without_the_file_means_the_programs_own(tmp_path: Path) -> None:
    for name, text in (("standards.toml", STANDARDS), ("businesses.toml", BUSINESSES)):
        (tmp_path / name).write_text(text, "utf-8")
    assert load(tmp_path).diversion == load().diversion
    (tmp_path / "diversion.toml").write_text(HALL, "utf-8")
    assert load(tmp_path).diversion.halls[0].id == "station"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("halls = 1", "1 halls: 不认识这一项"),
        ('say = "x"', "1 say: 话语的写法不对"),
        ('[say]\nself_serve = "x"', "2 say.self_serve: 不认识这一项"),
        ('[say]\nself_service = " "', "2 say.self_service: 没有内容"),
        (f'[say]\nself_service = "{"话" * 121}"', "2 say.self_service: 话太长"),
        ('[say]\nself_service = "等{waits}"', "2 say.self_service: 没有 {waits} 可填"),
        ('[say]\nself_service = "等{wait"', "2 say.self_service: 花括号不成对"),
        ('[say]\nself_service = "等{wait:d}"', "2 say.self_service: 没有 {wait} 可填"),
        ("hall = 3", "1 hall: 邻近营业厅的写法不对"),
        (HALL.replace("minutes = 12\n", ""), "1 hall[1].minutes: 缺少这一项"),
        (HALL.replace("12", "0"), "5 hall[1].minutes: 0 超出范围"),
        (HALL.replace("12", '"12"'), "5 hall[1].minutes: “12”的类型不对"),
        (HALL.replace("station", "Station"), "2 hall[1].id: “Station”的写法不对"),
        (HALL.replace("18:00", "6 pm"), "7 hall[1].closes: “6 pm”不是时刻"),
        (HALL.replace("18:00", "08:00"), "7 hall[1].closes: 结束的时刻不晚于开始"),
        (HALL.replace('closes = "18:00"\n', ""), "6 hall[1].opens: 开始和结束的时刻要一起写"),
        (HALL.replace("payment", "tea"), "8 hall[1].businesses[1]: 没有 tea 这项业务"),
        (HALL + HALL.replace("车站路营", "另一营"), "10 hall[2].id: station 在第 2 行已经用过"),
        (HALL + "open = 1\n", "9 hall[1].open: 不认识这一项"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, told: str) -> None:
    assert told in wrong(text)


def test_every_mistake_of_every_file_is_told_at_once() -> None:
    with pytest.raises(ConfigurationProblems) as found:
        configure(STANDARDS.replace("minutes = 5", "minutes = 0"), BUSINESSES, {}, "halls = 1")
    assert {one.file for one in found.value.problems} == {"standards.toml", "diversion.toml"}
