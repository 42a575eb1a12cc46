"""What terminals and a hub say to each other: commands up, facts down.

An envelope carries one command with everything needed to decide it again. A device numbers its
envelopes 1, 2, 3 … and each names the digest of the one before: a gap or a second history shows.
"""

import hashlib
import json
from typing import Any

from pydantic import ConfigDict, Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.note import NOTHING, Beside
from hallterm.domain.stream import StreamKind

_EMPTY = hashlib.sha256(b"{}").hexdigest()
"""Stands for nothing beside, without salt."""
MOST_COMMANDS = 1000
"""Commands of one push."""
MOST_BYTES = 1 << 20
"""Bytes of one push, inflated."""
MOST_FACTS = 2000
"""Facts of one answer to a pull."""

ID = Field(min_length=1, max_length=64)


class Strict(Frozen):
    """A value from the network: no key too many, no number given as a text or the other way."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Envelope(Strict):
    """One command on its way to its home."""

    id: str = ID
    """UUIDv7; the same for every try."""
    device: str = ID
    device_seq: int = Field(ge=1)
    """Place in the device's own chain: 1, 2, 3 …"""
    previous: str = Field(max_length=64)
    """Digest of the envelope before; empty for the first."""
    stream: StreamKind
    type: str = ID
    """Name of the command's class."""
    payload: dict[str, Any]
    """The command's fields as JSON has them."""
    actor: str = ID
    """工号, or the device's name for a machine."""
    at_ms: int
    """Adjusted time, milliseconds since the epoch."""
    wall_ms: int = 0
    """The device's own clock, unadjusted."""
    mono_ms: int = 0
    """The device's monotonic clock, milliseconds since `boot`."""
    boot: str = ""
    """Id of the device's start that `mono_ms` counts from."""
    company_seq: int = Field(default=0, ge=0)
    """Place in the company stream up to which configuration, staff and roles were known."""
    beside: Beside = NOTHING
    salt: str = ""
    """Random; keeps `beside` from being guessed from the digest once it is erased."""
    signature: str = Field(default="", max_length=256)
    """The actor's, over the digest; empty for machines."""

    @property
    def digest(self) -> str:
        """SHA-256 over everything but signature, personal data and salt, which it names by hash."""
        told = self.model_dump(mode="json", exclude={"signature", "beside", "salt"})
        told["beside"] = _EMPTY
        if self.salt or self.beside != NOTHING:
            words = canonical(self.beside.model_dump(mode="json", exclude_defaults=True))
            told["beside"] = hashlib.sha256(self.salt.encode() + words).hexdigest()
        return hashlib.sha256(canonical(told)).hexdigest()


class Push(Strict):
    """Envelopes of one device, in the order of its chain."""

    epoch: int = Field(ge=1)
    """Epoch of the hub's streams as the terminal knows it."""
    sent_ms: int = 0
    """Adjusted time of sending; 0: not told. Shows a clock that is far off."""
    commands: list[Envelope] = Field(max_length=MOST_COMMANDS)


class Pushed(Strict):
    """What the home has now: durable, but whether each command stood is told by the facts."""

    device_seq: int
    """Last place of the device's chain that the home has."""
    heads: dict[str, int]
    """Stream → last place given out."""


class WireFact(Strict):
    """A fact as it travels to the terminals, with the personal data that goes beside it."""

    seq: int
    id: str
    type: str
    payload: dict[str, Any]
    actor: str
    device: str
    at_ms: int
    command_id: str
    device_seq: int | None = None
    device_hash: str | None = None
    beside: Beside = NOTHING
    """Empty when there is none, or when it was erased since."""


class Facts(Strict):
    """A contiguous piece of a stream."""

    stream: str
    epoch: int
    after: int
    """The first fact has the place after this one."""
    head: int
    """Last place given out when this was read."""
    facts: list[WireFact]


class Problem(Strict):
    """Why a request was not taken, and what is expected instead."""

    code: str
    """gap, fork, epoch, device_unknown, device_revoked, stream_unknown, too_large …"""
    expected: dict[str, Any] = Field(default_factory=dict)


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one way in which a value is written when it is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
