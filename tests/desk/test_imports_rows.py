"""Reading untidy CSV text."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.desk.imports.columns import Columns, find_columns, find_separator
from hallterm.desk.imports.encoding import guess_encoding
from hallterm.desk.imports.rows import read_rows
from hallterm.domain.refusal import Refusal

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=4).filter(any), max_size=12)


@given(TABLES, st.sampled_from([",", ";", "\t"]))
def test_what_a_csv_writer_writes_is_read(table: list[list[str]], separator: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(table)
    text.seek(0)
    assert [row.cells for row in read_rows(text, separator)] == table


@given(st.lists(st.sampled_from(['"', ",", "a", "\n", '""', "\r\n", "张"]), max_size=60))
def test_no_text_stops_the_reader_and_no_line_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    lines = io.StringIO(text, newline="").readlines()
    rows = list(read_rows(iter(lines), ","))
    starts = [row.line for row in rows]
    assert starts == sorted(set(starts))
    assert all(1 <= line <= len(lines) for line in starts)
    if '"' not in text:
        filled = [n for n, line in enumerate(lines, 1) if line.strip("\r\n,")]
        assert starts == filled


def test_a_row_over_several_lines_keeps_its_first_line() -> None:
    rows = list(read_rows(iter(["a,b\n", '"x\n', 'y",1\n', "z,2\n"]), ","))
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (2, ["x\ny", "1"]),
        (4, ["z", "2"]),
    ]


def test_an_endless_quote_is_given_up_and_the_rest_read() -> None:
    lines = ["a,b\n", '"x,1\n', *(f"n{n},2\n" for n in range(500))]
    rows = list(read_rows(iter(lines), ","))
    assert [row.line for row in rows if row.broken] == [2]
    assert len(rows) == 502
    assert [row.cells[0] for row in rows[2:]] == [f"n{n}" for n in range(500)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["张伟", "欧阳", "𠮷", "王小明"])
def test_an_encoding_is_known_by_the_whole_file(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(("phone,name\n" * 200_000 + name).encode(encoding))
    assert guess_encoding(file).name == encoding


@given(parts=st.lists(st.text("张王李赵欧阳伟芳0123,\n", min_size=6), min_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gb18030_and_utf8_are_told_apart(tmp_path: Path, parts: list[str]) -> None:
    text = "客户姓名,手机号码,客户经理\n" + "".join(parts)
    file = tmp_path / "x.csv"
    for encoding in ("utf-8", "gb18030"):
        file.write_bytes(text.encode(encoding))
        assert guess_encoding(file).name == encoding


def columns(*header: str, **mapping: str) -> dict[str, int] | str:
    found = find_columns(header, mapping)
    return dict(found.places) if isinstance(found, Columns) else found.code


def test_headers() -> None:
    assert columns("客户 姓名", "手机号码", "卡别") == {
        "name": 0,
        "phone": 1,
        "grade": 2,
    }
    assert columns("Ｐｈｏｎｅ", "VIP 卡号") == {"phone": 0, "vip_card": 1}
    assert columns("\ufeffphone_number") == {"phone": 0}
    assert columns("phone", "mobile") == "column_twice"
    assert columns("x", "") == "header_not_understood"
    assert columns("x", x="phone") == {"phone": 0}


@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_header_is_understood_or_refused(header: list[str]) -> None:
    assert isinstance(find_columns(header, {}), Columns | Refusal)


def test_separators() -> None:
    assert find_separator("a;b;c,d") == ";"
    assert find_separator("姓名\t手机") == "\t"
    assert find_separator("姓名") == ","
