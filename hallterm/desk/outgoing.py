"""Making letters and fax pages from facts, each once, at the home of the requests.

The log is read on from where it was read to. What follows from a fact has an id made of the
fact's, so reading a fact twice makes nothing twice.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from hallterm.configuration.offices_file import OfficeAddress, Offices
from hallterm.desk.desk import Desk
from hallterm.desk.form_copies import Reader, copy_for
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.request import events as ev
from hallterm.domain.request.state import Request
from hallterm.domain.roles import Role
from hallterm.domain.stream import Fact
from hallterm.forms.copies import FormCopy
from hallterm.forms.fax import fax_page
from hallterm.forms.render import FormNotDrawnError, pdf_of
from hallterm.mail.letter import Letter, compose
from hallterm.store.connection import reading, writing
from hallterm.store.log import COMPANY, facts_at, facts_of_types, to_ms
from hallterm.store.outbox import read_link
from hallterm.store.persons.erasing import erased_among
from hallterm.store.post import faxes, seals, spool
from hallterm.store.post.spool import LetterState
from hallterm.words import _

READERS: dict[str, frozenset[Role]] = {
    "vip_office": frozenset({Role.VIP_LIAISON}),
    "hall_operations": frozenset({Role.OPERATIONS_LIAISON}),
    "account_manager": frozenset({Role.ACCOUNT_MANAGER}),
    "store_manager": frozenset({Role.STORE_MANAGER}),
    "duty_manager": frozenset({Role.DUTY_MANAGER}),
    "hall": frozenset({Role.STORE_MANAGER}),
}
"""Office → roles by which its copy shows or masks the customer."""
FOLLOWS: dict[type[ev.RequestEvent], tuple[str, ...]] = {
    ev.FormDrafted: ("vip_office",),
    ev.FormMailed: ("hall_operations",),
    ev.FormReturned: ("account_manager",),
    ev.FormRefused: ("account_manager",),
    ev.FormForwarded: ("store_manager", "duty_manager"),
    ev.WrongHall: ("hall_operations",),
}
"""Event → offices that get a letter (S0 §4.3)."""
_TYPES = (*(kind.type for kind in FOLLOWS), ev.FormSigned.type)
_IDS = uuid.UUID("6f1d6c0e-5a0f-4a43-9a51-0f9a3a7f1d52")
_LONGEST = 200
_NO_TEXT: dict[str, Any] = {"message": None, "state": LetterState.ERASED, "said": ""}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who letters are from."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made anew."""

    letters: int = 0
    faxes: int = 0
    unfinished: int = 0
    """Letters that wait for an address, or could not be drawn."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A letter or fax to be made: a fact, the request as it is now, and the copy for an office."""

    fact: Fact
    request: Request
    office: str
    copy: FormCopy | str
    """Or why there is none."""


def make_post(desk: Desk, offices: Offices, sender: Sender) -> Made:
    """Make what follows from the facts since the last time, and what could not be made then.

    A terminal that follows a hub makes nothing: the hub does.

    Raises:
        StoreFaultError: the store could not be written; nothing is lost, nothing made twice.
    """
    if not at_home(desk):
        return Made()
    until, due = _gather(desk)
    # Drawn outside of any transaction: nobody waits for a picture.
    letters = [row for one in due if one.office != "fax" for row in _letters(one, offices, sender)]
    pages = [page for one in due if one.office == "fax" for page in _pages(one, offices)]
    undrawn = {one.fact.id for one in due if one.office == "fax"} - {page["id"] for page in pages}
    # Read again from a fax that could not be drawn; the rest is not made twice.
    until = min([until, *(one.fact.seq - 1 for one in due if one.fact.id in undrawn)])
    now = to_ms(desk.clock.now())
    with writing(desk.connection) as connection:
        for one in due:
            spool.drop_unfinished(connection, one.fact.seq)
        late = _erased_since(connection, due)
        letters = [row | _NO_TEXT if row["request_id"] in late else row for row in letters]
        pages = [page for page in pages if page["request_id"] not in late]
        added = spool.add(connection, [{**row, "made_ms": now, "due_ms": now} for row in letters])
        new = sum(faxes.add(connection, {**page, "made_ms": now}) for page in pages)
        if until > seals.cursor(connection, COMPANY):
            seals.move_cursor(connection, COMPANY, until)
    loose = sum(row["state"] in spool.UNFINISHED for row in letters)
    return Made(added - loose, new, loose)


def _erased_since(connection: sa.Connection, due: list[_Due]) -> set[str]:
    """Return the requests whose customer was erased while their letters were being drawn."""
    gone = erased_among(connection, {one.request.person_id for one in due})
    return {one.request.id for one in due if one.request.person_id in gone}


def at_home(desk: Desk) -> bool:
    """Say whether requests are decided in this store, and not at a hub that it follows."""
    with reading(desk.connection) as connection:
        return read_link(connection) is None


def _gather(desk: Desk) -> tuple[int, list[_Due]]:
    """Return how far the log was read, and what is due; approved forms are sealed on the way."""
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    with desk.transaction(machine) as transaction:
        connection = transaction.connection
        until = seals.cursor(connection, COMPANY)
        facts = list(facts_of_types(connection, COMPANY, _TYPES, until))
        until = max((fact.seq for fact in facts), default=until)
        again = {row.fact_seq for row in spool.unfinished(connection)}
        facts += facts_at(connection, COMPANY, again)
        due = [one for fact in facts for one in _due(transaction, fact)]
    return until, due


def _due(transaction: Transaction, fact: Fact) -> Iterator[_Due]:
    event = fact.event
    if not isinstance(event, ev.RequestEvent):
        return
    request = transaction.rules.company.request(event.request_id)
    if request is None or request.form is None or _outdated(event, request):
        return
    for office in FOLLOWS.get(type(event), ("fax",)):
        key = "hall" if office == "fax" else office
        reader = Reader(Offices().of(key).name, READERS[key])
        copy = copy_for(transaction, request, request.form, reader)
        yield _Due(fact, request, office, copy.code if isinstance(copy, Refusal) else copy)


def _outdated(event: ev.RequestEvent, request: Request) -> bool:
    """Say whether the form was written anew since: a letter about the old one helps nobody."""
    version = getattr(event, "form_version", None)
    return version is not None and request.form is not None and version < request.form.version


def _letters(due: _Due, offices: Offices, sender: Sender) -> Iterator[dict[str, Any]]:
    office = offices.of(due.office)
    file, said = _drawn(due.copy)
    for place, address in enumerate(office.mail or [""]):
        letter_id = str(uuid.uuid5(_IDS, f"{due.fact.id} {due.office} {place}"))
        message_id = f"<{letter_id}@{sender.address.rpartition('@')[2]}>"
        state, message = LetterState.WAITING, None
        if file is None:
            state = LetterState.UNMADE
        elif not address:
            state = LetterState.UNADDRESSED
        else:
            message = compose(_letter(due, office, sender, (message_id, address, file)))
        yield {
            "id": letter_id,
            "fact_seq": due.fact.seq,
            "request_id": due.request.id,
            "number": due.request.number,
            "purpose": due.fact.event.type,
            "office": due.office,
            "message_id": message_id,
            "recipient": address,
            "message": message,
            "state": state,
            "said": said,
        }


def _drawn(copy: FormCopy | str) -> tuple[bytes | None, str]:
    if isinstance(copy, str):
        return None, copy
    try:
        return pdf_of(copy), ""
    except FormNotDrawnError as error:
        return None, str(error)[:_LONGEST]


def _letter(
    due: _Due, office: OfficeAddress, sender: Sender, parts: tuple[str, str, bytes]
) -> Letter:
    message_id, address, file = parts
    number = due.request.number
    return Letter(
        message_id=message_id,
        sender=sender.address,
        sender_name=sender.name,
        recipient=address,
        subject=_("服务协助流转单 {number}：{purpose}").format(
            number=number, purpose=_purpose(due.fact.event.type)
        ),
        text=_(
            "{office}：\n\n{number} 号服务协助流转单见附件，{purpose}。\n"
            "有效期和办理要求以附件为准。可用 hallterm form verify 核验附件。\n\n"
            "本邮件由营业厅系统发出，回信请保留主题里的编号。"
        ).format(office=office.name, number=number, purpose=_purpose(due.fact.event.type)),
        at=due.fact.at,
        number=number,
        file=file,
    )


def _purpose(event: str) -> str:
    purposes = {
        "form_drafted": _("请转营业管理室"),
        "form_mailed": _("请审批"),
        "form_returned": _("已退回，请修改"),
        "form_refused": _("未获同意，请答复客户"),
        "form_forwarded": _("已核准，请协助办理"),
        "form_wrong_hall": _("已改转其他营业厅"),
    }
    return purposes[event]


def _pages(due: _Due, offices: Offices) -> Iterator[dict[str, Any]]:
    file, said = _drawn(due.copy)
    if file is None:
        return
    yield {
        "id": due.fact.id,
        "request_id": due.request.id,
        "number": due.request.number,
        "target": offices.hall.fax,
        "page": fax_page(file),
        "state": faxes.WAITING,
        "said": said,
    }
