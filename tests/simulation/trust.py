"""Who can sign as whom: people unlock their keys with PINs, and a device that has gone bad can't.

Now and then a terminal acts under somebody's name although nobody is there. What it sends then
bears no signature of that person, and must come to nothing at the home.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.signatures import Keyring, unseal
from hallterm.desk.verifying import UNSIGNED
from hallterm.proofs import sign
from tests.simulation.unlike import Unlike
from tests.support.rulebook import PIN

if TYPE_CHECKING:
    from tests.simulation.terminal import SimTerminal

PINS = (PIN, "975318")
"""Whatever is set by somebody in the simulation is one of these."""
UNTRUSTED = frozenset({"signature_wrong", "signature_without_key", "actor_unknown"})
KEY_CHANGING = frozenset({"ChangePin", "HireStaff"})
"""Commands after which two terminals may hold different keys of one person for a while."""
_SEALED = "SELECT sealed_key FROM staff_record WHERE staff_id = ?"


class PinPad(Keyring):
    """Everybody who acts at the terminal has typed the PIN, unless nobody is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unsealed: dict[str, str] = {}
        self.nobody = False
        """Whether the terminal acts by itself under people's names."""

    def key_of(self, staff_id: str) -> str:
        """Return the key that the person's PIN unlocks in this terminal's store."""
        if self.nobody:
            return ""
        sealed = self._desk.connection.exec_driver_sql(_SEALED, (staff_id,)).scalar()
        if not sealed:
            return ""
        if sealed not in self._unsealed:
            opened = (unseal(sealed, staff_id, pin) for pin in PINS)
            self._unsealed[sealed] = next((one for one in opened if one), "")
        return self._unsealed[sealed]

    def sign(self, actor: str, digest: str) -> str:
        """Return the actor's signature, if the actor is there."""
        private = self.key_of(actor)
        return sign(private, digest.encode("ascii")) if private else ""


@dataclass(frozen=True, slots=True)
class Forged:
    """A command that a terminal gave under the name of somebody who was not there."""

    command_id: str
    type: str


def is_forged(kind: str, actor: str, device: str) -> bool:
    """Say whether a command given with nobody there needs a signature that it can't have."""
    return actor != device and kind not in UNSIGNED


def check_forged(hub: sa.Connection, terminal: "SimTerminal") -> Iterator[Unlike]:
    """See that nothing came of what a terminal did under another's name."""
    asked = "SELECT type, payload FROM event WHERE command_id = ?"
    for one in terminal.forged:
        for row in hub.exec_driver_sql(asked, (one.command_id,)):
            if not row.type.endswith("command_settled"):
                yield Unlike("forged_carried_out", terminal.device, f"{one.type} → {row.type}")


def keys_moved(terminals: Iterable["SimTerminal"]) -> frozenset[str]:
    """Return those whose key was changed by somebody: an honest signature may be an old one."""
    return frozenset(
        one.about
        for terminal in terminals
        for one in terminal.confirmed
        if one.type in KEY_CHANGING
    )
