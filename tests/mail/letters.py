"""A letter as tests use it."""

from datetime import UTC, datetime
from typing import Any

from hallterm.mail.letter import Letter

SENDER, RECIPIENT = "hall@example.com", "liaison@example.com"


def letter(**changed: Any) -> Letter:  # noqa: ANN401 - fields of Letter
    """Return a letter."""
    fields: dict[str, Any] = {
        "message_id": "<0190c1d2.form@hallterm.localhost>",
        "sender": SENDER,
        "sender_name": "建设路营业厅",
        "recipient": RECIPIENT,
        "subject": "服务协助流转单 2026-0012",
        "text": "请见附件。\n第二行",
        "at": datetime(2026, 11, 27, 2, 0, tzinfo=UTC),
        "number": "2026-0012",
        "file": b"%PDF-1.7 form",
        **changed,
    }
    return Letter(**fields)
