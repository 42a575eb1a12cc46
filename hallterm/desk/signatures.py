"""Who gave a command: each member of staff signs with a key that only the PIN unlocks.

The public half stands on the staff record and travels to the hub; the private half stands beside
it, sealed under a key made from the PIN (argon2id with a salt of its own). A terminal unseals it
when the person signs in and keeps it in memory only, so that a device alone can't act as somebody
who isn't there. A PIN has few digits: whoever has an opened store can try them all in hours, as
with the PIN's hash. What this protects against is a device, not its owner with the file's key.
"""

import base64
import json
import os
from dataclasses import dataclass

from hallterm.proofs import new_private_key, public_key, sign

_SALT, _NONCE, _KEY = 16, 12, 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What argon2id costs, as `argon2.PasswordHasher` names it."""

    time_cost: int = 2
    memory_cost: int = 19 * 1024
    parallelism: int = 1


@dataclass(frozen=True, slots=True)
class StaffKeys:
    """A member of staff's key pair as the staff record keeps it."""

    public_key: str
    sealed_key: str


def make_keys(staff_id: str, pin: str, cost: Cost, private: str = "") -> StaffKeys:
    """Return a key pair sealed under a PIN: a new one, or one that is at hand."""
    private = private or new_private_key()
    return StaffKeys(public_key(private), _seal(private, staff_id, pin, cost))


def _seal(private: str, staff_id: str, pin: str, cost: Cost) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - only when unlocking
        AESGCM,
    )

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    key = _derived(pin, salt, cost)
    sealed = AESGCM(key).encrypt(nonce, private.encode("ascii"), staff_id.encode("ascii"))
    figures = {"t": cost.time_cost, "m": cost.memory_cost, "p": cost.parallelism}
    return json.dumps({**figures, "salt": _text(salt), "nonce": _text(nonce), "key": _text(sealed)})


def unseal(sealed_key: str, staff_id: str, pin: str) -> str | None:
    """Return the private key, or None when the PIN or the record is not the right one."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see _seal
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see _seal

    try:
        box = json.loads(sealed_key)
        cost = Cost(box["t"], box["m"], box["p"])
        key = _derived(pin, base64.b64decode(box["salt"]), cost)
        nonce, sealed = base64.b64decode(box["nonce"]), base64.b64decode(box["key"])
        return AESGCM(key).decrypt(nonce, sealed, staff_id.encode("ascii")).decode("ascii")
    except (InvalidTag, KeyError, TypeError, ValueError):
        return None


def _derived(pin: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - see _seal

    return hash_secret_raw(
        pin.encode("ascii"),
        salt,
        time_cost=cost.time_cost,
        memory_cost=cost.memory_cost,
        parallelism=cost.parallelism,
        hash_len=_KEY,
        type=Type.ID,
    )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


class Keyring:
    """The unlocked keys of whoever has signed in to this process."""

    def __init__(self) -> None:
        self.needed = False
        """Whether commands go to a hub; without one, nothing is unlocked at a sign-in."""
        self._keys: dict[str, str] = {}

    def unlock(self, staff_id: str, sealed_key: str, pin: str) -> None:
        """Keep the private key that the PIN unlocks, if it does."""
        private = unseal(sealed_key, staff_id, pin)
        if private:
            self._keys[staff_id] = private

    def key_of(self, staff_id: str) -> str:
        """Return an unlocked private key; empty when it isn't."""
        return self._keys.get(staff_id, "")

    def lock(self, staff_id: str) -> None:
        """Forget somebody's key."""
        self._keys.pop(staff_id, None)

    def lock_all(self) -> None:
        """Forget every key, as when nobody is at the terminal any more."""
        self._keys.clear()

    def sign(self, actor: str, digest: str) -> str:
        """Return the actor's signature over an envelope's digest.

        It is empty for a machine, and for somebody whose key is not unlocked.
        """
        private = self._keys.get(actor)
        return sign(private, digest.encode("ascii")) if private else ""
