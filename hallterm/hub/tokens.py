"""Tokens: what a device shows instead of being asked for its key's history each time.

A token says whose it is and is sealed (HMAC-SHA-256) with the hub's own secret, so that nothing
has to be looked up to see that it is genuine. It is worth nothing without the device's key: every
request is signed as well.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Literal

from hallterm.joining import ACCESS_SECONDS, Tokens

Kind = Literal["access", "refresh"]


@dataclass(frozen=True, slots=True)
class Token:
    """What a genuine token says."""

    kind: str
    device: str
    family: str
    generation: int
    expires_ms: int
    """0 for a refresh token, which holds until it is used or its family ends."""


class TokenMint:
    """Makes tokens and knows its own."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def pair(self, device: str, family: str, generation: int, now_ms: int) -> Tokens:
        """Return the tokens of a generation."""
        ends = now_ms + ACCESS_SECONDS * 1000
        return Tokens(
            access=self._made(Token("access", device, family, generation, ends)),
            access_s=ACCESS_SECONDS,
            refresh=self._made(Token("refresh", device, family, generation, 0)),
        )

    def _made(self, token: Token) -> str:
        said = [token.kind, token.device, token.family, token.generation, token.expires_ms]
        words = _text(json.dumps(said, separators=(",", ":")).encode())
        return f"{words}.{_text(self._seal(words))}"

    def _seal(self, words: str) -> bytes:
        return hmac.digest(self._secret, words.encode(), hashlib.sha256)

    def read(self, text: str, kind: Kind) -> Token | None:
        """Return what a token says, or None when this hub has not made it for this use."""
        words, _dot, seal = text.partition(".")
        try:
            genuine = hmac.compare_digest(_bytes(seal), self._seal(words))
            token = Token(*json.loads(_bytes(words))) if genuine else None
        except (ValueError, TypeError, binascii.Error):
            return None
        return token if token and token.kind == kind else None


def new_family() -> str:
    """Return the name of a new line of refresh tokens."""
    return secrets.token_hex(8)


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
