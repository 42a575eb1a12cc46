"""Keys with which offices seal the forms they approve. Only public halves are ever in the log."""

from base64 import b32encode
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from pydantic import Field

from hallterm.domain.frozen import Frozen

PUBLIC_PATTERN = r"^[0-9a-f]{64}$"
KEY_ID_PATTERN = r"^[A-Z2-7]{8}$"
_ID_DIGITS = 8


class Office(StrEnum):
    """An office that seals (S0 §4.3)."""

    VIP_OFFICE = "vip_office"
    """大客户服务室."""
    HALL_OPERATIONS = "hall_operations"
    """营业管理室: approves."""
    HALL = "hall"
    """The assisting hall: records what was done."""


class OfficeKey(Frozen):
    """An Ed25519 key of an office."""

    key_id: str = Field(pattern=KEY_ID_PATTERN)
    office: Office
    public_key: str = Field(pattern=PUBLIC_PATTERN)
    added_at: datetime
    retired_at: datetime | None = None
    """Since then nothing is sealed with it; what it sealed before stays good."""
    revoked: bool = False
    """It got into wrong hands: nothing it sealed is good."""


def key_id_of(public_key: str) -> str:
    """Return the id of a public key: the first signs of its SHA-256, in Base32."""
    return b32encode(sha256(bytes.fromhex(public_key)).digest())[:_ID_DIGITS].decode()
