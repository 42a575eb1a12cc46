"""Taking a letter that came from anywhere apart; a broken one gives what can be read of it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

from hallterm.domain.shown_text import line
from hallterm.mail.letter import FORM_HEADER

LARGEST = 25_000_000
"""Largest letter that is looked at, bytes."""
_MOST_PARTS = 50
_NUMBER = re.compile(r"(?<![A-Z0-9])(?:(?!FORM-)[A-Z]{1,4}-)?\d{4,8}-\d{3,6}(?![A-Z0-9-])")
"""Numbers of forms, as they may stand in a subject or in the name of a file."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a letter brings."""

    message_id: str
    """As in the header; made of the letter's digest where there is none."""
    sender: str
    """Address only."""
    subject: str
    at: datetime | None
    numbers: tuple[str, ...]
    """Numbers of forms that it names, in the order found."""
    pages: tuple[bytes, ...]
    """Attached PDF files."""
    digest: str
    """SHA-256 over the whole letter, hexadecimal."""


def take_apart(data: bytes) -> Incoming:
    """Return what a letter brings.

    Raises:
        ValueError: It is too large, or no letter at all.
    """
    if len(data) > LARGEST:
        raise ValueError("too large")
    message = message_from_bytes(data, policy=default)
    if not message.keys():
        raise ValueError("no letter")
    digest = sha256(data).hexdigest()
    own = _header(message, "Message-ID")
    subject = _header(message, "Subject")
    files = _files(message)
    named = "\n".join((_header(message, FORM_HEADER), subject, *(name for name, _data in files)))
    return Incoming(
        message_id=own if own.startswith("<") and own.endswith(">") else f"<{digest}@no-id>",
        sender=parseaddr(_header(message, "From"))[1][:254],
        subject=subject,
        at=_moment(_header(message, "Date")),
        numbers=numbers_in(named),
        pages=tuple(content for _name, content in files if content.startswith(b"%PDF-")),
        digest=digest,
    )


def numbers_in(text: str) -> tuple[str, ...]:
    """Return what may be numbers of forms in a text, each once, in the order found."""
    return tuple(dict.fromkeys(_NUMBER.findall(text.upper())))


def _header(message: Message, name: str) -> str:
    try:
        return line(str(message.get(name, "")))[:998]
    except Exception:  # noqa: BLE001 - the parser of headers has many ways to fail on bad ones
        return ""


def _files(message: Message) -> list[tuple[str, bytes]]:
    parts = (part for part, _place in zip(message.walk(), range(_MOST_PARTS), strict=False))
    named = (_file(part) for part in parts if not part.is_multipart())
    return [file for file in named if file is not None]


def _file(part: Message) -> tuple[str, bytes] | None:
    if part.get_content_maintype() == "text":
        return None
    try:
        content, name = part.get_payload(decode=True), line(part.get_filename() or "")
    except Exception:  # noqa: BLE001 - as above: a part that can't be decoded is no file
        return None
    return (name, content) if isinstance(content, bytes) else None


def _moment(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None
