"""Letters and faxes follow from facts, each once, with the form as its reader may see it."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.clock import ManualClock
from hallterm.configuration.offices_file import Offices
from hallterm.desk import outgoing
from hallterm.desk.desk import Desk
from hallterm.desk.erasing import erase
from hallterm.desk.form_copies import Reader, make_copy
from hallterm.desk.office_keys import trusted_keys
from hallterm.desk.outgoing import READERS, Made
from hallterm.desk.post_status import post_status
from hallterm.desk.sending import Round, send_round
from hallterm.devices.faxing import file_faxes
from hallterm.domain.note import LONGEST_NOTE
from hallterm.domain.person.commands import EraseReason
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.words import ReturnReason
from hallterm.forms.copies import FormCopy
from hallterm.forms.examine import PageState, examine_file
from hallterm.forms.pictures import number_on, pages_of
from hallterm.forms.render import FormNotDrawnError, pdf_of
from hallterm.mail.carriers import FolderCarrier
from hallterm.mail.incoming import take_apart
from hallterm.store.doctor import examine
from hallterm.store.post.spool import LetterState
from tests.support.form_desk import (
    ASKED,
    NAME,
    PHONE,
    SOLUTION,
    R,
    approve,
    copy_of,
    draft,
    give,
    open_request,
    post,
    request,
    sign,
    to_hall,
)
from tests.support.hall import copy_store, done, enter, refused
from tests.support.letters import letter_rows
from tests.support.requests import OPERATIONS, VIP_LIAISON
from tests.support.rulebook import CLERK, DUTY_MANAGER, MORNING, STORE_MANAGER


def test_a_letter_that_is_drawn_while_its_customer_is_erased_keeps_no_text(desk: Desk) -> None:
    to_hall(desk)

    def erased_meanwhile(copy: FormCopy) -> bytes:
        page = pdf_of(copy)
        done(erase(desk, DUTY_MANAGER, request(desk).person_id, EraseReason.REQUESTED))
        return page

    with mock.patch.object(outgoing, "pdf_of", erased_meanwhile):
        post(desk)
    rows = letter_rows(desk).values()
    assert rows
    assert {row.state for row in rows} == {LetterState.ERASED}
    texts = desk.connection.exec_driver_sql("SELECT count(message) FROM letter").scalar()
    pages = desk.connection.exec_driver_sql("SELECT count(*) FROM fax WHERE page <> x''").scalar()
    desk.connection.rollback()
    assert (texts, pages) == (0, 0)
    assert examine(desk.connection).sound


def offices_of(desk: Desk) -> dict[str, str]:
    """Return office → state of its letter."""
    return {row.office: row.state for row in letter_rows(desk).values()}


def letters_in(folder: Path) -> dict[str, tuple[EmailMessage, bytes]]:
    """Return recipient → letter and form."""
    found = {}
    for path in folder.glob("*.eml"):
        data = path.read_bytes()
        message = message_from_bytes(data, policy=default)
        assert isinstance(message, EmailMessage)
        found[message["To"]] = (message, take_apart(data).pages[0])
    return found


def test_each_step_of_a_form_sends_its_letters_once(desk: Desk) -> None:
    open_request(desk)
    assert post(desk) == Made()
    draft(desk)
    assert post(desk) == Made(letters=1)
    assert post(desk) == Made()
    approve(desk)
    assert post(desk) == Made(letters=3)
    sign(desk)
    assert post(desk) == Made(faxes=1)
    assert post(desk) == Made()
    assert set(offices_of(desk)) == {
        *("vip_office", "hall_operations", "store_manager", "duty_manager")
    }
    assert post_status(desk).waiting == 5  # four letters and a fax


def test_letters_bring_the_sealed_form_masked_as_the_reader_may_see_it(
    desk: Desk, tmp_path: Path
) -> None:
    number = to_hall(desk)
    post(desk)
    send_round(desk, FolderCarrier(tmp_path))
    letters = letters_in(tmp_path)
    keys = trusted_keys(desk.replica.company)
    for address, whole in (("store@example.com", True), ("ops@example.com", False)):
        message, form = letters[address]
        assert number in message["Subject"]
        assert NAME not in message.as_string()
        found = examine_file(form, keys)
        assert found is not None
        assert found.genuine
        assert found.page is PageState.SAME
        assert found.copy is not None
        assert (found.copy.customer is not None) is whole
        assert found.copy.content.order.request == ASKED
        assert found.copy.content.order.solution == SOLUTION
        assert (PHONE.encode() in found.copy.attachment) is whole


def test_a_copy_is_sealed_once_and_the_same_for_everybody(desk: Desk) -> None:
    number = to_hall(desk)
    hall = copy_of(desk, number)
    office = copy_of(desk, number, Reader("营业管理室", READERS["hall_operations"]))
    assert hall.seals[0] == office.seals[0]
    assert hall.content.order == office.content.order
    assert office.customer is None
    assert pdf_of(hall) == pdf_of(copy_of(desk, number))


def test_a_form_that_is_not_approved_is_not_sealed(desk: Desk) -> None:
    number = open_request(desk)
    assert refused(make_copy(desk, CLERK, number, Reader("", frozenset()))) == "no_form"
    assert refused(make_copy(desk, CLERK, "2020-0001", Reader("", frozenset()))) == (
        "unknown_request"
    )
    draft(desk)
    assert copy_of(desk, number).seals == ()


def test_a_form_sent_on_to_another_hall_is_sealed_anew(desk: Desk) -> None:
    number = to_hall(desk)
    first = copy_of(desk, number)
    give(desk, CLERK, cmd.ReportWrongHall(request_id=R, hall_id="other"))
    again = copy_of(desk, number)
    assert again.content.order.hall == "other"
    assert again.seals[0] != first.seals[0]
    assert post(desk).letters > 0


def test_a_returned_form_is_written_to_the_account_manager(desk: Desk) -> None:
    open_request(desk)
    draft(desk)
    give(desk, VIP_LIAISON, cmd.MailForm(request_id=R))
    back = cmd.DecideForm(
        request_id=R,
        decision_id="d-back",
        form_version=1,
        verdict=Verdict.RETURNED,
        reason=ReturnReason.UNCLEAR,
    )
    give(desk, OPERATIONS, back)
    post(desk)
    assert "account_manager" in offices_of(desk)


def test_an_office_without_an_address_is_seen_and_written_to_later(desk: Desk) -> None:
    open_request(desk)
    draft(desk)
    assert post(desk, Offices()) == Made(unfinished=1)
    assert post(desk, Offices()) == Made(unfinished=1)
    assert post_status(desk).asking == 1
    assert post(desk) == Made(letters=1)
    assert post_status(desk).asking == 0
    assert offices_of(desk) == {"vip_office": LetterState.WAITING}


def test_a_form_that_cannot_be_drawn_is_seen_and_drawn_later(desk: Desk) -> None:
    to_hall(desk)
    with mock.patch.object(outgoing, "pdf_of", side_effect=FormNotDrawnError("missing fonts")):
        assert post(desk) == Made(unfinished=4)
    assert set(offices_of(desk).values()) == {LetterState.UNMADE}
    assert post(desk) == Made(letters=4, faxes=1)


def test_letters_are_made_once_wherever_the_work_breaks_off(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = enter(store, clock)
    to_hall(desk)

    def broken(_copy: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outgoing, "pdf_of", broken)
        with pytest.raises(KeyboardInterrupt):
            post(desk)
    desk.close()
    desk = enter(store, clock)
    other = enter(store, clock, device="other")
    assert post(desk) == Made(letters=4, faxes=1)
    assert post(other) == Made()
    assert examine(desk.connection).sound
    desk.close()
    other.close()


def test_a_fax_page_is_as_fax_servers_want_it(desk: Desk, tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415 - only here

    number = to_hall(desk)
    post(desk)
    assert file_faxes(desk, tmp_path) == 1
    assert file_faxes(desk, tmp_path) == 0
    (path,) = tmp_path.glob("*.tif")
    assert path.name.startswith(f"form-{number}-")
    assert (tmp_path / f"{path.stem}.json").read_text("utf-8").count("0731-88880000") == 1
    with Image.open(path) as page:
        assert page.info["compression"] == "group4"
        assert page.size == (1728, 2292)
        assert tuple(round(float(dpi)) for dpi in page.info["dpi"]) == (204, 196)
        assert page.mode == "1"
    assert number_on(path.read_bytes()) == number
    found = examine_file(path.read_bytes(), trusted_keys(desk.replica.company))
    assert found is not None
    assert found.genuine
    dark = pages_of(path.read_bytes(), 0)[0].histogram()[0]
    assert 0.02 < dark / (1728 * 2292) < 0.2


def test_a_fax_folder_that_is_not_there_keeps_the_fax(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    post(desk)
    (tmp_path / "file").write_text("")
    assert file_faxes(desk, tmp_path / "file" / "out") == 0
    assert file_faxes(desk, tmp_path / "out") == 1


def test_no_letter_names_the_customer_outside_the_form(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    post(desk)
    send_round(desk, FolderCarrier(tmp_path))
    for message, _form in letters_in(tmp_path).values():
        body = message.get_body()
        assert body is not None
        heads = " ".join(str(value) for value in message.values())
        for secret in (NAME, PHONE, ASKED, SOLUTION):
            assert secret not in heads + body.get_content()


EVIL = st.one_of(
    st.text(min_size=1, max_size=300),
    st.sampled_from(
        [
            *("#panic()", "$x$ *b*", "x\r\nBcc: all@example.com", "../../etc/passwd", "\"';--"),
            *("𠮷" * LONGEST_NOTE, "长" * LONGEST_NOTE, "\u202eabc\x00", "%s {0} {office}"),
        ]
    ),
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(EVIL, EVIL)
def test_whatever_is_typed_the_letters_go_to_the_offices_and_hold_a_genuine_form(
    founded_store: Path, tmp_path_factory: pytest.TempPathFactory, asked: str, solution: str
) -> None:
    folder = tmp_path_factory.mktemp("evil")
    desk = enter(copy_store(founded_store, folder), ManualClock(MORNING))
    words = {"n-asked": asked, "n-solution": solution, "n-superior": asked, "n-terms": solution}
    to_hall(desk, **words)
    post(desk)
    send_round(desk, FolderCarrier(folder / "out"))
    letters = letters_in(folder / "out")
    keys = trusted_keys(desk.replica.company)
    assert request(desk).form is not None
    desk.close()
    assert set(letters) == {
        *("vip@example.com", "ops@example.com", "store@example.com", "duty@example.com")
    }
    for message, form in letters.values():
        assert message["Bcc"] is None
        found = examine_file(form, keys)
        assert found is not None
        assert found.genuine


Step = Callable[[Desk], object]


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_however_often_the_log_is_read_the_letters_are_the_same(
    founded_store: Path, tmp_path_factory: pytest.TempPathFactory, reads: list[bool]
) -> None:
    folder = tmp_path_factory.mktemp("often")
    desk = enter(copy_store(founded_store, folder), ManualClock(MORNING))
    open_request(desk)
    steps: tuple[Step, ...] = (draft, approve, sign, lambda _desk: None)
    for step, read in zip(steps, reads, strict=True):
        step(desk)
        if read:
            post(desk)
    post(desk)
    assert sorted(offices_of(desk)) == [
        *("duty_manager", "hall_operations", "store_manager", "vip_office")
    ]
    assert len(letter_rows(desk)) == 4
    desk.close()


def test_what_an_erased_customer_was_written_of_goes_nowhere(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    post(desk)
    person_id = request(desk).person_id
    done(erase(desk, STORE_MANAGER, person_id, EraseReason.REQUESTED))
    assert send_round(desk, FolderCarrier(tmp_path / "out")) == Round()
    assert file_faxes(desk, tmp_path / "fax") == 0
    assert set(offices_of(desk).values()) == {LetterState.ERASED}
    assert post_status(desk).quiet
    kept = desk.connection.exec_driver_sql("SELECT * FROM sealed_form").all()
    desk.connection.rollback()
    for secret in (NAME, PHONE, ASKED, SOLUTION, "张*"):
        assert secret not in repr(kept)
    assert examine(desk.connection).sound


def test_a_terminal_that_follows_a_hub_writes_no_letters(desk: Desk) -> None:
    to_hall(desk)
    with mock.patch.object(outgoing, "read_link", return_value=object()):
        assert post(desk) == Made()
    assert post(desk) == Made(letters=4, faxes=1)
