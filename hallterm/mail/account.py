"""What it takes to use a mail server."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from hallterm.configuration.mail_target import MailServer

_LONGEST = 1000
PATIENCE = 20.0
"""Seconds that a server gets for each answer."""


@dataclass(frozen=True, slots=True)
class Account:
    """A server, how to sign in, and whom to trust."""

    server: MailServer
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    """File with the certificates to trust; None for those of the system."""
    patience: float = PATIENCE


class PasswordFileError(Exception):
    """The password could not be read. code: exposed (others can read it), empty, unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_password(path: Path) -> str:
    """Return the first line of a file that only its owner can read.

    Raises:
        PasswordFileError: see there.
    """
    try:
        with path.open(encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise PasswordFileError("exposed")
            password = file.readline(_LONGEST).strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PasswordFileError("unreadable") from error
    if not password:
        raise PasswordFileError("empty")
    return password
