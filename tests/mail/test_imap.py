"""Fetching from a real mailbox: what is there is taken once, and nothing in it is changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hallterm.configuration.mail_target import MailServer
from hallterm.desk.collecting import collect, collect_files
from hallterm.desk.desk import Desk
from hallterm.desk.sending import Round, send_round
from hallterm.domain.request.words import Proof
from hallterm.forms.render import pdf_of
from hallterm.mail.account import Account
from hallterm.mail.carriers import ServerCarrier
from hallterm.mail.imap import NotFetchedError, fetch
from hallterm.mail.incoming import take_apart
from hallterm.mail.letter import compose
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import LetterState
from tests.mail.letters import SENDER, letter
from tests.support.certificates import HOST, Certificates, make_certificates
from tests.support.form_desk import copy_of, post, request, to_hall
from tests.support.imap_server import MISSING, PROGRAM, Mailbox, imap_server
from tests.support.letters import letter_rows
from tests.support.smtp_server import PASSWORD, USER, free_port, smtp_server

LONG_AGO = date(2020, 1, 1)
needs_server = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Return certificates for this machine."""
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def mailbox(certificates: Certificates) -> Iterator[Mailbox]:
    """Return a mailbox on a server."""
    with imap_server(certificates) as mailbox:
        yield mailbox


def account(mailbox: Mailbox, security: str = "tls", password: str = PASSWORD) -> Account:
    port = mailbox.tls_port if security == "tls" else mailbox.starttls_port
    server = MailServer(HOST, port, "tls" if security == "tls" else "starttls", USER)
    return Account(server, password, mailbox.authority, patience=5)


def nothing(_message_id: str) -> bool:
    return False


@needs_server
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_letters_are_fetched_whole_and_stay_unseen(mailbox: Mailbox, security: str) -> None:
    sent = [compose(letter(message_id=f"<{n}@x>", number=f"2026-000{n}")) for n in range(3)]
    mailbox.put(*sent)
    got = list(fetch(account(mailbox, security), since=LONG_AGO, known=nothing))
    assert [take_apart(one).message_id for one in got] == ["<0@x>", "<1@x>", "<2@x>"]
    assert all(take_apart(one).pages == (b"%PDF-1.7 form",) for one in got)
    assert mailbox.seen() == 0


@needs_server
def test_known_letters_are_not_loaded(mailbox: Mailbox) -> None:
    mailbox.put(*(compose(letter(message_id=f"<{n}@x>")) for n in range(3)))
    got = list(fetch(account(mailbox), since=LONG_AGO, known=lambda one: one != "<1@x>"))
    assert [take_apart(one).message_id for one in got] == ["<1@x>"]


@needs_server
def test_a_wrong_password_and_a_strange_server_are_told(mailbox: Mailbox) -> None:
    with pytest.raises(NotFetchedError):
        list(fetch(account(mailbox, password="wrong"), since=LONG_AGO, known=nothing))  # noqa: S106 - a wrong one
    strange = Account(MailServer(HOST, mailbox.tls_port, "tls", USER), PASSWORD, patience=5)
    with pytest.raises(NotFetchedError):
        list(fetch(strange, since=LONG_AGO, known=nothing))


def test_a_server_that_is_down_is_told() -> None:
    down = Account(MailServer(HOST, free_port(), "tls", USER), PASSWORD, patience=1)
    with pytest.raises(NotFetchedError):
        list(fetch(down, since=LONG_AGO, known=nothing))


@needs_server
def test_a_form_goes_out_by_smtp_and_comes_in_by_imap(
    desk: Desk, mailbox: Mailbox, certificates: Certificates
) -> None:
    number = to_hall(desk)
    post(desk)
    with smtp_server(certificates) as office:
        server = MailServer(HOST, office.port, "starttls", USER)
        carrier = ServerCarrier(Account(server, PASSWORD, certificates.authority), SENDER)
        assert send_round(desk, carrier) == Round(sent=4)
    mailbox.put(*(content for _sender, to, content in office.arrived if "store@" in to))
    mailbox.put(compose(letter(message_id="<menu@x>", subject="菜单", number="")))
    found = collect(desk, account(mailbox))
    assert {one.verdict for one in found.new} == {Verdict.GENUINE, Verdict.UNKNOWN}
    assert [one.number for one in found.new if one.reported] == [number]
    form = request(desk).form
    assert form is not None
    assert form.proof(Proof.MAIL) is not None
    assert collect(desk, account(mailbox)).came == ()


@needs_server
def test_a_doubtful_letter_that_lies_in_the_mailbox_has_arrived(
    desk: Desk, mailbox: Mailbox
) -> None:
    to_hall(desk)
    post(desk)
    with smtp_server() as office:
        office.dies_after_text = True
        server = MailServer(HOST, office.port, "plain")
        send_round(desk, ServerCarrier(Account(server, patience=2), SENDER))
    assert {row.state for row in letter_rows(desk).values()} == {LetterState.UNCERTAIN}
    mailbox.put(*(content for _sender, to, content in office.arrived if "store@" in to))
    collect(desk, account(mailbox))
    settled = {row.office: row.state for row in letter_rows(desk).values()}
    assert settled["store_manager"] == LetterState.SENT
    assert settled["vip_office"] == LetterState.UNCERTAIN


def test_files_and_folders_are_imported(desk: Desk, tmp_path: Path) -> None:
    number = to_hall(desk)
    data = compose(letter(number=number, file=pdf_of(copy_of(desk, number))))
    (tmp_path / "a.eml").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(data)
    (tmp_path / "c.eml").write_bytes(b"\0\1")
    found = collect_files(desk, [tmp_path, tmp_path / "gone.eml"])
    assert [(one.verdict, one.reported) for one in found.new] == [(Verdict.GENUINE, True)]
    assert found.unreadable == (str(tmp_path / "c.eml"), str(tmp_path / "gone.eml"))
    assert collect_files(desk, [tmp_path / "a.eml"]).new == ()
