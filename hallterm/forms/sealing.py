"""Seals: Ed25519 signatures of an office over a part of a form, and the code in its QR picture."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from hallterm.domain.company.keys import key_id_of
from hallterm.domain.frozen import Frozen
from hallterm.forms.content import FormContent, Order, canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Part = Literal["order", "record"]

CODE_MARK = "HT1"
"""First letters of a code; the digit is the version of its shape."""
_KEY_ID = "[A-Z2-7]{8}"
_CODE = re.compile(rf"{CODE_MARK}:([A-Z0-9-]{{1,32}}):({_KEY_ID}):([A-Z2-7]{{154}})")
_DIGEST_BYTES, _SEAL_BYTES = 32, 64
_SEED = re.compile(r"[0-9a-f]{64}")


class Seal(Frozen):
    """A signature of an office over one part of a form."""

    part: Part
    key_id: str = Field(pattern=rf"^{_KEY_ID}$")
    signature: str = Field(pattern=r"^[0-9a-f]{128}$")


@dataclass(frozen=True, slots=True)
class Code:
    """What the QR picture holds: enough to tell that an office signed just this order."""

    number: str
    key_id: str
    digest: bytes
    """SHA-256 over the canonical order."""
    signature: bytes

    @property
    def text(self) -> str:
        """The code as text: capital letters and digits only, which a QR picture packs best."""
        return ":".join((CODE_MARK, self.number, self.key_id, _b32(self.digest + self.signature)))

    @classmethod
    def of(cls, order: Order, seal: Seal) -> "Code":
        """Make the code of a sealed order."""
        digest = sha256(canonical(order)).digest()
        return cls(order.number, seal.key_id, digest, bytes.fromhex(seal.signature))


def read_code(text: str) -> Code | None:
    """Read a code as scanned or typed; None when it is none."""
    found = _CODE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    number, key_id, packed = found.groups()
    try:
        both = base64.b32decode(packed + "=" * (-len(packed) % 8))
    except binascii.Error:
        return None
    # Base32 has more than one way to write the last signs; only the plain one is taken.
    if len(both) != _DIGEST_BYTES + _SEAL_BYTES or _b32(both) != packed:
        return None
    return Code(number, key_id, both[:_DIGEST_BYTES], both[_DIGEST_BYTES:])


def _b32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def new_secret() -> str:
    """Return a new private key, 64 hexadecimal digits."""
    import secrets  # noqa: PLC0415 - beside its one use

    return secrets.token_hex(32)


def public_of(secret: str) -> str:
    """Return the public key of a private one, 64 hexadecimal digits."""
    return _private(secret).public_key().public_bytes_raw().hex()


def seal_order(order: Order, secret: str) -> Seal:
    """Sign an order."""
    return _seal("order", _order_message(order.number, sha256(canonical(order)).digest()), secret)


def seal_record(content: FormContent, secret: str) -> Seal:
    """Sign what a hall did with an order."""
    return _seal("record", _record_message(content), secret)


def _seal(part: Part, message: bytes, secret: str) -> Seal:
    signature = _private(secret).sign(message).hex()
    return Seal(part=part, key_id=key_id_of(public_of(secret)), signature=signature)


def order_sealed(number: str, digest: bytes, signature: bytes, public: str) -> bool:
    """Say whether a signature over an order's number and digest holds."""
    return _holds(public, signature, _order_message(number, digest))


def holds(content: FormContent, seal: Seal, keys: Mapping[str, str]) -> bool:
    """Say whether a seal holds over this content. keys: id → public key."""
    public = keys.get(seal.key_id)
    if public is None:
        return False
    if seal.part == "record":
        return _holds(public, bytes.fromhex(seal.signature), _record_message(content))
    digest = sha256(canonical(content.order)).digest()
    return order_sealed(content.order.number, digest, bytes.fromhex(seal.signature), public)


def _order_message(number: str, digest: bytes) -> bytes:
    return b"hallterm form order 1\0" + number.encode() + b"\0" + digest


def _record_message(content: FormContent) -> bytes:
    order, record = (sha256(canonical(p)).digest() for p in (content.order, content.record))
    return b"hallterm form record 1\0" + order + record


def _private(secret: str) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - 40 ms

    if not _SEED.fullmatch(secret):
        raise ValueError("not a private key")
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))


def _holds(public: str, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - see _private
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - see _private

    key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
