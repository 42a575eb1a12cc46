"""A letter as the bytes that travel. Whatever stands in a header is one line of plain signs."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from hallterm.domain.shown_text import line, paragraphs

FORM_HEADER = "X-Hallterm-Form"
"""Header that names the number of the form inside."""
_LONGEST_SUBJECT = 150
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one recipient."""

    message_id: str
    """As in the header, with its angle brackets. The same letter always has the same."""
    sender: str
    sender_name: str
    recipient: str
    """An address that `read_address` has let pass."""
    subject: str
    text: str
    at: datetime
    number: str
    """Number of the form."""
    file: bytes
    """The form as PDF."""


def file_name(number: str, ending: str) -> str:
    """Return the name of a form's file: letters, digits and hyphens of the number only."""
    kept = "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign == "-"))
    return f"form-{kept[:32] or '0'}.{ending}"


def compose(letter: Letter) -> bytes:
    """Return the letter as it is sent and kept, byte for byte the same for the same letter."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.at)
    name = line(letter.sender_name)[:_LONGEST_NAME]
    message["From"] = Address(name, addr_spec=letter.sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = line(letter.subject)[:_LONGEST_SUBJECT]
    message["Auto-Submitted"] = "auto-generated"
    message[FORM_HEADER] = line(letter.number)
    message.set_content(paragraphs(letter.text) + "\n", cte="base64")
    message.add_attachment(
        letter.file,
        maintype="application",
        subtype="pdf",
        filename=file_name(letter.number, "pdf"),
    )
    # Drawn by chance otherwise, and then no two makings of a letter would be the same bytes.
    message.set_boundary("=_" + "".join(c for c in letter.message_id if c.isalnum())[:60])
    return message.as_bytes()
