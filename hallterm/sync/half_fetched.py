"""A snapshot that is being fetched: what has come so far outlives the process that fetches it."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from hallterm.joining import SnapshotMade

_NONCE = 12


class HalfFetched:
    """Two files beside the store: the pieces that have come, and what they are pieces of.

    The second holds the first one's key, so it is sealed with a secret that only the store holds.

    folder: where the files lie.
    secret: the device's private key.
    """

    def __init__(self, folder: Path, secret: str) -> None:
        self.path = folder / ".hallterm-snapshot"
        self._about = folder / ".hallterm-snapshot-about"
        self._seal = AESGCM(hashlib.sha256(f"half-fetched snapshot {secret}".encode()).digest())

    def made(self) -> SnapshotMade | None:
        """Return what is being fetched; None when nothing is, or when it can't be read."""
        try:
            sealed = self._about.read_bytes()
            text = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
            return SnapshotMade.model_validate_json(text)
        except (OSError, InvalidTag, ValidationError, ValueError):
            return None

    def begin(self, made: SnapshotMade) -> None:
        """Note what is being fetched from now on; nothing of it has come.

        Raises:
            OSError: it can't be written.
        """
        self.forget()
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._seal.encrypt(nonce, made.model_dump_json().encode(), None)
        for path, content in ((self.path, b""), (self._about, sealed)):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)

    def pieces(self, made: SnapshotMade) -> int:
        """Return how many whole pieces have come; a part of one is dropped.

        Raises:
            OSError: it can't be written.
        """
        size = self.path.stat().st_size if self.path.exists() else 0
        if size >= made.bytes:
            return -(-made.bytes // made.piece_bytes)
        whole = size // made.piece_bytes
        if self.path.exists():
            os.truncate(self.path, whole * made.piece_bytes)
        return whole

    def add(self, piece: bytes) -> None:
        """Put the next piece to the others.

        Raises:
            OSError: it can't be written.
        """
        with self.path.open("ab") as file:
            file.write(piece)

    def forget(self) -> None:
        """Delete both files."""
        for path in (self.path, self._about):
            with suppress(OSError):
                path.unlink(missing_ok=True)
