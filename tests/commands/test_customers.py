"""``hallterm customers import``, as a script calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hallterm.commands.customers import app
from hallterm.store.keys import create_key
from tests.support.hall import KEY

HEADER = "姓名,手机号码\n"
GOOD = "张伟,13800130001\n"


@pytest.fixture
def hall(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the founded test hall this terminal's own."""
    key = store.with_name("hall.key")
    create_key(key)
    key.write_text(KEY)
    monkeypatch.setenv("HALLTERM_CONFIG", str(store.parent))
    monkeypatch.setenv("HALLTERM_STORE", str(store))
    monkeypatch.setenv("HALLTERM_KEY", str(key))
    monkeypatch.setenv("HALLTERM_DEVICE", "t1")
    return store


def bring(folder: Path, content: str, *options: str) -> tuple[int, str, str]:
    file = folder / "customers.csv"
    file.write_text(content, encoding="gb18030")
    result = CliRunner().invoke(app, ["import", str(file), *options])
    return result.exit_code, result.stdout, result.stderr


def test_all_rows_in_is_zero_and_again_changes_nothing(hall: Path, tmp_path: Path) -> None:
    assert bring(tmp_path, HEADER + GOOD) == (0, "读了 1 行：新增 1，更新 0，不变 0，未收 0\n", "")
    assert bring(tmp_path, HEADER + GOOD) == (0, "读了 1 行：新增 0，更新 0，不变 1，未收 0\n", "")
    assert hall.exists()


@pytest.mark.usefixtures("hall")
def test_a_refused_row_is_one_and_named(tmp_path: Path) -> None:
    code, out, err = bring(tmp_path, HEADER + GOOD + "张二,12\n")
    assert (code, out) == (1, "读了 2 行：新增 1，更新 0，不变 0，未收 1\n")
    assert err.startswith("第 3 行：手机号码")


@pytest.mark.usefixtures("hall")
def test_nothing_done_is_two(tmp_path: Path) -> None:
    assert bring(tmp_path, HEADER + "张二,12\n")[0] == 2
    code, out, err = bring(tmp_path, "a,b\n1,2\n")
    assert (code, out) == (2, "")
    assert "a, b" in err


@pytest.mark.usefixtures("hall")
def test_json_has_stable_keys(tmp_path: Path) -> None:
    code, out, err = bring(tmp_path, HEADER + GOOD + "张二,12\n", "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert list(found) == [
        "file",
        "encoding",
        "ignored_columns",
        "rows",
        "recorded",
        "changed",
        "unchanged",
        "refused",
        "refused_rows",
        "refused_rows_left_out",
        "longest_lock_s",
        "seconds",
    ]
    assert (found["encoding"], found["recorded"], found["refused"]) == ("gb18030", 1, 1)
    assert found["refused_rows"][0]["line"] == 3
    assert found["refused_rows"][0]["code"] == "phone_wrong"


@pytest.mark.usefixtures("hall")
def test_json_names_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["import", str(tmp_path / "none.csv"), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "file_missing"


def test_a_store_that_is_not_there_is_told_and_not_made(hall: Path, tmp_path: Path) -> None:
    hall.unlink()
    code, out, err = bring(tmp_path, HEADER + GOOD)
    assert (code, out) == (2, "")
    assert str(hall) in err
    assert not hall.exists()


@pytest.mark.usefixtures("hall")
def test_a_column_is_mapped(tmp_path: Path) -> None:
    text = "SUBS,姓名\n13800130001,张伟\n"
    assert bring(tmp_path, text, "--mapping", "SUBS=phone")[0] == 0
    code, _out, err = bring(tmp_path, text, "--mapping", "SUBS")
    assert code == 2
    assert "SUBS" in err
