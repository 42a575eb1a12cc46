"""Notes: kept once, read by id, never in the log."""

from datetime import time

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from hallterm.desk.desk import Desk, Done
from hallterm.domain.company.commands import SetHours
from hallterm.domain.note import LONGEST_NOTE, Note
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.commands import CallTicket
from hallterm.store.persons.notes import notes_about, texts, write
from hallterm.store.tables import LoggedEvent, table_of
from tests.support.rulebook import ADMINISTRATOR, CLERK, MORNING

WORDS = "住在[b]建设路[/b]12号，𠮷先生"
NOTE = Note(id="n1", person_id="p1", about="t1", text=WORDS)


def test_a_note_is_kept_once_and_read_as_written(desk: Desk) -> None:
    other = Note(id="n1", about="t1", text="other words")
    write(desk.connection, [NOTE], "c1", at=MORNING, actor="0231")
    write(desk.connection, [other], "c2", at=MORNING, actor="0231")
    assert texts(desk.connection, ["n1", "unknown"]) == {"n1": WORDS}
    assert notes_about(desk.connection, "t1") == [NOTE]


def test_a_refused_command_leaves_no_note(desk: Desk) -> None:
    result = desk.act(CLERK, CallTicket(ticket_id="nobody"), [NOTE])
    assert isinstance(result, Refusal)
    assert texts(desk.connection, ["n1"]) == {}


def test_the_log_holds_no_word_of_a_note(desk: Desk) -> None:
    command = SetHours(opens=time(9), closes=time(17))
    assert isinstance(desk.act(ADMINISTRATOR, command, [NOTE]), Done)
    assert texts(desk.connection, ["n1"]) == {"n1": WORDS}
    payloads = desk.connection.execute(sa.select(table_of(LoggedEvent).c.payload)).scalars().all()
    assert payloads
    assert not any("建设路" in payload for payload in payloads)


@pytest.mark.parametrize("text", ["", "长" * (LONGEST_NOTE + 1)])
def test_empty_and_endless_notes_are_no_notes(text: str) -> None:
    with pytest.raises(ValidationError):
        Note(id="n", about="t", text=text)
