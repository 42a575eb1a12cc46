"""What carries a letter out of the building: a mail server, or a folder where there is none."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hallterm.domain.shown_text import line
from hallterm.mail.account import Account
from hallterm.mail.smtp import Envelope, Outcome, Sending, send

_NAME = re.compile(r"[^A-Za-z0-9-]")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter to be carried."""

    id: str
    """Names the file in a folder; the same letter gives the same file."""
    recipient: str
    message: bytes


class Carrier(Protocol):
    """Takes letters."""

    @property
    def files(self) -> bool:
        """Whether it puts letters into a folder: nobody has been sent anything."""

    def carry(self, parcel: Parcel, before_text: Callable[[], None]) -> Sending:
        """Carry one letter. `before_text` is called just before it may leave the building."""


@dataclass(frozen=True, slots=True)
class ServerCarrier:
    """A mail server."""

    account: Account
    sender: str
    files: bool = False

    def carry(self, parcel: Parcel, before_text: Callable[[], None]) -> Sending:
        """Give the letter to the server."""
        envelope = Envelope(self.sender, parcel.recipient, parcel.message)
        return send(self.account, envelope, before_text)


@dataclass(frozen=True, slots=True)
class FolderCarrier:
    """An outbox folder of .eml files, which any mail program opens."""

    folder: Path
    files: bool = True

    def carry(self, parcel: Parcel, before_text: Callable[[], None]) -> Sending:  # noqa: ARG002
        """Write the letter; one that is written again is the same file, so nothing is doubtful."""
        name = _NAME.sub("", parcel.id)[:64] or "letter"
        try:
            put(self.folder, f"{name}.eml", parcel.message)
        except OSError as error:
            return Sending(Outcome.LATER, line(error.strerror or str(error))[:_LONGEST])
        return Sending(Outcome.SENT, f"{name}.eml")


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all, readable by its owner only.

    name: of this program's own making; nothing that was typed.

    Raises:
        OSError: it could not be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, part = folder / name, folder / f".{name}.part"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path
