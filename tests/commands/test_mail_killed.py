"""A sending process that is killed while the server has the letter: never twice, never lost."""

import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.commands.forms import FormTerminal
from tests.commands.terminal import Terminal
from tests.support.certificates import HOST
from tests.support.letters import letter_rows
from tests.support.smtp_server import PostOffice, smtp_server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes the POSIX way")


@pytest.fixture
def form(terminal: Terminal, founded_store: Path) -> FormTerminal:
    """Return a terminal with a form on its way."""
    return FormTerminal(terminal, founded_store)


def wait_for(office: PostOffice, texts: int) -> None:
    """Wait until the server has got so many texts."""
    until = time.monotonic() + 60
    while len(office.arrived) < texts:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_killed_process_sends_nothing_twice(form: FormTerminal) -> None:
    with smtp_server() as office:
        form.terminal.environment["HALLTERM_MAIL_OUT"] = f"plain://{HOST}:{office.port}"
        office.slow_after_text = 30
        process = form.terminal.start_process("mail", "send", "--json")
        wait_for(office, 1)
        process.kill()
        process.communicate()
        office.slow_after_text = 0
        ended = form.terminal.process("mail", "send", "--json")
        assert ended.value["sent"] == 2
        status = form.terminal.process("mail", "status", "--json").value
    held = [letter for letter in status["letters"] if letter["state"] == "giving"]
    assert len(held) == 1
    arrived = Counter(recipient for _sender, recipient, _text in office.arrived)
    assert set(arrived.values()) == {1}
    assert len(arrived) == 3
    # Its lease runs out later; then it is uncertain, and a person or the mailbox settles it.
    desk = form.desk()
    assert {row.state for row in letter_rows(desk).values()} == {"sent", "giving", "unaddressed"}
    desk.close()
