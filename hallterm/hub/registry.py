"""Whom the hub lets in: codes, devices, lines of tokens. Every change is a row in the store.

Functions that change something are to be called inside a write transaction.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.domain.company.state import STAFF_ID_PATTERN, HallProfile
from hallterm.hub.tokens import Token, new_family
from hallterm.joining import CODE_SECONDS, LONGEST_DEVICE
from hallterm.store.hub_tables import HubCodeRow, HubDeviceRow, HubSecretRow
from hallterm.store.log import COMPANY, hall_stream
from hallterm.store.tables import table_of

_codes, _devices = table_of(HubCodeRow), table_of(HubDeviceRow)
_secrets = table_of(HubSecretRow)
_TOKEN_SECRET = "tokens"  # noqa: S105 - what the row is called
_SECRET_BYTES = 32
_PROFILE = "SELECT document FROM company WHERE kind = 'profile'"


@dataclass(frozen=True, slots=True)
class Device:
    """A terminal that was enrolled."""

    id: str
    hall: str
    public_key: str
    lane: int
    enrolled_ms: int
    family: str
    generation: int
    used: bool
    revoked_ms: int | None
    revoked_why: str

    @property
    def streams(self) -> tuple[str, ...]:
        """Streams that it may follow and write to; configuration before what it holds for."""
        return (COMPANY, hall_stream(self.hall))


def token_secret(connection: sa.Connection) -> bytes:
    """Return the secret under all tokens, inside a write transaction; the first call makes it."""
    chosen = sa.select(_secrets.c.value).where(_secrets.c.name == _TOKEN_SECRET)
    value = connection.execute(chosen).scalar()
    if value is None:
        value = secrets.token_hex(_SECRET_BYTES)
        connection.execute(sa.insert(_secrets), {"name": _TOKEN_SECRET, "value": value})
    return bytes.fromhex(value)


def devices(connection: sa.Connection) -> Iterator[Device]:
    """Return all devices, those that were revoked too, by name."""
    for row in connection.execute(sa.select(_devices).order_by(_devices.c.id)).mappings():
        yield Device(**row)


def device(connection: sa.Connection, device_id: str) -> Device | None:
    """Return one device."""
    one = sa.select(_devices).where(_devices.c.id == device_id)
    row = connection.execute(one).mappings().first()
    return Device(**row) if row else None


def own_hall(connection: sa.Connection) -> str:
    """Return the id of the hall that the store's streams are of; empty before it is set up."""
    document = connection.exec_driver_sql(_PROFILE).scalar()
    return HallProfile.model_validate_json(document).id if document else ""


def keep_code(connection: sa.Connection, secret: str, hall: str, now_ms: int) -> int:
    """Let a code be used; return when it ends (ms). Codes that have ended are forgotten."""
    connection.execute(sa.delete(_codes).where(_codes.c.expires_ms < now_ms))
    ends = now_ms + CODE_SECONDS * 1000
    row = {"digest": _digest(secret), "hall": hall, "expires_ms": ends}
    connection.execute(sa.insert(_codes), row)
    return ends


def enrol(
    connection: sa.Connection, secret: str, wanted: str, public_key: str, now_ms: int
) -> Device | None:
    """Take a device in by its code; None when there is no such code, it ended, or was used.

    The answer may have been lost on its way: whoever used the code may ask again with its key.
    """
    found = sa.select(_codes).where(_codes.c.digest == _digest(secret))
    code = connection.execute(found).first()
    if code is None or code.expires_ms <= now_ms:
        return None
    if code.device is not None:
        before = device(connection, code.device)
        return before if before and before.public_key == public_key else None
    name = _free_name(connection, wanted)
    made = Device(
        id=name,
        hall=code.hall,
        public_key=public_key,
        lane=1 + int(connection.execute(sa.select(sa.func.max(_devices.c.lane))).scalar() or 0),
        enrolled_ms=now_ms,
        family=new_family(),
        generation=1,
        used=False,
        revoked_ms=None,
        revoked_why="",
    )
    values = {column.name: getattr(made, column.name) for column in _devices.columns}
    connection.execute(sa.insert(_devices), values)
    connection.execute(sa.update(_codes).where(_codes.c.digest == code.digest).values(device=name))
    return made


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _free_name(connection: sa.Connection, wanted: str) -> str:
    """Return the wanted name, or that with a number; never one that a person could have."""
    taken = {row.id for row in connection.execute(sa.select(_devices.c.id))}
    name = f"terminal-{wanted}" if re.fullmatch(STAFF_ID_PATTERN, wanted) else wanted
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST_DEVICE - 5]}-{number}"
    return free


def rotate(connection: sa.Connection, token: Token, now_ms: int) -> Device | None:
    """Use a refresh token up; return the device with its newest generation, None if unknown.

    A token that was used up before shuts the device out: somebody has a copy. One exception: the
    last one may come again as long as nothing made from it was ever shown, because then the
    answer was lost on its way.
    """
    one = device(connection, token.device)
    if one is None or token.family != one.family:
        return None
    if one.revoked_ms is not None or (token.generation == one.generation - 1 and not one.used):
        return one
    if token.generation == one.generation:
        changes = {"generation": one.generation + 1, "used": False}
        connection.execute(sa.update(_devices).where(_devices.c.id == one.id).values(changes))
    else:
        revoke(connection, one.id, "token_reused", now_ms)
    return device(connection, one.id)


def note_used(connection: sa.Connection, device_id: str, generation: int) -> None:
    """Note that the newest tokens were shown."""
    one = (_devices.c.id == device_id) & (_devices.c.generation == generation)
    connection.execute(sa.update(_devices).where(one).values(used=True))


def revoke(connection: sa.Connection, device_id: str, why: str, now_ms: int) -> bool:
    """Shut a device out for good; say whether there was one to shut out."""
    one = (_devices.c.id == device_id) & _devices.c.revoked_ms.is_(None)
    changes = {"revoked_ms": now_ms, "revoked_why": why}
    return connection.execute(sa.update(_devices).where(one).values(changes)).rowcount == 1
