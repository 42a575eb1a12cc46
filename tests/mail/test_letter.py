"""Letters: what is typed never becomes a header, a recipient or the name of a file."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.configuration.mail_target import (
    MailFolder,
    MailServer,
    read_address,
    read_in,
    read_out,
)
from hallterm.mail.incoming import numbers_in, take_apart
from hallterm.mail.letter import compose, file_name
from tests.mail.letters import RECIPIENT, SENDER, letter

EVIL = "x\r\nBcc: everybody@example.com\r\n\r\n<script>\0\u202e"
HEADERS = {
    *("message-id", "date", "from", "to", "subject", "auto-submitted", "x-hallterm-form"),
    *("mime-version", "content-type"),
}


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_says_who_to_what_and_carries_the_form() -> None:
    message = read(compose(letter()))
    assert message["Message-ID"] == "<0190c1d2.form@hallterm.localhost>"
    assert message["From"] == f"建设路营业厅 <{SENDER}>"
    assert message["To"] == RECIPIENT
    assert message["Subject"] == "服务协助流转单 2026-0012"
    body = message.get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["请见附件。", "第二行"]
    (file,) = message.iter_attachments()
    assert file.get_filename() == "form-2026-0012.pdf"
    assert file.get_content() == b"%PDF-1.7 form"


def test_the_same_letter_is_the_same_bytes() -> None:
    assert compose(letter()) == compose(letter())


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_is_typed_adds_no_header_and_no_recipient(
    subject: str, name: str, text: str, number: str
) -> None:
    data = compose(letter(subject=subject, sender_name=name, text=text, number=number))
    message = read(data)
    assert {key.lower() for key in message.keys()} == HEADERS  # noqa: SIM118 - a message, not a dict
    assert message["To"] == RECIPIENT
    assert [address.addr_spec for address in message["From"].addresses] == [SENDER]
    assert data.isascii()
    assert all(len(one) <= 998 for one in data.split(b"\r\n"))


def test_a_line_break_in_a_subject_stays_in_the_subject() -> None:
    message = read(compose(letter(subject=EVIL, sender_name=EVIL)))
    assert message["Bcc"] is None
    assert message["Subject"] == "x Bcc: everybody@example.com <script>"


@given(st.text())
def test_names_of_files_are_of_letters_digits_and_hyphens(number: str) -> None:
    name = file_name(number, "pdf")
    assert name.isascii()
    assert name.startswith("form-")
    assert name.endswith(".pdf")
    assert all(sign.isalnum() or sign == "-" for sign in name.removesuffix(".pdf"))


@pytest.mark.parametrize(
    "number", ["../../etc/passwd", '";rm -rf', "a\r\nb", "..", "", "一" * 5000, "\0"]
)
def test_names_of_files_stay_in_their_folder(number: str) -> None:
    name = file_name(number, "tif")
    assert "/" not in name
    assert ".." not in name
    assert len(name) < 50


def test_our_own_letter_is_taken_apart() -> None:
    came = take_apart(compose(letter()))
    assert came.message_id == "<0190c1d2.form@hallterm.localhost>"
    assert came.sender == SENDER
    assert came.numbers == ("2026-0012",)
    assert came.pages == (b"%PDF-1.7 form",)
    assert came.at == letter().at


@given(st.binary(max_size=2000))
def test_any_bytes_can_be_tried_as_a_letter(data: bytes) -> None:
    try:
        came = take_apart(b"Subject: x\r\n" + data)
    except ValueError:
        return
    assert came.subject.isprintable()
    assert came.message_id.startswith("<")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"From: =?utf-8?b?!!!?=\r\nMessage-ID: <<>\r\nDate: never\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n%%%",
        b"Content-Type: message/rfc822\r\n\r\n" * 90,
        b'Content-Type: application/pdf; name="=?x?y?z?="\r\n\r\nx',
    ],
)
def test_broken_letters_give_what_can_be_read(head: bytes) -> None:
    assert take_apart(head).pages == ()


def test_what_is_no_letter_is_told() -> None:
    with pytest.raises(ValueError, match="no letter"):
        take_apart(b"\x00\x01\x02")


def test_numbers_are_found_where_they_stand_alone() -> None:
    assert numbers_in("回复：2026-0012，另见 XZ-20261127-0003") == (
        "2026-0012",
        "XZ-20261127-0003",
    )
    assert numbers_in("12026-001234567 a-2026-0012x") == ()


def test_targets_are_read() -> None:
    base = Path("/srv")
    assert read_out("folder:out", base) == MailFolder(Path("/srv/out"))
    assert read_out("starttls://hall%40a.cn@mail.a.cn", base) == MailServer(
        "mail.a.cn", 587, "starttls", "hall@a.cn"
    )
    assert read_out("plain://relay", base) == MailServer("relay", 25, "plain")
    assert read_in("tls://hall@mail.a.cn/INBOX/forms", base) == MailServer(
        "mail.a.cn", 993, "tls", "hall", "INBOX/forms"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "folder:", "smtp://a", "starttls://", "tls://user:secret@host", "plain://u@host"),
        *("tls://host:99999", "tls://ho st", "mail.a.cn:25", "tls://a\nb", "folder:\0"),
    ],
)
def test_wrong_targets_are_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are for people
        read_out(text, Path("/srv"))


@pytest.mark.parametrize(
    "text", ["", "a", "a@", "@b.cn", "a b@c.cn", "a@b.cn\r\nBcc: x@y.cn", "a@b..cn", "<a@b.cn>"]
)
def test_wrong_addresses_are_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are for people
        read_address(text)


def test_an_address_is_read() -> None:
    assert read_address(" hall.1@example.com ") == "hall.1@example.com"
