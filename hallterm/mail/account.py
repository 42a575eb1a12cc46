"""What it takes to use a mail server."""

from dataclasses import dataclass, field
from pathlib import Path

from hallterm.configuration.mail_target import MailServer

PATIENCE = 20.0
"""Seconds that a server gets for each answer."""


@dataclass(frozen=True, slots=True)
class Account:
    """A server, how to sign in, and whom to trust."""

    server: MailServer
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    """File with the certificates to trust; None for those of the system."""
    patience: float = PATIENCE
