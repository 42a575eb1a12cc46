"""A real SMTP server in a thread, which can be told to misbehave."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from tests.support.certificates import HOST, Certificates

USER, PASSWORD = "hall", "right-password"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@dataclass
class PostOffice:
    """What the server does with letters, and what has arrived."""

    port: int = 0
    arrived: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Sender, recipient, message of each."""
    sender_answer: str = "250 OK"
    recipient_answer: str = "250 OK"
    text_answer: str = "250 OK"
    dies_after_text: bool = False
    slow: float = 0
    """Seconds before a recipient is answered."""
    slow_text: float = 0
    """Seconds before a text is taken."""
    slow_after_text: float = 0
    """Seconds between taking a text and saying so."""

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take a sender."""
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take a recipient."""
        await asyncio.sleep(self.slow)
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: object, envelope: Envelope
    ) -> str:
        """Take a text."""
        await asyncio.sleep(self.slow_text)
        if self.text_answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            for recipient in envelope.rcpt_tos:
                self.arrived.append((envelope.mail_from or "", recipient, content))
        await asyncio.sleep(self.slow_after_text)
        if self.dies_after_text:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.text_answer


def _judge(
    _server: object, _session: object, _envelope: object, _how: object, data: object
) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)


@contextmanager
def smtp_server(certificates: Certificates | None = None) -> Iterator[PostOffice]:
    """Run a server; with certificates it asks for STARTTLS and a password."""
    office = PostOffice(free_port())
    asking: dict[str, Any] = {}
    if certificates:
        asking = {
            "tls_context": certificates.server_context(),
            "require_starttls": True,
            "auth_required": True,
            "authenticator": _judge,
        }
    controller = Controller(office, hostname=HOST, port=office.port, **asking)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
