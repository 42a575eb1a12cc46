"""Giving one letter to a mail server, and telling apart what became of it.

A server that was lost after the letter's text went out may have taken it or not: nobody can know.
That is the outcome UNCERTAIN, which is never sent again by itself.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hallterm.domain.shown_text import line
from hallterm.mail.account import Account

if TYPE_CHECKING:
    from aiosmtplib import SMTP

OPENING = 60.0
"""Seconds in all until the letter's text may be sent."""
_PERMANENT = 500
_LONGEST = 200


class Outcome(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    """The server has taken it."""
    LATER = "later"
    """It has not, and may next time."""
    REFUSED = "refused"
    """It has not and will not: the address or the letter is wrong."""
    UNCERTAIN = "uncertain"
    """It may have."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of a letter, and what the server said, one short line."""

    outcome: Outcome
    said: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter with whom it is from and to, for the server."""

    sender: str
    recipient: str
    message: bytes


def send(account: Account, envelope: Envelope, before_text: Callable[[], None]) -> Sending:
    """Give a letter to the server.

    before_text: called once the server has taken sender and recipient, just before the text goes
    out; what it raises ends the sending with nothing sent.
    """
    return asyncio.run(_send(account, envelope, before_text))


async def _send(account: Account, envelope: Envelope, before_text: Callable[[], None]) -> Sending:
    import aiosmtplib  # noqa: PLC0415 - only whoever sends needs it

    client: SMTP | None = None
    try:
        client = _client(account)
        async with asyncio.timeout(OPENING):
            await client.connect()
            await client.mail(envelope.sender)
            await client.rcpt(envelope.recipient)
    except aiosmtplib.SMTPAuthenticationError as error:
        return await _leave(client, Sending(Outcome.LATER, _said(error)))
    except aiosmtplib.SMTPResponseException as error:
        wrong = isinstance(error, aiosmtplib.SMTPSenderRefused | aiosmtplib.SMTPRecipientRefused)
        final = wrong and error.code >= _PERMANENT
        return await _leave(
            client, Sending(Outcome.REFUSED if final else Outcome.LATER, _said(error))
        )
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
        return await _leave(client, Sending(Outcome.LATER, _said(error)))
    try:
        before_text()
    except BaseException:
        client.close()
        raise
    return await _give(client, envelope.message)


async def _give(client: "SMTP", message: bytes) -> Sending:
    import aiosmtplib  # noqa: PLC0415 - see _send

    try:
        answer = await client.data(message)
    except aiosmtplib.SMTPDataError as error:
        final = error.code >= _PERMANENT
        sending = Sending(Outcome.REFUSED if final else Outcome.LATER, _said(error))
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        sending = Sending(Outcome.UNCERTAIN, _said(error))
    else:
        sending = Sending(Outcome.SENT, line(answer.message)[:_LONGEST])
    with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
        await client.quit()
    return await _leave(client, sending)


def _client(account: Account) -> "SMTP":
    import aiosmtplib  # noqa: PLC0415 - see _send

    server, file = account.server, account.authorities
    trusting = ssl.create_default_context(cafile=str(file) if file else None)
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=account.password or None,
        local_hostname="hallterm.localhost",  # the machine's own name is nobody's business
        timeout=account.patience,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=None if server.security == "plain" else trusting,
    )


async def _leave(client: "SMTP | None", sending: Sending) -> Sending:
    if client is not None:
        client.close()
        await asyncio.sleep(0.01)  # the loop lets go of the connection in its next turns
    return sending


def _said(error: Exception) -> str:
    return line(str(error) or type(error).__name__)[:_LONGEST]
