"""Letters in the spool of a test's store."""

from typing import Any

from hallterm.desk.desk import Desk
from hallterm.mail.letter import compose
from hallterm.store.connection import reading, writing
from hallterm.store.log import to_ms
from hallterm.store.post import spool
from hallterm.store.post.spool import LetterState
from tests.mail.letters import RECIPIENT, letter


def put_letters(desk: Desk, count: int = 1, **changed: object) -> list[str]:
    """Put letters into the spool and return their ids."""
    now = to_ms(desk.clock.now())
    made: list[dict[str, Any]] = []
    for number in range(count):
        letter_id = f"l{number}"
        message_id = f"<{letter_id}@hallterm.localhost>"
        made.append(
            {
                "id": letter_id,
                "fact_seq": number + 1,
                "request_id": "r1",
                "number": "2026-0012",
                "purpose": "form_forwarded",
                "office": "store_manager",
                "message_id": message_id,
                "recipient": RECIPIENT,
                "message": compose(letter(message_id=message_id)),
                "state": LetterState.WAITING,
                "due_ms": now,
                "made_ms": now,
                **changed,
            }
        )
    with writing(desk.connection) as connection:
        spool.add(connection, made)
    return [row["id"] for row in made]


def letter_rows(desk: Desk) -> dict[str, Any]:
    """Return every letter by id."""
    with reading(desk.connection) as connection:
        return {row.id: row for row in spool.rows(connection)}


def states(desk: Desk) -> list[str]:
    """Return the states of all letters, by id."""
    return [row.state for _id, row in sorted(letter_rows(desk).items())]
