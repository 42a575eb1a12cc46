"""The log of faults names nobody and never gets in the way."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.faults import LARGEST, log_path, log_to, mask

PHONE = "13812341234"


@pytest.fixture(autouse=True)
def logger_as_before() -> Iterator[None]:
    yield
    for name in ("hallterm", "sqlalchemy", "asyncio"):
        logger = logging.getLogger(name)
        for handler in tuple(logger.handlers):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = True


def go_wrong() -> None:
    cause = KeyError(f"张伟 {PHONE} not found")
    msg = f"[SQL: UPDATE person] [parameters: ('Zhang Wei', '{PHONE}')]"
    raise ValueError(msg) from cause


def test_a_fault_is_written_with_its_stack_and_without_its_person(tmp_path: Path) -> None:
    path = log_to(tmp_path)
    assert path == log_path(tmp_path)
    try:
        go_wrong()
    except ValueError:
        logging.getLogger("hallterm.cli").exception("fault for %s", PHONE)
    text = path.read_text("utf-8")
    assert "ValueError" in text
    assert "KeyError" in text
    assert "UPDATE person" in text
    assert "test_faults.py" in text
    for personal in (PHONE, "张伟", "Zhang"):
        assert personal not in text


@given(st.integers(10**6, 10**19), st.sampled_from(["", " ", "-"]), st.text(max_size=20))
def test_long_numbers_are_hidden(number: int, between: str, around: str) -> None:
    digits = str(number)
    written = between.join((digits[:3], digits[3:7], digits[7:])).strip(between)
    assert written not in mask(f"{around}|{written}|{around}")


@given(st.integers(3980, 4010))
def test_a_number_at_the_cut_is_hidden_before(place: int) -> None:
    masked = mask("x" * place + " " + PHONE)
    assert not any(PHONE[:length] in masked for length in (3, 5, 7))
    assert len(masked) <= 4000


@pytest.mark.parametrize("name", ["sqlalchemy.pool.impl", "sqlalchemy.engine", "asyncio"])
def test_what_libraries_log_is_masked_in_the_file_and_not_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    path = log_to(tmp_path)
    assert path is not None
    logging.getLogger(name).error("reset failed: [parameters: ('张伟', '%s')]", PHONE)
    text = path.read_text("utf-8")
    assert "reset failed" in text
    assert PHONE not in text
    assert "张伟" not in text
    assert capfd.readouterr() == ("", "")


def test_short_numbers_stay() -> None:
    assert mask("ticket V003 at counter 12, line 2048") == "ticket V003 at counter 12, line 2048"


def test_the_log_grows_to_its_limit_only(tmp_path: Path) -> None:
    path = log_to(tmp_path)
    assert path is not None
    logger = logging.getLogger("hallterm.cli")
    for _ in range(6000):
        logger.error("x" * 1000)
    sizes = [file.stat().st_size for file in path.parent.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= LARGEST


def test_without_a_place_for_it_there_is_no_log_and_no_noise(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_text("")
    assert log_to(tmp_path) is None
    logging.getLogger("hallterm.cli").error("nobody hears")
    assert capfd.readouterr() == ("", "")
