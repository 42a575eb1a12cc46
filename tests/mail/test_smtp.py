"""Giving a letter to a server: what arrives, and what is told when it misbehaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.configuration.mail_target import MailServer
from hallterm.mail.account import Account
from hallterm.mail.carriers import FolderCarrier, Parcel
from hallterm.mail.incoming import take_apart
from hallterm.mail.letter import compose
from hallterm.mail.smtp import Envelope, Outcome, send
from tests.mail.letters import RECIPIENT, SENDER, letter
from tests.support.certificates import HOST, Certificates, make_certificates
from tests.support.smtp_server import PASSWORD, USER, PostOffice, free_port, smtp_server

ENVELOPE = Envelope(SENDER, RECIPIENT, compose(letter()))
QUICK = 0.3


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Return certificates for this machine."""
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """Return a server that asks for nothing."""
    with smtp_server() as office:
        yield office


def plain(office: PostOffice) -> Account:
    return Account(MailServer(HOST, office.port, "plain"), patience=QUICK)


def give(account: Account, order: list[str] | None = None) -> tuple[Outcome, str]:
    """Give the letter; order takes a note of when its text went out."""
    sending = send(account, ENVELOPE, lambda: (order if order is not None else []).append("text"))
    return sending.outcome, sending.said


def test_a_letter_arrives_whole(office: PostOffice) -> None:
    order: list[str] = []
    assert give(plain(office), order)[0] is Outcome.SENT
    ((sender, recipient, content),) = office.arrived
    assert (sender, recipient) == (SENDER, RECIPIENT)
    assert take_apart(content).pages == (b"%PDF-1.7 form",)
    assert order == ["text"]


def test_starttls_with_a_password(certificates: Certificates) -> None:
    with smtp_server(certificates) as office:
        server = MailServer(HOST, office.port, "starttls", USER)
        right = Account(server, PASSWORD, certificates.authority)
        assert give(right)[0] is Outcome.SENT
        order: list[str] = []
        wrong, said = give(Account(server, "wrong", certificates.authority), order)
        assert wrong is Outcome.LATER
        assert "535" in said
        assert PASSWORD not in repr(right)
    assert order == []
    assert len(office.arrived) == 1


def test_a_server_nobody_vouches_for_gets_nothing(certificates: Certificates) -> None:
    with smtp_server(certificates) as office:
        server = MailServer(HOST, office.port, "starttls", USER)
        assert give(Account(server, PASSWORD))[0] is Outcome.LATER
    assert office.arrived == []


def test_a_server_without_starttls_gets_no_password(office: PostOffice) -> None:
    server = MailServer(HOST, office.port, "starttls", USER)
    assert give(Account(server, PASSWORD))[0] is Outcome.LATER
    assert office.arrived == []


def test_a_server_that_is_down() -> None:
    server = MailServer(HOST, free_port(), "plain")
    outcome, said = give(Account(server, patience=QUICK))
    assert outcome is Outcome.LATER
    assert said


def test_a_name_that_cannot_be_one() -> None:
    server = MailServer("a" * 300 + ".invalid", 25, "plain")
    assert give(Account(server, patience=QUICK))[0] is Outcome.LATER


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 no such user", Outcome.REFUSED),
        ("450 greylisted, try later", Outcome.LATER),
        ("421 closing", Outcome.LATER),
    ],
)
@pytest.mark.parametrize("step", ["sender_answer", "recipient_answer", "text_answer"])
def test_a_server_that_refuses(
    office: PostOffice, step: str, answer: str, outcome: Outcome
) -> None:
    setattr(office, step, answer)
    found, said = give(plain(office))
    assert found is outcome
    assert answer[4:] in said
    assert office.arrived == []


def test_a_server_too_slow_before_the_text_is_tried_again(office: PostOffice) -> None:
    office.slow = 5 * QUICK
    order: list[str] = []
    assert give(plain(office), order)[0] is Outcome.LATER
    assert order == []


def test_a_server_too_slow_after_the_text_is_uncertain(office: PostOffice) -> None:
    office.slow_text = 5 * QUICK
    assert give(plain(office))[0] is Outcome.UNCERTAIN


def test_a_server_that_dies_after_the_text_is_uncertain(office: PostOffice) -> None:
    office.dies_after_text = True
    assert give(plain(office))[0] is Outcome.UNCERTAIN
    assert len(office.arrived) == 1


def test_what_is_raised_before_the_text_sends_nothing(office: PostOffice) -> None:
    class LostError(Exception):
        pass

    def lost() -> None:
        raise LostError

    with pytest.raises(LostError):
        send(plain(office), ENVELOPE, lost)
    assert office.arrived == []


def test_a_folder_takes_a_letter_once_however_often_it_is_given(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "out")
    parcel = Parcel("../../0190-abc", RECIPIENT, ENVELOPE.message)
    for _ in range(2):
        assert carrier.carry(parcel, lambda: None).outcome is Outcome.SENT
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "0190-abc.eml"
    assert path.read_bytes() == ENVELOPE.message
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    carrier = FolderCarrier(tmp_path / "file" / "out")
    sending = carrier.carry(Parcel("a", RECIPIENT, b""), lambda: None)
    assert sending.outcome is Outcome.LATER
    assert sending.said
