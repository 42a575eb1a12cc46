"""Forms at a terminal that follows a hub: verified and taken there, sealed and sent at the hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.desk.form_copies import make_copy
from hallterm.desk.form_verify import Filed, verify_code, verify_file
from hallterm.desk.incoming import take_fax, take_letter
from hallterm.domain.company.keys import Office
from hallterm.domain.request.words import Proof
from hallterm.forms.fax import fax_page
from hallterm.forms.render import code_of, pdf_of
from hallterm.mail.letter import compose
from hallterm.store.post.evidence import Verdict
from tests.mail.letters import letter
from tests.support.form_desk import HALL_COPY, copy_of, post, request, to_hall
from tests.support.hall import quick_pins, refused
from tests.support.rulebook import CLERK, STORE_MANAGER
from tests.support.sync_hall import SyncHall


@pytest.fixture
def halls(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    """Return a hub and a terminal."""
    with quick_pins():
        made = SyncHall(founded_store, tmp_path, clock, 1)
        yield made
        made.close()


@pytest.fixture
def number(halls: SyncHall) -> str:
    """Return the number of a form that the hub has sealed and the terminal knows of."""
    number = to_hall(halls.hub)
    assert post(halls.hub).letters == 4
    halls.pull(0)
    return number


def terminal(halls: SyncHall) -> Desk:
    return halls.desks[0]


def test_a_terminal_neither_seals_nor_sends(halls: SyncHall, number: str) -> None:
    assert post(terminal(halls)).letters == 0
    assert refused(make_copy(terminal(halls), STORE_MANAGER, number, HALL_COPY)) == (
        "form_elsewhere"
    )
    offices = [key.office for key in terminal(halls).replica.company.office_keys.values()]
    assert offices == [Office.HALL_OPERATIONS]


def test_a_terminal_verifies_what_the_hub_has_sealed(halls: SyncHall, number: str) -> None:
    copy = copy_of(halls.hub, number)
    whole = verify_file(terminal(halls), pdf_of(copy))
    assert whole is not None
    assert (whole.good, whole.filed) == (True, Filed.UNKNOWN)
    bare = verify_code(terminal(halls), code_of(copy))
    assert bare is not None
    assert (bare.good, bare.order) == (True, None)


def test_a_letter_taken_at_a_terminal_confirms_at_the_hub(halls: SyncHall, number: str) -> None:
    file = pdf_of(copy_of(halls.hub, number))
    came = take_letter(terminal(halls), compose(letter(number=number, file=file)))
    assert (came.verdict, came.reported) == (Verdict.GENUINE, True)
    assert halls.sync() == ()
    halls.hub.refresh()
    form = request(halls.hub).form
    assert form is not None
    assert form.proof(Proof.MAIL) is not None
    halls.assert_equal()


def test_a_fax_taken_at_a_terminal_is_a_person_s_to_judge(halls: SyncHall, number: str) -> None:
    page = fax_page(pdf_of(copy_of(halls.hub, number)))
    came = take_fax(terminal(halls), CLERK, page, number)
    assert (came.verdict, came.number, came.reported) == (Verdict.BY_NUMBER, number, True)
