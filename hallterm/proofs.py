"""Ed25519 keys and signatures as text, and the messages by which a device proves that it is itself.

Keys and signatures are base64. A device's private key never leaves it; the hub knows the public
half from the enrolment. What a device signs names its purpose first, so that a signature made for
one thing is none for another.
"""

import base64
import binascii
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PROOF_HEADER = "Hallterm-Proof"
"""Signature of the device over `request_message`, with every request that has an access token."""


def new_private_key() -> str:
    """Return a new private key."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - slow to load

    return _text(ed25519.Ed25519PrivateKey.generate().private_bytes_raw())


def public_key(private: str) -> str:
    """Return the public half of a private key."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - slow to load

    key = ed25519.Ed25519PrivateKey.from_private_bytes(base64.b64decode(private))
    return _text(key.public_key().public_bytes_raw())


def sign(private: str, message: bytes) -> str:
    """Return the signature over a message."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - slow to load

    key = ed25519.Ed25519PrivateKey.from_private_bytes(base64.b64decode(private))
    return _text(key.sign(message))


def holds(public: str, message: bytes, signature: str) -> bool:
    """Say whether a signature over a message is right; what is no key or no signature is wrong."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - slow to load

    try:
        _read_public(public).verify(_bytes(signature), message)
    except (ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=1024)
def _read_public(public: str) -> "Ed25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - slow to load

    return ed25519.Ed25519PublicKey.from_public_bytes(_bytes(public))


def is_public_key(text: str) -> bool:
    """Say whether a text is a public key."""
    try:
        return len(_bytes(text)) == 32  # noqa: PLR2004 - RFC 8032: 32 octets
    except ValueError:
        return False


def enrol_message(secret: str, device: str) -> bytes:
    """Return what a device signs to be enrolled: the code's secret and the name that it wants."""
    return f"hallterm-enrol\n{secret}\n{device}".encode()


def token_message(device: str, refresh: str) -> bytes:
    """Return what a device signs to be given new tokens."""
    return f"hallterm-token\n{device}\n{refresh}".encode()


def request_message(method: str, target: str, token: str, body: bytes) -> bytes:
    """Return what a device signs with each request.

    Args:
        method: GET or POST.
        target: path and query, as sent.
        token: the access token.
        body: the bytes as sent, so compressed where they were.
    """
    digest = hashlib.sha256(body).hexdigest()
    return f"hallterm-request\n{method}\n{target}\n{token}\n{digest}".encode()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(text: str) -> bytes:
    """Return what a base64 text stands for.

    Raises:
        ValueError: it is none.
    """
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
