"""Whether a command's actor has given it: what a home asks before it decides."""

from collections.abc import Callable
from typing import Protocol

import sqlalchemy as sa

from hallterm.domain.refusal import Refusal, refuse
from hallterm.proofs import holds
from hallterm.wire import Envelope

UNSIGNED = frozenset({"SignIn", "SignOut"})
"""Commands by which nothing is done but counting wrong PINs: a wrong PIN unlocks no key."""
WITH_CARDS = frozenset({"HireStaff", "ChangePin", "RenameStaff"})
"""Commands that may bring a card of the staff along: that of the account which they are about."""
FORMER_KEY_MS = 7 * 24 * 3600 * 1000
"""For how long after a PIN was set anew work signed before it is still believed."""

_KEYS = "SELECT public_key, former_key, key_since_ms FROM staff_record WHERE staff_id = ?"


class Verifying(Protocol):
    """Says whether commands are their actors'."""

    def refused(self, envelope: Envelope, digest: str) -> Refusal | None:
        """Refuse a command that its actor has not given; asked inside the transaction."""


class Believing:
    """Believes whatever comes, where terminals and home are one program."""

    def refused(self, envelope: Envelope, digest: str) -> Refusal | None:  # noqa: ARG002 - as asked
        """Refuse nothing."""
        return None


class Verifier:
    """Checks against the keys on the staff's records.

    connection: the home's store; read inside the transaction that receives.
    now_ms: the home's clock.
    """

    def __init__(self, connection: sa.Connection, now_ms: Callable[[], int]) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - it was opened
        self._driver, self._now_ms = driver, now_ms

    def refused(self, envelope: Envelope, digest: str) -> Refusal | None:
        """Refuse a command that its actor has not given, or that brings another's card along."""
        if envelope.beside.staff and not _own_cards(envelope):
            return refuse("card_of_other", staff=envelope.actor)
        if envelope.type in UNSIGNED:
            return None
        actor = envelope.actor
        public, former, since_ms = self._key(actor)
        if public is None:
            machine = actor == envelope.device
            return None if machine else refuse("actor_unknown", staff=actor)
        if not public:
            return refuse("signature_without_key", staff=actor)
        message = digest.encode("ascii")
        right = holds(public, message, envelope.signature) or (
            bool(former)
            and self._now_ms() - since_ms < FORMER_KEY_MS
            and holds(former, message, envelope.signature)
        )
        return None if right else refuse("signature_wrong", staff=actor)

    def _key(self, actor: str) -> tuple[str | None, str, int]:
        """Return an actor's key, the one before it, and when it took its place; None: nobody."""
        # By the driver itself: asked for every command of every push.
        row = self._driver.execute(_KEYS, (actor,)).fetchone()
        return row or (None, "", 0)


def _own_cards(envelope: Envelope) -> bool:
    """Say whether the cards are those of the account that the command is about.

    Else whoever may give any command at all could put a key of their own on a manager's card.
    """
    about = envelope.payload.get("staff_id")
    return envelope.type in WITH_CARDS and all(
        card.staff_id == about for card in envelope.beside.staff
    )
