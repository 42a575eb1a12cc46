"""Fetching letters from a mailbox. Nothing on the server is changed, not even "seen"."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from hallterm.domain.shown_text import line
from hallterm.mail.account import Account

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

_AT_ONCE = 200
"""Headers asked for in one go."""
_LONGEST = 200


class NotFetchedError(Exception):
    """The mailbox could not be read; the message says what was said, one short line."""


def fetch(account: Account, *, since: date, known: Callable[[str], bool]) -> Iterator[bytes]:
    """Return letters of a mailbox that came since a date, oldest first.

    known: says of a Message-ID whether this letter was taken before; it is not loaded then.

    Raises:
        NotFetchedError: see there.
    """
    import imaplib  # noqa: PLC0415 - only whoever fetches needs these

    from imap_tools import AND  # noqa: PLC0415
    from imap_tools.errors import ImapToolsError  # noqa: PLC0415

    try:
        with _signed_in(account) as mailbox:
            wanted = [
                message.uid
                for message in mailbox.fetch(
                    AND(date_gte=since), mark_seen=False, headers_only=True, bulk=_AT_ONCE
                )
                if message.uid and not known(_id_of(message.obj["Message-ID"]))
            ]
            for uid in wanted:
                for message in mailbox.fetch(uid_list=[uid], mark_seen=False):
                    yield message.obj.as_bytes()
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
        raise NotFetchedError(line(str(error) or type(error).__name__)[:_LONGEST]) from error


@contextmanager
def _signed_in(account: Account) -> "Iterator[BaseMailBox]":
    import imaplib  # noqa: PLC0415 - see fetch

    mailbox, server = _mailbox(account), account.server
    try:
        mailbox.login(server.user, account.password, server.mailbox)
        yield mailbox
    finally:
        try:
            mailbox.client.logout()
        except (imaplib.IMAP4.error, OSError):
            mailbox.client.shutdown()


def _id_of(header: object) -> str:
    return line(str(header or ""))


def _mailbox(account: Account) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls  # noqa: PLC0415 - see fetch

    server, file = account.server, account.authorities
    trusting = ssl.create_default_context(cafile=str(file) if file else None)
    kind = MailBox if server.security == "tls" else MailBoxStartTls
    return kind(server.host, server.port, timeout=account.patience, ssl_context=trusting)
