"""Importing customers into a store."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from hallterm.desk.desk import Desk
from hallterm.desk.imports import Imported, Listener, Progress, RefusedRow, import_customers
from hallterm.desk.persons import search
from hallterm.domain.refusal import Refusal
from hallterm.lab.people import made_up_people
from hallterm.lab.people_file import write_people
from hallterm.store.connection import reading
from tests.desk.importing import ADMIN, CLERK, HEADER, bring, counts, names, open_hall

TABLES = ("person", "person_key", "person_version", "person_due", "event")
RESIDENT = "110101199003070134"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk on an empty store."""
    opened = open_hall(tmp_path)
    yield opened
    opened.close()


def reasons(result: Imported) -> list[tuple[int, str]]:
    return [(row.line, row.reason.code) for row in result.first_refused]


def content_of(desk: Desk) -> list[tuple[object, ...]]:
    tables = [SQLModel.metadata.tables[name] for name in TABLES]
    with reading(desk.connection) as connection:
        return [tuple(row) for table in tables for row in connection.execute(sa.select(table))]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator(
    desk: Desk, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = HEADER + "单小明,138 0013 1234,钻石卡,,V8801,,\n仇英,13900131234,,,,,全球通\n"
    result = bring(desk, tmp_path, text.replace(",", separator).encode(encoding))
    assert counts(result) == (2, 0, 0, 0)
    assert names(desk, "1234") == ["单小明", "仇英"]
    assert names(desk, "qy") == ["仇英"]


def test_english_headers_in_any_order_and_strange_columns(desk: Desk, tmp_path: Path) -> None:
    result = bring(
        desk, tmp_path, "Remarks,Mobile Number, ARPU ,Full_Name\nx,13800131234,88,张伟\n"
    )
    assert counts(result) == (1, 0, 0, 0)
    assert result.ignored_columns == ("ARPU",)
    assert search(desk, CLERK, "张").rows[0].notes == "x"


def test_a_bad_row_is_told_with_its_line_and_the_others_go_in(desk: Desk, tmp_path: Path) -> None:
    text = HEADER + (
        "张一,13800130001,,,,,\n"
        "张二,12,,,,,\n"
        '"张\n三",13800130003,,,,,\n'
        "张四,,,,,,\n"
        "\n"
        "张五,13800130005,白金,,,,\n"
        "张六,13800130006,普通,金卡,,,\n"
        "张七,13800130007,,,,110101199003071235,\n"
        "张八,13800130008\n"
        "张九\0,1380013\x000009,,,,,\n"
    )
    result = bring(desk, tmp_path, text)
    assert reasons(result) == [
        (3, "phone_wrong"),
        (6, "no_number"),
        (8, "choice_unknown"),
        (10, "id_number_wrong"),
        (9, "grade_needs_vip"),
    ]
    assert sorted(names(desk, "张")) == ["张 三", "张一", "张九", "张八"]


def test_a_quote_never_closed_costs_one_row(desk: Desk, tmp_path: Path) -> None:
    rows = [f"张{n},1380013{n:04},,,,,\n" for n in range(200)]
    rows[50] = '"张50,13800130050,,,,,\n'
    result = bring(desk, tmp_path, HEADER + "".join(rows))
    assert reasons(result) == [(52, "row_quotes")]
    assert counts(result) == (199, 0, 0, 1)


def test_bytes_that_no_encoding_knows_cost_one_row(desk: Desk, tmp_path: Path) -> None:
    lines = [
        HEADER.encode(),
        "张伟,13800130001,,,,,\n".encode() * 50,
        b"\xff\xfe\xe5,13800130002,,,,,\n",
    ]
    result = bring(desk, tmp_path, b"".join(lines))
    assert (result.encoding, reasons(result)) == ("utf-8", [(52, "row_undecodable")])
    gb = (
        HEADER.encode("gb18030")
        + "张伟,13800130009,,,,,\n".encode("gb18030") * 9
        + b"\xff,13800130008,,,,,\n"
    )
    result = bring(desk, tmp_path, gb)
    assert (result.encoding, reasons(result)) == ("gb18030", [(11, "row_undecodable")])


def test_a_second_run_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    write_people(file, made_up_people(3000, seed=5))
    first = import_customers(desk, ADMIN, file)
    assert isinstance(first, Imported)
    assert first.recorded == 3000
    before = content_of(desk)
    second = import_customers(desk, ADMIN, file)
    assert isinstance(second, Imported)
    assert counts(second) == (0, 0, 3000, 0)
    assert content_of(desk) == before


def test_duplicates_in_the_file_settle_on_the_last_and_stay(desk: Desk, tmp_path: Path) -> None:
    text = HEADER + "张伟,13800130001,,,,,\n张炜,13800130001,,,,,\n张威,138-0013-0001,,金卡,,,\n"
    assert counts(bring(desk, tmp_path, text)) == (1, 0, 2, 0)
    assert names(desk, "13800130001") == ["张威"]
    before = content_of(desk)
    assert counts(bring(desk, tmp_path, text)) == (0, 0, 3, 0)
    assert content_of(desk) == before


def test_only_what_differs_makes_a_version(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEADER + "张伟,13800130001,全球通,,,,\n李四,13800130002,,,,,\n")
    result = bring(
        desk, tmp_path, HEADER + "张伟,13800130001,VIP,金卡,V1001,,\n,13800130002,,,,,\n"
    )
    assert counts(result) == (0, 1, 1, 0)
    rows = desk.connection.exec_driver_sql("SELECT previous FROM person_version").scalars().all()
    desk.connection.rollback()
    assert rows == ['{"tier": "gotone", "grade": null, "vip_card": null}']
    assert names(desk, "张") == ["张伟"]
    assert search(desk, CLERK, "V1001").rows[0].version == 2


def test_records_are_matched_by_phone_then_card_then_id(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEADER + f"张伟,,,,V1001,,\n李四,,,,,{RESIDENT},\n")
    text = (
        HEADER
        + f"张炜,13800130001,,,V1001,,\n,13800130002,,,,{RESIDENT},\n"
        + f"王五,13800130003,,,,{RESIDENT},\n"
    )
    result = bring(desk, tmp_path, text)
    assert counts(result) == (1, 2, 0, 0)
    before = content_of(desk)
    assert counts(bring(desk, tmp_path, text)) == (0, 0, 3, 0)
    assert content_of(desk) == before
    assert names(desk, RESIDENT) == ["李四", "王五"]


def test_a_card_that_was_handed_on_belongs_to_its_new_holder(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEADER + "张伟,13800130001,,,V1001,,\n")
    text = HEADER + "张伟,13800130001,,,V1002,,\n李四,,,,V1001,,\n"
    assert counts(bring(desk, tmp_path, text)) == (1, 1, 0, 0)
    assert (names(desk, "V1001"), names(desk, "V1002")) == (["李四"], ["张伟"])
    assert counts(bring(desk, tmp_path, text)) == (0, 0, 2, 0)


def test_a_card_or_id_of_somebody_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    bring(
        desk,
        tmp_path,
        HEADER + f"张伟,13800130001,,,V1001,{RESIDENT},\n李四,13800130002,,,,{RESIDENT},\n",
    )
    result = bring(
        desk,
        tmp_path,
        HEADER + f"王五,13800130003,,,V1001,,\n赵六,,,,,{RESIDENT},\n李四,13800130002,,,V1001,,\n",
    )
    assert reasons(result) == [
        (2, "vip_card_taken"),
        (3, "id_number_of_several"),
        (4, "vip_card_taken"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file_empty"),
        ("\n\n", "file_empty"),
        ("a,b,c\n1,2,3\n", "header_not_understood"),
        ("姓名,备注\n张伟,x\n", "header_not_understood"),
        ("手机,电话\n1,2\n", "column_twice"),
        ('"手机\n13800130001\n', "header_not_understood"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_whole(
    desk: Desk, tmp_path: Path, content: str, code: str
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(content)
    answer = import_customers(desk, ADMIN, file)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_files_that_are_not_there(desk: Desk, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.csv", "file_missing"), (tmp_path, "file_not_plain")):
        answer = import_customers(desk, ADMIN, path)
        assert isinstance(answer, Refusal)
        assert answer.code == code


def test_a_column_with_a_name_of_its_own_is_mapped(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("SUBS,NM\n13800130001,张伟\n")
    answer = import_customers(desk, ADMIN, file, {"subs": "phone", "NM": "name"})
    assert isinstance(answer, Imported)
    assert names(desk, "13800130001") == ["张伟"]
    for mapping, code in (
        ({"SUBS": "telephone"}, "mapping_field_unknown"),
        ({"X": "phone"}, "mapping_column_missing"),
    ):
        wrong = import_customers(desk, ADMIN, file, mapping)
        assert isinstance(wrong, Refusal)
        assert wrong.code == code


def test_a_clerk_may_not_import(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(HEADER + "张伟,13800130001,,,,,\n")
    answer = import_customers(desk, CLERK, file)
    assert isinstance(answer, Refusal)
    assert answer.code == "role_not_allowed"
    assert content_of(desk) == []


def test_a_listener_is_told(desk: Desk, tmp_path: Path) -> None:
    seen: list[Progress] = []
    bad: list[RefusedRow] = []
    file = tmp_path / "customers.csv"
    file.write_text(HEADER + "张伟,13800130001,,,,,\n张二,12,,,,,\n")
    import_customers(desk, ADMIN, file, listener=Listener(seen.append, bad.append))
    assert [row.line for row in bad] == [3]
    assert seen[-1] == Progress(file.stat().st_size, file.stat().st_size, 2)


def test_names_from_a_file_never_reach_the_log(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEADER + "张伟,13800130001,,,V1001,,\n")
    bring(desk, tmp_path, HEADER + "张炜,13800130001,,,V1002,,\n")
    text = repr(desk.connection.exec_driver_sql("SELECT * FROM event").all())
    desk.connection.rollback()
    assert "persons_imported" in text
    assert not [secret for secret in ("张", "1380013", "V100") if secret in text]


def test_strange_text_in_every_cell_survives(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    cells = ["[/b]", "😀", "𠮷" * 3, "x" * 10_000, "=1+1", "' OR 1=1", "\u202e张"]
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(["姓名", "手机", "备注"])
        for place, cell in enumerate(cells):
            writer.writerow([cell, f"1380013{place:04}", cell])
    answer = import_customers(desk, ADMIN, file)
    assert isinstance(answer, Imported)
    assert reasons(answer) == [(5, "text_too_long")]
    assert names(desk, "13800130000") == ["[/b]"]
    assert names(desk, "𠮷") == ["𠮷𠮷𠮷"]
