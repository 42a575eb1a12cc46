"""Terminals and a hub as processes of their own: joined, cut off, in step again."""

import signal
from pathlib import Path

import pytest

from hallterm.commands.exits import Exit
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.keys import read_key
from hallterm.words.hub_faults import explain_hub_fault, hub_fault_codes
from tests.commands.terminal import CLERK, Terminal
from tests.hub.test_real_hub import serving


@pytest.fixture
def ready(hall: Terminal) -> Terminal:
    """Give a hall with the certificates of a hub."""
    assert hall.run("hub", "certs", "--name", "127.0.0.1").code == 0
    return hall


def another(hall: Terminal, name: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal of its own, without a hall."""
    made = Terminal(hall.folder / name, capsys)
    made.environment["HALLTERM_DEVICE"] = name
    made.folder.mkdir()
    return made


def code_of(hall: Terminal) -> str:
    """Return an enrolment code."""
    code: str = hall.process("hub", "code", "--json").value["code"]
    return code


def test_two_terminals_join_and_see_one_hall(
    ready: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (another(ready, name, capsys) for name in ("first", "second"))
    with serving(ready) as (_, url):
        for one in (first, second):
            joined = one.process("sync", "enrol", url, code_of(ready), "--json").value
            assert joined.pop("begun_with") > 0
            assert joined == {
                "hub": url, "device": one.folder.name, "hall": "jianshe-road", "kept_facts": 0,
            }  # fmt: skip
            assert one.process("sync", "now", "--json").value["facts"] == 0
        took = first.process("ticket", "take", "--business", "02", "--walk-in", "--json")
        number = took.value["number"]
        assert first.process("sync", "status", "--json").value["unsent"] >= 1
        assert first.process("sync", "now").code == 0
        assert first.process("sync", "status", "--json").value["unsent"] == 0
        assert second.process("sync", "now").code == 0
        [seen] = second.process("ticket", "list", "--json").value
        assert seen["number"] == number
        called = second.process("ticket", "next", "--staff", CLERK, "--counter", "3", "--json")
        assert called.value["number"] == number
        assert second.process("sync", "now").code == 0
        assert first.process("sync", "now").code == 0
        [seen] = first.process("ticket", "list", "--json").value
        assert seen["state"] == "called"


def test_cut_off_a_terminal_works_on_and_says_so(
    ready: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = another(ready, "first", capsys)
    with serving(ready) as (_, url):
        assert first.process("sync", "enrol", url, code_of(ready)).code == 0
        assert first.process("sync", "now").code == 0
    took = first.process("ticket", "take", "--business", "02", "--walk-in", "--json")
    assert took.code == 0
    failed = first.process("sync", "now", "--seconds", "2", "--json")
    assert failed.code == Exit.FAULT
    assert failed.value["fault"] == "unreachable"
    assert first.process("sync", "status", "--json").value["unsent"] >= 1


def test_another_history_is_not_merged(ready: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    other = another(ready, "other", capsys)
    (other.folder / "setup.toml").write_text((ready.folder / "setup.toml").read_text("utf-8"))
    assert other.process("setup", "--from", str(other.folder / "setup.toml")).code == 0
    with serving(ready) as (_, url):
        refused = other.process("sync", "enrol", url, code_of(ready), "--json")
    assert refused.code == Exit.FAULT
    assert refused.value["fault"] == "histories_differ"
    assert other.process("sync", "status", "--json").value["fault"] == "not_enrolled"


def test_a_store_that_the_hub_was_made_from_goes_on(
    ready: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = another(ready, "first", capsys)
    for folder in ("data", "config"):
        (first.folder / folder).mkdir()
    copy = first.folder / "data" / "hall.db"
    assert ready.process("backup", str(copy)).code == 0
    key = first.folder / "config" / "hall.key"
    key.write_bytes((ready.folder / "config" / "hall.key").read_bytes())
    key.chmod(0o600)
    with serving(ready) as (_, url):
        joined = first.process("sync", "enrol", url, code_of(ready), "--json").value
        assert joined["kept_facts"] > 0
        published = first.process("sync", "now", "--json").value["facts"]
        assert published == 1, "the hub's files, since the copy was made"
        again = first.process("sync", "enrol", url, code_of(ready), "--json")
        assert again.value["fault"] == "already_enrolled"


@pytest.mark.parametrize(
    ("url", "code", "fault"),
    [
        ("https://127.0.0.1:1", "nonsense", "code_unreadable"),
        ("ftp://127.0.0.1", "nonsense", "address_wrong"),
        ("http://hub.example", "nonsense", "address_plain"),
        ("https://127.0.0.1:1/path", "nonsense", "address_wrong"),
    ],
)
def test_slips_in_typing_are_told(terminal: Terminal, url: str, code: str, fault: str) -> None:
    told = terminal.run("sync", "enrol", url, code, "--json")
    assert told.code == Exit.FAULT
    assert told.value["fault"] == fault


def test_every_trouble_has_words() -> None:
    texts = {code: explain_hub_fault(code, "x") for code in hub_fault_codes()}
    assert all(text and "{" not in text for text in texts.values())


def in_step(one: Terminal) -> bool:
    """Wait until somebody has sent all that this terminal has; say whether it came to that."""
    return one.process("sync", "now", "--seconds", "30").code == 0


def test_a_terminal_without_a_screen_syncs_by_itself_until_told_to_end(
    ready: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = another(ready, "first", capsys)
    with serving(ready) as (_, url):
        assert first.process("sync", "enrol", url, code_of(ready)).code == 0
        assert first.process("sync", "now").code == 0
        for end in (signal.SIGKILL, signal.SIGTERM):
            running = first.start_process("sync", "run")
            try:
                assert running.stdout is not None
                assert url in running.stdout.readline()
                took = first.process("ticket", "take", "--business", "02", "--walk-in", "--json")
                assert took.code == 0
                assert in_step(first)
                status = first.process("sync", "status", "--json").value
                assert (status["running"], status["online"], status["unsent"]) == (True, True, 0)
            finally:
                running.send_signal(end)
                _, err = running.communicate(timeout=30)
            assert "Traceback" not in err
            assert running.returncode == (0 if end is signal.SIGTERM else -end)
        assert first.process("sync", "status", "--json").value["running"] is False


def _tampered(one: Terminal, change: str) -> None:
    """Change a row behind everybody's back."""
    here = one.environment
    connection = open_connection(Path(here["HALLTERM_STORE"]), read_key(Path(here["HALLTERM_KEY"])))
    with writing(connection):
        assert connection.exec_driver_sql(change).rowcount == 1
    close_connection(connection)


def test_the_doctor_finds_a_row_that_is_not_as_at_the_hub(
    ready: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = another(ready, "first", capsys)
    with serving(ready) as (_, url):
        assert first.process("sync", "enrol", url, code_of(ready)).code == 0
        assert first.process("ticket", "take", "--business", "02", "--walk-in").code == 0
        before = first.process("doctor", "--json")
        assert (before.value["hub"], before.value["sound"]) == ("not_in_step", True)
        assert first.process("sync", "now").code == 0
        equal = first.process("doctor", "--json")
        assert (equal.value["hub"], equal.value["sound"], equal.code) == ("equal", True, 0)
        _tampered(ready, "UPDATE ticket SET number = 'A999'")
        found = first.process("doctor", "--json")
    assert found.code == Exit.FAULT
    assert found.value["hub"] == "different"
    # The terminal's own log and tables agree: it is the hub's that are wrong.
    assert [one["code"] for one in found.value["findings"]] == ["hub_differs"]
    assert found.value["findings"][0]["details"] == {"table": "ticket"}
    alone = first.process("doctor")
    assert alone.code == 0
    assert "没有与中心核对" in alone.out
