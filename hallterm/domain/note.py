"""What travels beside a command and its facts: everything that names or describes a person.

The log holds ids only. The words and numbers themselves stand in the persons' room of the store,
from which they can be erased without touching the log.
"""

from typing import Any

from pydantic import Field

from hallterm.domain.frozen import Frozen

LONGEST_NOTE = 2000
"""Characters of one note."""


class Note(Frozen):
    """Free words, an address or a contact, under an id that the log may hold."""

    id: str
    person_id: str | None = None
    """Whom it is about; erased with this person."""
    about: str
    """Id of the ticket, request or order that it belongs to."""
    text: str = Field(min_length=1, max_length=LONGEST_NOTE)


class StaffCard(Frozen):
    """What an account is called, and how its PIN is judged. None: stays as it was."""

    staff_id: str
    name: str | None = None
    pin_hash: str | None = None
    """argon2id, with its parameters."""
    public_key: str | None = None
    """Ed25519, base64; what the person's commands are signed with."""
    sealed_key: str | None = None
    """The private half under a key made from the PIN; see `desk.signatures`."""
    former_key: str | None = None
    """The public key before, believed for some days after the PIN was set anew."""
    key_since_ms: int | None = None
    """When `public_key` was made, milliseconds since the epoch."""


class Beside(Frozen):
    """What goes with a command or a fact and never into the log."""

    notes: tuple[Note, ...] = ()
    persons: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Person id → values of the fields that the command fills in, as the store keeps them."""
    staff: tuple[StaffCard, ...] = ()


NOTHING = Beside()
