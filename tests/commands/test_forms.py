"""``hallterm form``, ``mail`` and ``fax``: what they do, and what docs/forms.md says of them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hallterm.commands.exits import Exit
from hallterm.commands.opening import settings
from hallterm.forms.fax import fax_page
from hallterm.forms.render import pdf_of
from hallterm.mail.incoming import take_apart
from tests.commands.forms import FormTerminal
from tests.commands.terminal import Terminal
from tests.support.certificates import HOST, make_certificates
from tests.support.form_desk import NAME, SOLUTION, copy_of
from tests.support.smtp_server import PASSWORD, USER, smtp_server

TEXT = (Path(__file__).parents[2] / "docs" / "forms.md").read_text("utf-8")
KEY = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


@pytest.fixture
def form(terminal: Terminal, founded_store: Path, monkeypatch: pytest.MonkeyPatch) -> FormTerminal:
    """Return a terminal with a form on its way."""
    for name in ("MAIL_OUT", "MAIL_IN", "FAX_OUT", "FAX_IN"):
        kind = "folder:" if name.startswith("MAIL") else ""
        monkeypatch.setenv(f"HALLTERM_{name}", f"{kind}{terminal.folder / name.lower()}")
    return FormTerminal(terminal, founded_store)


def made(form: FormTerminal, name: str = "form.pdf") -> Path:
    """Make the form's PDF."""
    path = form.folder / name
    assert form.as_manager("form", "make", form.number, "--out", str(path)).code == 0
    return path


def test_a_form_is_made_and_verified(form: FormTerminal) -> None:
    path = made(form)
    assert path.stat().st_mode & 0o077 == 0
    verified = form.run("form", "verify", str(path), "--json")
    assert verified.code == Exit.DONE
    assert verified.value["good"]
    assert (verified.value["page"], verified.value["filed"]) == ("same", "current")
    text = form.run("form", "verify", str(path)).out
    for word in (form.number, "相符", "营业管理室", SOLUTION, "张**"):
        assert word in text
    assert NAME not in text


def test_a_form_is_not_written_over_anything(form: FormTerminal) -> None:
    path = made(form)
    again = form.as_manager("form", "make", form.number, "--out", str(path))
    assert again.code == Exit.WRONG_USAGE
    assert "已经有了" in again.err


def test_an_altered_form_is_told(form: FormTerminal) -> None:
    desk = form.desk()
    copy = copy_of(desk, form.number)
    desk.close()
    order = copy.content.order.model_copy(update={"solution": "同意免收押金 30000 元"})
    content = copy.content.model_copy(update={"order": order})
    path = form.folder / "altered.pdf"
    path.write_bytes(pdf_of(copy.model_copy(update={"content": content})))
    ended = form.run("form", "verify", str(path), "--json")
    assert (ended.code, ended.value["good"]) == (Exit.REFUSED, False)
    assert (ended.value["order"], ended.value["filed"]) == ("broken", "unknown")
    assert "不符，不能据此办理" in form.run("form", "verify", str(path)).out


def test_a_code_is_verified_against_what_is_on_file(form: FormTerminal) -> None:
    desk = form.desk()
    from hallterm.forms.render import code_of  # noqa: PLC0415 - only here

    code = code_of(copy_of(desk, form.number))
    desk.close()
    ended = form.run("form", "verify", code, "--json")
    assert (ended.code, ended.value["page"]) == (Exit.DONE, "unseen")
    assert ended.value["solution"] == SOLUTION
    assert "逐项对照" in form.run("form", "verify", code).out
    other = "B" if code[40] == "A" else "A"
    assert form.run("form", "verify", code[:40] + other + code[41:]).code == Exit.REFUSED


def test_a_replaced_key_still_vouches_and_a_revoked_one_does_not(form: FormTerminal) -> None:
    path = made(form)
    change = ("form", "keys", "--replace", "hall-operations", "--staff", "1006")
    pin = ("--pin-file", str(form.pin))
    assert form.run(*change, *pin).code == 0
    assert form.run("form", "verify", str(path)).code == Exit.DONE
    old = form.run("form", "keys", "--json").value[0]["key"]
    revoke = ("form", "keys", "--revoke", old.lower(), "--staff", "1006")
    assert form.run(*revoke, *pin).code == 0
    keys = form.run("form", "keys", "--json").value
    assert [(key["retired_at"] is None, key["revoked"]) for key in keys] == [
        *((False, True), (True, False), (True, False))
    ]
    assert form.run("form", "verify", str(path)).code == Exit.REFUSED
    assert form.run("form", "verify", str(made(form, "again.pdf"))).code == Exit.DONE
    refused = form.as_manager("form", "keys", "--replace", "hall-operations")
    assert refused.code == Exit.REFUSED


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("form", "verify", "/no/such/file"), Exit.WRONG_USAGE),
        (("form", "verify", "HT1:2026-0001:AAAA"), Exit.WRONG_USAGE),
        (("form", "verify", "\0"), Exit.WRONG_USAGE),
        (("form", "keys", "--revoke", "ABCDEFGH"), Exit.WRONG_USAGE),
        (("form", "keys", "--replace", "kitchen", "--staff", "1006"), Exit.WRONG_USAGE),
        (("form", "make", "2020-9999", "--staff", "1004"), Exit.REFUSED),
        (("mail", "send", "--every", "0"), Exit.WRONG_USAGE),
        (("mail", "settle", "abc", "--staff", "1004"), Exit.WRONG_USAGE),
        (("mail", "settle", "abc", "--again", "--staff", "1004"), Exit.REFUSED),
        (("mail", "import", "/no/such.eml"), Exit.WRONG_USAGE),
        (("fax", "take", "a.tif", "--number", "2026-0001"), Exit.WRONG_USAGE),
        (("fax", "take", "/no/such.tif"), Exit.WRONG_USAGE),
    ],
)
def test_what_cannot_be_meant(form: FormTerminal, arguments: tuple[str, ...], code: Exit) -> None:
    ended = form.run(*arguments)
    assert ended.code == code
    assert ended.err


def test_letters_go_into_the_folder_and_come_back_from_it(
    form: FormTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLTERM_MAIL_IN", f"folder:{form.folder / 'mail_out'}")
    assert "没有待发" in form.run("mail", "status").out
    sent = form.run("mail", "send", "--json").value
    assert (sent["filed"], sent["unfinished"]) == (3, 1)
    status = form.run("mail", "status", "--json").value
    assert (status["waiting"], status["asking"]) == (1, 1)
    (letter,) = status["letters"]
    assert (letter["office"], letter["state"]) == ("duty_manager", "unaddressed")
    assert "没有收件地址" in form.run("mail", "status").out
    came = form.run("mail", "fetch", "--json").value
    assert sorted(one["verdict"] for one in came) == ["genuine", "own", "own"]
    assert all(one["reported"] is (one["verdict"] == "genuine") for one in came)
    assert form.run("mail", "fetch").out.strip() == "没有新的信件"


def test_faxes_go_out_and_come_in(form: FormTerminal) -> None:
    assert form.run("fax", "send", "--json").value == {"made": 1, "filed": 1}
    assert "已放进传真文件夹" in form.run("fax", "status").out
    desk = form.desk()
    page = fax_page(pdf_of(copy_of(desk, form.number)))
    desk.close()
    folder = form.folder / "fax_in"
    folder.mkdir()
    (folder / "0001.TIF").write_bytes(page)
    (folder / "note.txt").write_text("x")
    (came,) = form.run("fax", "take", "--json").value
    assert (came["file"], came["verdict"], came["reported"]) == ("0001.TIF", "genuine", True)
    assert form.run("fax", "take").out.strip() == "没有新的传真"
    assert "编号和签名相符" in form.run("fax", "status").out


def test_a_password_that_others_can_read_is_not_used(
    form: FormTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = form.folder / "secret"
    monkeypatch.setenv("HALLTERM_MAIL_OUT", "tls://hall@mail.invalid")
    for content, mode, word in (("x", 0o644, "600"), ("", 0o600, "空"), (None, 0, "读不了")):
        if content is not None:
            secret.write_text(content)
            secret.chmod(mode)
        else:
            secret.unlink()
        monkeypatch.setenv("HALLTERM_MAIL_SECRET", str(secret))
        settings.cache_clear()
        ended = form.run("mail", "send")
        assert ended.code == Exit.WRONG_USAGE
        assert word in ended.err
    monkeypatch.delenv("HALLTERM_MAIL_SECRET")
    settings.cache_clear()
    assert "mail_secret" in form.run("mail", "send").err


def test_evidence_is_given_out_whole_to_who_may_see_it(
    form: FormTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLTERM_MAIL_IN", f"folder:{form.folder / 'mail_out'}")
    form.run("mail", "send")
    form.run("mail", "fetch")
    received = form.run("mail", "status", "--json").value["received"]
    one = next(letter for letter in received if letter["verdict"] == "genuine")
    out = form.folder / "letter.eml"
    what = ("form", "evidence", one["digest"], "--out", str(out))
    assert form.as_manager(*what).code == Exit.DONE
    assert sha256(out.read_bytes()).hexdigest() == one["digest"]
    assert form.as_manager(*what).code == Exit.WRONG_USAGE
    few = ("form", "evidence", one["digest"][:7], "--out", str(form.folder / "x"))
    assert form.as_manager(*few).code == Exit.WRONG_USAGE
    administrator = (*what[:-1], str(form.folder / "y"), "--staff", "1006")
    assert form.run(*administrator, "--pin-file", str(form.pin)).code == Exit.REFUSED
    assert not (form.folder / "y").exists()


def test_who_looks_at_evidence_leaves_a_trace(
    form: FormTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLTERM_MAIL_IN", f"folder:{form.folder / 'mail_out'}")
    form.run("mail", "send")
    form.run("mail", "fetch")
    received = form.run("mail", "status", "--json").value["received"]
    digest = next(letter["digest"] for letter in received if letter["verdict"] == "genuine")
    viewers = ("form", "evidence", digest, "--viewers")
    assert form.as_manager(*viewers).out.strip() == "没有人看过"
    out = ("--out", str(form.folder / "letter.eml"))
    assert form.as_manager("form", "evidence", digest[:12], *out).code == Exit.DONE
    refused = ("form", "evidence", digest, "--out", str(form.folder / "y"), "--staff", "1006")
    assert form.run(*refused, "--pin-file", str(form.pin)).code == Exit.REFUSED
    (seen,) = form.as_manager(*viewers, "--json").value
    assert (seen["staff"], set(seen)) == ("1004", {"staff", "device", "at"})
    assert form.as_manager("form", "evidence", digest, *out, "--viewers").code == Exit.WRONG_USAGE
    assert form.as_manager("form", "evidence", digest).code == Exit.WRONG_USAGE


def test_letters_leave_by_a_real_server_as_the_settings_say(
    form: FormTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = make_certificates(form.folder)
    secret = form.folder / "secret"
    secret.write_text(f"{PASSWORD}\n")
    secret.chmod(0o600)
    with smtp_server(certificates) as office:
        settings.cache_clear()
        monkeypatch.setenv("HALLTERM_MAIL_OUT", f"starttls://{USER}@{HOST}:{office.port}")
        monkeypatch.setenv("HALLTERM_MAIL_FROM", "hall@example.com")
        monkeypatch.setenv("HALLTERM_MAIL_SECRET", str(secret))
        monkeypatch.setenv("HALLTERM_MAIL_TRUST", str(certificates.authority))
        ended = form.run("mail", "send", "--json")
    assert (ended.code, ended.value["sent"]) == (Exit.DONE, 3)
    assert {(sender, to) for sender, to, _text in office.arrived} == {
        ("hall@example.com", f"{name}@example.com") for name in ("vip", "ops", "store")
    }
    ids = [take_apart(text).message_id for *_, text in office.arrived]
    assert all(message_id.endswith("@example.com>") for message_id in ids)


@pytest.mark.parametrize("arguments", [("mail", "status"), ("fax", "status"), ("form", "keys")])
def test_what_draws_nothing_loads_no_renderer(
    form: FormTerminal, arguments: tuple[str, ...]
) -> None:
    script = (
        "import sys; from hallterm.cli import run; code = run(sys.argv[1:]); "
        "heavy = {'typst', 'pypdfium2', 'zxingcpp', 'PIL', 'segno', 'aiosmtplib', 'imap_tools'}; "
        "sys.exit(code or bool(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, *arguments]
    environment = {**os.environ, **form.terminal.environment}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - our own
    assert ended.returncode == 0, ended.stderr


def documented() -> dict[str, list[str]]:
    """Return the keys under each heading of the chapter on JSON."""
    _before, *parts = re.split(r"^### (\w+)$", TEXT.split("## JSON")[1], flags=re.MULTILINE)
    return {n: KEY.findall(body) for n, body in zip(parts[::2], parts[1::2], strict=True)}


def emitted(form: FormTerminal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run the commands and name the shape of everything they write."""
    path = form.folder / "form.pdf"
    yield "Copy", form.as_manager("form", "make", form.number, "--out", str(path), "--json").value
    yield "Verification", form.run("form", "verify", str(path), "--json").value
    yield "Key", form.run("form", "keys", "--json").value[0]
    yield "Round", form.run("mail", "send", "--json").value
    out = str(form.folder / "mail_out")
    yield "Came", form.run("mail", "import", out, "--json").value[0]
    mail = form.run("mail", "status", "--json").value
    yield "Mail", mail
    yield "Letter", mail["letters"][0]
    yield "Received", mail["received"][0]
    digest = next(one["digest"] for one in mail["received"] if one["verdict"] == "genuine")
    target = ("--out", str(form.folder / "letter.eml"), "--json")
    yield "Evidence", form.as_manager("form", "evidence", digest[:12], *target).value
    viewers = ("form", "evidence", digest, "--viewers", "--json")
    yield "Viewing", form.as_manager(*viewers).value[0]
    assert set(form.run("fax", "send", "--json").value) == {"made", "filed"}
    fax = form.run("fax", "status", "--json").value
    assert set(fax) == {"pages", "received"}
    yield "Fax", fax["pages"][0]


def test_every_key_is_documented_and_every_documented_key_is_written(form: FormTerminal) -> None:
    said = documented()
    seen = set()
    for name, value in emitted(form):
        assert list(value) == said[name], name
        seen.add(name)
    assert seen == set(said)
