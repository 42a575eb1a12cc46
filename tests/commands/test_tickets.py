"""Tickets through the command line: taken, called, served, listed, refused."""

from pathlib import Path

import pytest

from tests.commands.terminal import CLERK, CLERK_PIN, OTHER_CLERK, Terminal


def test_a_ticket_is_taken_called_served_and_listed(hall: Terminal) -> None:
    assert hall.take().value["number"] == "A001"
    called = hall.clerk("next", "--counter", "3")
    assert (called.value["number"], called.value["state"], called.value["counter"]) == (
        "A001",
        "called",
        3,
    )
    assert hall.clerk("start").value["state"] == "serving"
    assert hall.clerk("finish", "--outcome", "documents-missing").value["state"] == "done"
    assert hall.run("ticket", "list", "--json").value == []
    (done,) = hall.run("ticket", "list", "--all", "--json").value
    assert done["state"] == "done"
    assert done["service"]["running"] is False


def test_the_slip_is_printed_and_shown(hall: Terminal) -> None:
    taken = hall.run("ticket", "take", "--business", "02", "--walk-in")
    assert taken.code == 0
    assert "A001" in taken.out
    assert b"A001" in hall.slips.read_bytes()
    hall.slips.unlink()
    hall.run("ticket", "take", "--business", "02", "--walk-in", "--no-print")
    assert not hall.slips.exists()


def test_a_printer_that_fails_does_not_cost_the_ticket(
    hall: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hallterm.commands.opening import settings  # noqa: PLC0415 - its cache is what we clear

    monkeypatch.setenv("HALLTERM_PRINTER", f"device:{hall.folder}/no-such-device")
    settings.cache_clear()
    taken = hall.take()
    assert taken.code == 0
    assert taken.value["print_problem"] in taken.err
    assert len(hall.run("ticket", "list", "--json").value) == 1


def test_documents_and_flags_go_with_the_ticket(hall: Terminal) -> None:
    taken = hall.run(
        *("ticket", "take", "--walk-in", "--business", "transfer_ownership"),
        *("--missing", "id_card", "--flag", "pregnant", "--json"),
    )
    assert taken.code == 0, taken.err
    assert len(taken.value["documents_missing"]) == 1
    (row,) = hall.run("ticket", "list", "--json").value
    assert row["flags"] == ["pregnant"]


def test_a_vip_whose_card_the_list_does_not_tell_is_served_as_silver(hall: Terminal) -> None:
    customers = hall.folder / "customers.csv"
    customers.write_text("姓名,手机号码,客户级别\n查理,13900002222,VIP\n", "utf-8")
    assert hall.run("customers", "import", str(customers)).code == 0
    taken = hall.run("ticket", "take", "--phone", "2222", "--business", "02", "--json")
    assert taken.code == 0, taken.err
    assert (taken.value["tier"], taken.value["grade"]) == ("vip", "silver")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--business", "77", "--walk-in"), "unknown_business"),
        (("--business", "02", "--walk-in", "--missing", "moon_rock"), "unknown_document"),
        (("--business", "02", "--business", "02", "--walk-in"), "business_twice"),
        (("--business", "02", "--phone", "13800001111"), "person_unknown"),
        (("--business", "02", "--name", "无此人"), "person_unknown"),
    ],
)
def test_rules_refuse_with_exit_1(hall: Terminal, arguments: tuple[str, ...], code: str) -> None:
    refused = hall.run("ticket", "take", *arguments, "--json")
    assert refused.code == 1
    assert refused.value["refused"] == code
    assert refused.value["message"] in refused.err
    assert hall.run("ticket", "list", "--all", "--json").value == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("ticket",),
        ("ticket", "take"),
        ("ticket", "take", "--business", "02"),
        ("ticket", "take", "--business", "02", "--walk-in", "--phone", "13800001111"),
        ("ticket", "take", "--business", "02", "--phone", "12"),
        ("ticket", "take", "--business", "02", "--walk-in", "--flag", "tall"),
        ("ticket", "take", "--bogus"),
        ("ticket", "take", "--business"),
        ("ticket", "next"),
        ("ticket", "next", "--staff", CLERK, "--counter", "三"),
        ("ticket", "list", "--state", "[/b]"),
        ("no-such-command",),
        ("board", "surplus"),
        ("train", "--speed", "fast"),
        ("setup", "--from", "/no/such/file.toml"),
    ],
)
def test_wrong_usage_ends_with_2_and_words(hall: Terminal, arguments: tuple[str, ...]) -> None:
    ended = hall.run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.strip()


def test_last_four_digits_and_full_width_digits_are_read(hall: Terminal) -> None:
    refused = hall.take("--phone", "１１１１")
    assert refused.value["refused"] == "person_unknown"
    assert hall.run("ticket", "take", "--business", "０２", "--walk-in").code == 0


def test_a_wrong_pin_is_refused_and_five_lock(
    hall: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLTERM_PIN", "000001")
    codes = [hall.clerk("next").value["refused"] for _ in range(6)]
    assert codes[:4] == ["wrong_pin"] * 4
    assert codes[-1] == "account_locked"


def test_the_pin_comes_from_a_file_that_only_its_owner_reads(
    hall: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HALLTERM_PIN")
    hall.take()
    path = tmp_path / "pin"
    path.write_text(f"{CLERK_PIN}\n")
    path.chmod(0o644)
    assert hall.clerk("next", "--counter", "3", "--pin-file", str(path)).code == 2
    path.chmod(0o600)
    assert hall.clerk("next", "--counter", "3", "--pin-file", str(path)).code == 0


def test_without_a_pin_and_a_keyboard_it_says_so(hall: Terminal) -> None:
    del hall.environment["HALLTERM_PIN"]
    ended = hall.process("ticket", "next", "--staff", CLERK)
    assert ended.code == 2
    assert "HALLTERM_PIN" in ended.err


def test_a_counter_that_somebody_uses_is_refused(hall: Terminal) -> None:
    hall.take()
    assert hall.clerk("next", "--counter", "3").code == 0
    assert hall.clerk("next", "--counter", "3", staff=OTHER_CLERK).value["refused"] == (
        "counter_taken"
    )
    assert hall.clerk("next", "--counter", "1").value["refused"] == "at_another_counter"
    assert hall.clerk("next", "--counter", "9").value["refused"] == "unknown_counter"
    assert hall.clerk("next").value["refused"] == "counter_busy"


def test_nobody_there_is_a_refusal(hall: Terminal) -> None:
    assert hall.clerk("next").value["refused"] == "not_at_counter"
    assert hall.clerk("next", "--counter", "3").value["refused"] == "nobody_waiting"
    assert hall.clerk("start").value["refused"] == "counter_empty"
    assert hall.clerk("start", "A099").value["refused"] == "unknown_ticket"


def test_the_board_shows_the_hall(hall: Terminal) -> None:
    hall.take()
    text = hall.run("board").out
    assert "建设路营业厅" in text
    assert "A001" in text
    assert "三号" in text
