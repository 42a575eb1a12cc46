"""Ids that sort by time: UUIDv7 (RFC 9562 §5.7)."""

import secrets
import uuid
from datetime import datetime


def new_id(now: datetime) -> str:
    """Return a new UUIDv7 for a moment (aware)."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
