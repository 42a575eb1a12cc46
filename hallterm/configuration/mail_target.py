"""Where mail goes and comes from, as settings write it.

``folder:PATH`` (files of type .eml), ``starttls://USER@HOST:587``, ``tls://USER@HOST:465`` or, for
a relay inside the house that asks for no password, ``plain://HOST:25``.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from hallterm.words import _

Security = Literal["starttls", "tls", "plain"]

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})")
_PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "plain": 25}
_IMAP_PORTS: dict[str, int] = {"starttls": 143, "tls": 993}
_FOLDER = "folder:"


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Mail as .eml files in a folder; for halls without a mail server."""

    path: Path


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that mail is given to or fetched from."""

    host: str
    port: int
    security: Security
    user: str = ""
    """Empty: nobody signs in."""
    mailbox: str = "INBOX"
    """Folder on the server; only for fetching."""


MailTarget = MailFolder | MailServer


def read_out(text: str, base: Path) -> MailTarget:
    """Read the setting ``mail_out``. base: folder that relative paths are taken from.

    Raises:
        ValueError: It isn't one; the message says in the terminal's language what would be right.
    """
    remedy = _("写成 folder:路径、starttls://用户@主机:587、tls://用户@主机:465 或 plain://主机:25")
    return _target(text, base, _PORTS, remedy)


def read_in(text: str, base: Path) -> MailTarget:
    """Read the setting ``mail_in``.

    Raises:
        ValueError: see `read_out`.
    """
    remedy = _("写成 folder:路径、tls://用户@主机:993/INBOX 或 starttls://用户@主机:143/INBOX")
    return _target(text, base, _IMAP_PORTS, remedy)


def read_address(text: str) -> str:
    """Read a mail address, plain and without a name.

    Raises:
        ValueError: It isn't one.
    """
    address = text.strip()
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise ValueError(_("写一个邮箱地址，例如 hall@example.com"))
    return address


def _target(text: str, base: Path, ports: dict[str, int], remedy: str) -> MailTarget:
    text = text.strip()
    if not text.isprintable():
        raise ValueError(remedy)
    if text.startswith(_FOLDER):
        path = text.removeprefix(_FOLDER).strip()
        if not path:
            raise ValueError(remedy)
        return MailFolder((base / Path(path).expanduser()).absolute())
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(remedy) from wrong
    security = next((name for name in ("starttls", "tls", "plain") if name == parts.scheme), None)
    if security is None or security not in ports or not parts.hostname or parts.password:
        raise ValueError(remedy)
    user = unquote(parts.username or "")
    if security == "plain" and user:
        raise ValueError(_("密码不能不加密地发出去：用 starttls:// 或 tls://"))
    if not f"{user}{parts.path}".isprintable() or any(s.isspace() for s in parts.hostname):
        raise ValueError(remedy)
    mailbox = unquote(parts.path.strip("/")) or "INBOX"
    return MailServer(
        parts.hostname,
        port or ports[security],
        "starttls" if security == "starttls" else "tls" if security == "tls" else "plain",
        user,
        mailbox,
    )
