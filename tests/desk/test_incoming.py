"""What comes in is kept by digest, matched by number and seal, and taken once."""

import io
from pathlib import Path

import pytest
from PIL import Image

from hallterm.desk.desk import Desk
from hallterm.desk.erasing import erase
from hallterm.desk.form_copies import Reader
from hallterm.desk.incoming import take_fax, take_letter
from hallterm.desk.office_keys import keys_in_use, revoke_key
from hallterm.desk.outgoing import READERS
from hallterm.desk.post_status import post_status, received
from hallterm.desk.sending import send_round
from hallterm.domain.actor import Actor
from hallterm.domain.company.keys import Office
from hallterm.domain.person.commands import EraseReason
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.words import Proof
from hallterm.domain.roles import Role
from hallterm.forms.fax import fax_page
from hallterm.forms.pictures import NotAPageError, pages_of
from hallterm.forms.render import pdf_of
from hallterm.mail.carriers import FolderCarrier
from hallterm.mail.letter import compose
from hallterm.store.connection import reading
from hallterm.store.doctor import examine
from hallterm.store.post import evidence
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import LetterState
from tests.mail.letters import letter
from tests.support.form_desk import (
    NAME,
    PHONE,
    R,
    copy_of,
    draft,
    give,
    open_request,
    post,
    request,
    sign,
    to_hall,
    version,
)
from tests.support.hall import done
from tests.support.letters import letter_rows
from tests.support.requests import SIGNER
from tests.support.rulebook import ADMINISTRATOR, CLERK, DUTY_MANAGER

MACHINE = Actor("terminal", frozenset({Role.KIOSK}))


def proof(desk: Desk, kind: Proof) -> str | None:
    """Return what the request has as this confirmation."""
    form = request(desk).form
    found = form.proof(kind) if form else None
    return found.reference if found else None


def forwarded(desk: Desk, number: str, message_id: str = "<other@office>") -> bytes:
    """Return a letter with the form as the hall gets it."""
    file = pdf_of(copy_of(desk, number))
    return compose(letter(message_id=message_id, number=number, file=file))


def test_a_letter_with_the_genuine_form_confirms_the_request(desk: Desk) -> None:
    number = to_hall(desk)
    came = take_letter(desk, forwarded(desk, number))
    assert (came.verdict, came.number, came.reported) == (Verdict.GENUINE, number, True)
    reference = proof(desk, Proof.MAIL)
    assert reference is not None
    with reading(desk.connection) as connection:
        kept = evidence.content_of(connection, reference)
    assert kept is not None
    content, media = kept
    assert media == "message/rfc822"
    assert b"Message-ID: <other@office>" in content


def test_a_letter_is_taken_once(desk: Desk) -> None:
    number = to_hall(desk)
    data = forwarded(desk, number)
    assert take_letter(desk, data).new
    assert not take_letter(desk, data).new
    form = request(desk).form
    assert form is not None
    assert len(form.evidence) == 1


def test_our_own_letter_in_the_mailbox_has_arrived_and_confirms(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    post(desk)
    send_round(desk, FolderCarrier(tmp_path))
    rows = letter_rows(desk)
    ours = next(row for row in rows.values() if row.office == "store_manager")
    data = (tmp_path / f"{ours.id}.eml").read_bytes()
    assert take_letter(desk, data).verdict is Verdict.GENUINE
    assert letter_rows(desk)[ours.id].state == LetterState.FILED
    assert proof(desk, Proof.MAIL) is not None


def test_our_letter_to_an_office_confirms_nothing_to_the_hall(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    post(desk)
    send_round(desk, FolderCarrier(tmp_path))
    for row in letter_rows(desk).values():
        if row.office in {"vip_office", "hall_operations"}:
            came = take_letter(desk, (tmp_path / f"{row.id}.eml").read_bytes())
            assert (came.verdict, came.reported) == (Verdict.OWN, False)
    assert proof(desk, Proof.MAIL) is None
    assert post_status(desk).quiet is False  # the fax page waits


def test_an_altered_form_confirms_nothing(desk: Desk) -> None:
    number = to_hall(desk)
    copy = copy_of(desk, number)
    order = copy.content.order.model_copy(update={"solution": "同意免收押金 30000 元"})
    content = copy.content.model_copy(update={"order": order})
    file = pdf_of(copy.model_copy(update={"content": content}))
    came = take_letter(desk, compose(letter(number=number, file=file)))
    assert (came.verdict, came.number, came.reported) == (Verdict.ALTERED, number, False)
    assert proof(desk, Proof.MAIL) is None


def test_a_form_of_an_older_version_confirms_nothing(desk: Desk) -> None:
    number = to_hall(desk)
    old = forwarded(desk, number)
    give(desk, CLERK, cmd.ReportWrongHall(request_id=R, hall_id="other"))
    copy_of(desk, number)
    came = take_letter(desk, old)
    assert came.verdict is Verdict.ALTERED
    assert not came.reported


def test_a_form_sealed_with_a_revoked_key_confirms_nothing(desk: Desk) -> None:
    number = to_hall(desk)
    data = forwarded(desk, number)
    (key,) = keys_in_use(desk.replica.company, Office.HALL_OPERATIONS)
    assert isinstance(revoke_key(desk, ADMINISTRATOR, key.key_id), str)
    assert take_letter(desk, data).verdict is Verdict.ALTERED
    assert proof(desk, Proof.MAIL) is None


@pytest.mark.parametrize("subject", ["Re: 服务协助流转单 {number}", "{number}"])
def test_a_letter_that_only_names_the_number_is_matched_but_confirms_nothing(
    desk: Desk, subject: str
) -> None:
    number = to_hall(desk)
    data = compose(letter(subject=subject.format(number=number), number="", file=b"no form"))
    came = take_letter(desk, data)
    assert (came.verdict, came.number, came.reported) == (Verdict.BY_NUMBER, number, False)
    assert proof(desk, Proof.MAIL) is None


def test_a_letter_about_something_else_is_noted_and_not_kept(desk: Desk) -> None:
    to_hall(desk)
    data = compose(letter(number="", subject="菜单", file=b"%PDF-1.7 menu"))
    came = take_letter(desk, data)
    assert (came.verdict, came.number) == (Verdict.UNKNOWN, "")
    assert not take_letter(desk, data).new
    (row,) = received(desk, "mail")
    assert (row.subject, row.sender) == ("", "")
    with reading(desk.connection) as connection:
        assert evidence.content_of(connection, row.digest) is None
    assert post_status(desk).unmatched == 0


def test_a_fax_of_the_sealed_form_confirms_with_who_signed_it(desk: Desk) -> None:
    number = to_hall(desk)
    page = fax_page(pdf_of(copy_of(desk, number)))
    came = take_fax(desk, MACHINE, page)
    assert (came.verdict, came.number, came.reported) == (Verdict.GENUINE, number, True)
    form = request(desk).form
    assert form is not None
    found = form.proof(Proof.FAX)
    assert found is not None
    assert found.by == SIGNER.staff_id
    assert not take_fax(desk, MACHINE, page).new


def test_a_fax_that_came_before_the_approval_is_matched_and_needs_a_person(desk: Desk) -> None:
    number = open_request(desk)
    draft(desk)
    sign(desk)
    reader = Reader("协助营业厅", READERS["hall"])
    page = fax_page(pdf_of(copy_of(desk, number, reader)))
    came = take_fax(desk, MACHINE, page)
    assert (came.verdict, came.number, came.reported) == (Verdict.BY_NUMBER, number, False)


def test_a_fax_that_a_person_reads_the_number_of(desk: Desk) -> None:
    number = to_hall(desk)
    out = io.BytesIO()
    Image.new("1", (1728, 2292), 1).save(out, format="TIFF", compression="group4", dpi=(204, 196))
    assert take_fax(desk, MACHINE, out.getvalue()).verdict is Verdict.UNKNOWN
    assert post_status(desk).unmatched == 1
    assert not take_fax(desk, MACHINE, out.getvalue()).new
    came = take_fax(desk, CLERK, out.getvalue(), number)
    assert (came.verdict, came.reported) == (Verdict.BY_NUMBER, True)
    assert proof(desk, Proof.FAX) == came.id
    assert post_status(desk).unmatched == 0
    assert not take_fax(desk, CLERK, out.getvalue(), number).new


def test_a_fax_nobody_signed_confirms_nothing(desk: Desk) -> None:
    number = open_request(desk)
    draft(desk)
    came = take_fax(desk, CLERK, fax_page(pdf_of(copy_of(desk, number))), number)
    assert not came.reported
    assert version(desk) == 1


def test_a_coarse_or_turned_fax_is_read(desk: Desk) -> None:
    number = to_hall(desk)
    fine = pages_of(fax_page(pdf_of(copy_of(desk, number))), 0)[0]
    turned = io.BytesIO()
    fine.rotate(180).convert("1").save(turned, format="TIFF", compression="group4")
    assert take_fax(desk, MACHINE, turned.getvalue()).verdict is Verdict.GENUINE
    coarse = io.BytesIO()
    half = fine.resize((fine.width, fine.height // 2)).convert("1")
    half.save(coarse, format="TIFF", compression="group4", dpi=(204, 98))
    assert take_fax(desk, MACHINE, coarse.getvalue()).number == number


@pytest.mark.parametrize("data", [b"", b"fax", b"%PDF-1.4 broken"])
def test_what_is_no_page_is_told(desk: Desk, data: bytes) -> None:
    with pytest.raises(NotAPageError):
        take_fax(desk, MACHINE, data)


def bytes_in_rows(desk: Desk) -> bytes:
    """Return everything that stands in any row of the store."""
    told = []
    with reading(desk.connection) as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        for name in names.all():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):  # noqa: S608
                told += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\0".join(told)


def test_what_comes_in_about_somebody_who_was_erased_is_not_kept(desk: Desk) -> None:
    number = to_hall(desk)
    data = forwarded(desk, number)
    page = fax_page(pdf_of(copy_of(desk, number)))
    late = compose(letter(subject=f"{number} {NAME}", number=number, file=b"no form"))
    done(erase(desk, DUTY_MANAGER, request(desk).person_id, EraseReason.REQUESTED))
    came = [take_letter(desk, data), take_fax(desk, MACHINE, page), take_letter(desk, late)]
    assert all(one.new and one.number == number for one in came)
    kept = bytes_in_rows(desk)
    for paper in (data, page, late):
        assert paper[len(paper) // 2 :][:60] not in kept
    assert NAME.encode() not in kept
    assert PHONE.encode() not in kept
    with reading(desk.connection) as connection:
        assert all(
            evidence.content_of(connection, row.digest) is None
            for row in evidence.received_rows(connection)
        )
    assert not take_letter(desk, late).new, "it is not loaded again"


def test_evidence_that_was_changed_is_found(desk: Desk) -> None:
    number = to_hall(desk)
    take_letter(desk, forwarded(desk, number))
    reference = proof(desk, Proof.MAIL)
    assert reference is not None
    with reading(desk.connection) as connection:
        assert evidence.damaged(connection) == []
    with desk.connection.begin():
        desk.connection.exec_driver_sql("UPDATE attachment SET content = x'00'")
    assert examine(desk.connection).counts == {"evidence": 1}
    with reading(desk.connection) as connection:
        assert evidence.content_of(connection, reference) is None
