"""What comes in: letters and faxes, kept by digest, matched by number and seal, taken once.

Only a form that is genuine to the last sign is reported to its request without a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from hallterm.desk.desk import Desk
from hallterm.desk.form_copies import request_numbered
from hallterm.desk.office_keys import trusted_keys
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import Company
from hallterm.domain.refusal import Refusal
from hallterm.domain.request.commands import ReceiveProof
from hallterm.domain.request.events import FormForwarded
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Proof
from hallterm.domain.roles import Role
from hallterm.forms.content import canonical
from hallterm.forms.examine import Examination, SealState, examine_file
from hallterm.forms.pictures import NotAPageError, is_pdf, number_on
from hallterm.forms.render import FormNotDrawnError
from hallterm.mail.incoming import take_apart
from hallterm.store.connection import reading
from hallterm.store.log import to_ms
from hallterm.store.outbox import read_link
from hallterm.store.persons.erasing import erased_among
from hallterm.store.post import evidence, seals, spool
from hallterm.store.post.evidence import Verdict

_LETTER, _PDF, _TIFF = "message/rfc822", "application/pdf", "image/tiff"


@dataclass(frozen=True, slots=True)
class Came:
    """What became of something that came in."""

    id: str
    verdict: Verdict
    number: str = ""
    request_id: str | None = None
    reported: bool = False
    """The request has it as a confirmation."""
    refusal: Refusal | None = None
    """Why the request would not have it."""
    new: bool = True
    """False when it was taken before; nothing was done then."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What came in, before anybody has looked whose it is."""

    id: str
    kind: str
    content: bytes
    media: str
    sender: str
    subject: str
    numbers: tuple[str, ...]
    found: tuple[Examination, ...]


def take_letter(desk: Desk, data: bytes) -> Came:
    """Take a letter.

    Raises:
        ValueError: it is no letter, or too large.
        StoreFaultError: the store could not be written.
    """
    came = take_apart(data)
    keys = trusted_keys(desk.replica.company)
    found = tuple(e for page in came.pages if (e := _examined(page, keys)) is not None)
    item = _Item(
        came.message_id,
        "mail",
        data,
        _LETTER,
        came.sender,
        came.subject,
        (*(e.number for e in found), *came.numbers),
        found,
    )
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    return _take(desk, machine, item, Proof.MAIL)


def take_fax(desk: Desk, actor: Actor, data: bytes, number: str = "") -> Came:
    """Take a received fax; one that nothing was matched with may come again with a number.

    number: what a person reads on it; a code on the page goes before.

    Raises:
        NotAPageError: it is no page, or too large.
        StoreFaultError: the store could not be written.
    """
    digest = sha256(data).hexdigest()
    with reading(desk.connection) as connection:
        if evidence.is_settled(connection, digest, again=bool(number)):
            return Came(digest, Verdict.UNKNOWN, new=False)
    found = examine_file(data, trusted_keys(desk.replica.company))
    written = found.number if found else number_on(data)
    media = _PDF if is_pdf(data) else _TIFF
    numbers = tuple(filter(None, (written, number)))
    item = _Item(digest, "fax", data, media, "", "", numbers, (found,) if found else ())
    return _take(desk, actor, item, Proof.FAX)


def _examined(page: bytes, keys: dict[str, str]) -> Examination | None:
    try:
        return examine_file(page, keys)
    except (NotAPageError, FormNotDrawnError):
        return None


def _take(desk: Desk, actor: Actor, item: _Item, proof: Proof) -> Came:
    with desk.transaction(actor) as transaction:
        connection = transaction.connection
        if evidence.is_settled(connection, item.id, again=bool(item.numbers)):
            return Came(item.id, Verdict.UNKNOWN, new=False)
        now = to_ms(transaction.where.at)
        purpose = spool.arrived(connection, item.id, now)
        request = _request_of(transaction.rules.company, item.numbers)
        if purpose is not None and purpose != FormForwarded.type:
            # Ours, to an office: it says nothing to the hall, whatever it carries.
            verdict = Verdict.OWN
        else:
            verdict = _verdict(transaction, item, request, own=purpose is not None)
        about = request.id if request else None
        strange = verdict is Verdict.UNKNOWN and proof is Proof.MAIL
        erased = request is not None and erased_among(connection, [request.person_id])
        if strange or erased:
            # Somebody else's business, or about nobody any more: its id alone is kept, so that
            # it isn't loaded again.
            item = replace(item, sender="", subject="")
            digest = sha256(item.content).hexdigest()
        else:
            digest = evidence.keep(connection, item.content, item.media, about=about, now_ms=now)
        answer = _report(transaction, request, verdict, proof, digest)
        came = Came(
            item.id,
            verdict,
            request.number if request else "",
            about,
            reported=answer is True,
            refusal=answer if isinstance(answer, Refusal) else None,
        )
        row = {
            "id": item.id,
            "kind": item.kind,
            "digest": digest,
            "sender": item.sender,
            "subject": item.subject,
            "number": came.number,
            "request_id": about,
            "verdict": verdict,
            "at_ms": now,
            "reported": came.reported,
        }
        evidence.put_received(connection, row)
    return came


def _request_of(company: Company, numbers: Iterable[str]) -> Request | None:
    found = (request_numbered(company, number) for number in numbers)
    return next((request for request in found if request is not None), None)


def _verdict(
    transaction: Transaction, item: _Item, request: Request | None, *, own: bool
) -> Verdict:
    if any(_on_file(transaction, found, request) for found in item.found):
        return Verdict.GENUINE
    follows = read_link(transaction.connection) is not None
    bare = [e for e in item.found if follows and e.genuine and e.copy is None]
    sealed = [e for e in item.found if e.order is not SealState.ABSENT and e not in bare]
    if sealed and not own:
        return Verdict.ALTERED
    if own:
        return Verdict.OWN
    return Verdict.BY_NUMBER if request else Verdict.UNKNOWN


def _on_file(transaction: Transaction, found: Examination, request: Request | None) -> bool:
    """Say whether it is the request's form as it was sealed last, and nothing else.

    A terminal that follows a hub has no seals of its own to compare: there a whole form has to be
    of the request's version and hall. A code alone doesn't say, and is a person's to judge.
    """
    if request is None or request.form is None or not found.genuine:
        return False
    if found.number != request.number:
        return False
    form = request.form
    if read_link(transaction.connection) is not None:
        order = found.copy.content.order if found.copy else None
        told = (order.revision, order.hall_id) if order else None
        return told == (form.version, form.hall_id)
    kept = seals.sealed(transaction.connection, request.id, form.version)
    if kept is None:
        return False
    digest = sha256(canonical(found.copy.content.order)).digest() if found.copy else found.digest
    return digest is not None and digest.hex() == str(kept.digest)


def _report(
    transaction: Transaction,
    request: Request | None,
    verdict: Verdict,
    proof: Proof,
    digest: str,
) -> Refusal | bool:
    """Tell the request of its confirmation; a fax that a person has read the number of, too."""
    person = not transaction.where.actor.is_one_of(frozenset({Role.KIOSK}))
    read = verdict is Verdict.BY_NUMBER and proof is Proof.FAX and person
    if request is None or request.form is None or not (verdict is Verdict.GENUINE or read):
        return False
    by = request.form.signed_by if proof is Proof.FAX else None
    if proof is Proof.FAX and by is None:
        return False
    command = ReceiveProof(
        request_id=request.id,
        form_version=request.form.version,
        proof=proof,
        reference=digest,
        by=by,
        happened_at=transaction.where.at,
    )
    answer = transaction.perform(command)
    return answer if isinstance(answer, Refusal) else True
