"""`hallterm lab replay`, as a person and a script call it."""

import json
import os
from pathlib import Path

import pytest

from hallterm.cli import run
from hallterm.commands import opening
from tests.support.hall import quick_pins

TRACE = "arrived_s,tier,service_s,left_s\n30600,vip,600,\n30660,普通,300,\n30700,king,60,\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a small trace; settings are the defaults."""
    for name in [name for name in os.environ if name.startswith("HALLTERM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HALLTERM_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("HALLTERM_STORE", str(tmp_path / "state" / "own.db"))
    opening.settings.cache_clear()
    path = tmp_path / "trace.csv"
    path.write_text(TRACE, encoding="gb18030")
    return path


def call(*arguments: object) -> int:
    with quick_pins():
        return run(["lab", "replay", *map(str, arguments)])


Out = pytest.CaptureFixture[str]


def test_figures_are_printed_and_bad_rows_named(file: Path, capsys: Out) -> None:
    assert call(file, "--counters", 1, "--date", "2026-03-02") == 0
    out, err = capsys.readouterr()
    assert err == "第 4 行：“king”不是客户级别\n"
    lines = out.splitlines()
    assert lines[0] == "2026-03-02，1 个窗口，2 位客户，08:45 全部办完"
    vip = next(line for line in lines if line.startswith("VIP"))
    assert vip.split()[:6] == ["VIP", "1", "100.0%", "00:00", "00:00", "00:00"]
    rest = next(line for line in lines if line.startswith("其他"))
    assert rest.split()[:6] == ["其他", "1", "100.0%", "09:00", "09:00", "09:00"]


def test_json_is_one_line_with_stable_keys(file: Path, capsys: Out) -> None:
    assert call(file, "--json", "--date", "2026-03-02") == 0
    out, _err = capsys.readouterr()
    value = json.loads(out)
    assert out.count("\n") == 1
    assert set(value) == {
        *("trace", "store", "rows", "rows_skipped", "rows_refused", "tiers_drawn"),
        *("counters", "settled", "seconds", "day", "tiers", "all"),
    }
    assert value["rows_refused"] == [
        {"line": 4, "code": "trace_tier", "reason": "“king”不是客户级别"}
    ]
    assert (value["rows"], value["store"], value["all"]["customers"]) == (3, None, 2)


def test_the_day_is_kept_where_it_is_wanted(file: Path, capsys: Out) -> None:
    store = file.parent / "kept" / "day.db"
    assert call(file, "--store", store) == 0
    assert store.is_file()
    assert str(store) in capsys.readouterr().out
    size = store.stat().st_size
    assert call(file, "--store", store) == 1
    assert "已经有了" in capsys.readouterr().err
    assert store.stat().st_size == size
    assert not (file.parent / "state" / "own.db").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--counters", "many"), 2),
        (("--counters", "61"), 2),
        (("--park-share", "2"), 2),
        (("--absent-share", "nan"), 2),
        (("--date", "tomorrow"), 2),
        (("--date", "0001-01-01"), 1),
        (("--mapping", "nowhere"), 3),
    ],
)
def test_a_wrong_option_is_a_sentence(
    file: Path, capsys: Out, options: tuple[str, str], code: int
) -> None:
    assert call(file, *options) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err


def test_a_store_that_cannot_be_made_is_a_fault(file: Path, capsys: Out) -> None:
    blocked = file.parent / "blocked"
    blocked.write_text("a file, not a folder")
    assert call(file, "--store", blocked / "day.db") == 3
    assert "打不开数据文件" in capsys.readouterr().err


def test_a_trace_without_a_good_row_is_refused(file: Path, capsys: Out) -> None:
    file.write_text("arrived_s,tier,service_s\nx,vip,1\n")
    assert call(file) == 1
    assert "没有一行可以重演" in capsys.readouterr().err
