"""The slip says what the customer must know, in bytes that a printer takes for text."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hallterm.devices.slip import COLUMNS, encode, plain, slip, slip_lines, width, wrap
from tests.devices.slips import issued

COMMANDS = re.compile(rb"\x1b@|\x1c&|\x1ba[\x00\x01]|\x1d!.|\x1bd.|\x1dV\x01", re.DOTALL)


def text_of(data: bytes) -> str:
    return COMMANDS.sub(b"", data).decode("gb18030")


def test_a_slip_names_number_hall_business_people_ahead_wait_papers_and_time() -> None:
    text = text_of(slip(issued()))
    for part in (
        "V007",
        "建设路营业厅",
        "VIP金",
        "过户",
        "前面还有 3 位",
        "约 8 分钟",
        "多半 4 到 14 分钟",
        "机主身份证原件",
        "2026-11-23 09:05",
    ):
        assert part in text


def test_chinese_is_switched_on_before_any_text_and_paper_is_cut_at_the_end() -> None:
    data = slip(issued())
    assert data.startswith(b"\x1b@\x1c&")
    assert data.endswith(b"\x1dV\x01")
    assert b"\x1d!\x33V007\n\x1d!\x00" in data


def test_a_slip_without_missing_papers_does_not_ask_for_any() -> None:
    assert not any("备齐" in line for line in slip_lines(replace(issued(), documents_missing=())))


def test_money_is_the_sign_that_printers_know() -> None:
    assert encode("¥12") == "￥12".encode("gb18030") == b"\xa3\xa412"


def test_a_name_cannot_bring_printer_commands() -> None:
    evil = "过\x1b@\x1dV\x00户\x9b\x10\x04\x01"
    data = slip(issued(hall_name=evil, business=evil))
    rest = COMMANDS.sub(b"", data)
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", rest)
    assert data.count(b"\x1dV") == 1


@given(st.text())
def test_whatever_is_typed_stays_text(typed: str) -> None:
    body = encode(typed)
    assert not re.search(rb"[\x00-\x1f\x7f]", body)
    assert "\n" not in plain(typed)


@given(st.text(alphabet=st.characters(codec="gb18030"), max_size=200))
def test_lines_fit_the_paper_and_lose_nothing(typed: str) -> None:
    lines = wrap(typed)
    assert all(width(line) <= COLUMNS for line in lines)
    assert "".join(lines) == plain(typed)


def test_four_byte_han_goes_through() -> None:
    assert encode("𠮷").decode("gb18030") == "𠮷"
