"""``hallterm customers import``, as a script calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hallterm.cli import run
from hallterm.commands.opening import settings
from hallterm.store.keys import create_key
from tests.support.hall import KEY
from tests.support.rulebook import CLERK, DUTY_MANAGER, PIN

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
    settings.cache_clear()
    return store


Bring = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bring:
    """Return what imports a text and says exit code, output and errors."""

    def bring_in(content: str, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "customers.csv"
        file.write_text(content, encoding="gb18030")
        code = run(["customers", "import", str(file), *options])
        return code, *capsys.readouterr()

    return bring_in


def test_all_rows_in_is_zero_and_again_changes_nothing(hall: Path, bring: Bring) -> None:
    assert bring(HEADER + GOOD) == (0, "读了 1 行：新增 1，更新 0，不变 0，未收 0\n", "")
    assert bring(HEADER + GOOD) == (0, "读了 1 行：新增 0，更新 0，不变 1，未收 0\n", "")
    assert hall.exists()


@pytest.mark.usefixtures("hall")
def test_a_refused_row_is_one_and_named(bring: Bring) -> None:
    code, out, err = bring(HEADER + GOOD + "张二,12\n")
    assert (code, out) == (1, "读了 2 行：新增 1，更新 0，不变 0，未收 1\n")
    assert err.startswith("第 3 行：手机号码")


@pytest.mark.usefixtures("hall")
def test_nothing_done_is_one_as_well(bring: Bring) -> None:
    assert bring(HEADER + "张二,12\n")[0] == 1
    code, out, err = bring("a,b\n1,2\n")
    assert (code, out) == (1, "")
    assert "a, b" in err


@pytest.mark.usefixtures("hall")
def test_json_has_stable_keys(bring: Bring) -> None:
    code, out, err = bring(HEADER + GOOD + "张二,12\n", "--json")
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
def test_json_names_what_is_wrong_with_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["customers", "import", str(tmp_path / "none.csv"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"] == "file_missing"


def test_a_store_that_is_not_there_is_told_and_not_made(hall: Path, bring: Bring) -> None:
    hall.unlink()
    code, out, err = bring(HEADER + GOOD)
    assert (code, out) == (3, "")
    assert str(hall) in err
    assert not hall.exists()


@pytest.mark.usefixtures("hall")
def test_a_column_is_mapped(bring: Bring) -> None:
    text = "SUBS,姓名\n13800130001,张伟\n"
    assert bring(text, "--mapping", "SUBS=phone")[0] == 0
    code, _out, err = bring(text, "--mapping", "SUBS")
    assert code == 2
    assert "SUBS" in err


@pytest.mark.usefixtures("hall")
def test_a_manager_erases_a_customer(
    bring: Bring, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(HEADER + GOOD)
    monkeypatch.setenv("HALLTERM_PIN", PIN)
    erasing = ["customers", "erase", "--phone", "13800130001", "--reason", "requested"]
    assert run(erasing) == 2, "nobody says who does it"
    assert run([*erasing, "--staff", CLERK.staff_id]) == 1
    assert "岗位" in capsys.readouterr().err
    assert run([*erasing, "--staff", DUTY_MANAGER.staff_id]) == 0
    assert capsys.readouterr().out == "客户资料已删除\n"
    assert run([*erasing, "--staff", DUTY_MANAGER.staff_id]) == 1
    assert capsys.readouterr().err == "没有这位客户\n"
    assert run(["doctor"]) == 0
