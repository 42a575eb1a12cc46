"""Copies of a request's form: sealed once it is approved, masked as the reader's roles allow."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from hallterm.desk.desk import Desk
from hallterm.desk.form_content import Beside, beside, order_of, record_of
from hallterm.desk.office_keys import secret_for, trusted_keys
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.company.keys import Office
from hallterm.domain.company.state import Company
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request.parts import AssistForm
from hallterm.domain.request.state import Request
from hallterm.domain.roles import CARERS, Role
from hallterm.forms.content import Customer, FormContent, Order, Record, canonical
from hallterm.forms.copies import FormCopy
from hallterm.forms.sealing import Seal, seal_order, seal_record
from hallterm.store.log import to_ms
from hallterm.store.outbox import read_link
from hallterm.store.post import seals

SEALER = Office.HALL_OPERATIONS
"""Office that approves (S0 §4.3), and so seals."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a copy is made."""

    name: str
    """Stands on the copy."""
    roles: frozenset[Role]

    @property
    def sees_customer(self) -> bool:
        """Whether this reader addresses the customer, and so sees the name whole."""
        return not self.roles.isdisjoint(CARERS)


def request_numbered(company: Company, number: str) -> Request | None:
    """Return the request with a form's number, open or closed lately."""
    known = (*company.requests.values(), *company.closed_requests.values())
    return next((request for request in known if request.number == number), None)


def make_copy(desk: Desk, actor: Actor, number: str, reader: Reader) -> FormCopy | Refusal:
    """Return a copy of a form; an approved one is sealed, if that hasn't happened yet.

    Refusals: unknown_request, no_form, form_elsewhere (the offices' keys are at the hub that this
    store follows), office_key_elsewhere.
    """
    with desk.transaction(actor) as transaction:
        request = request_numbered(transaction.rules.company, number)
        if request is None:
            return _abandoned(transaction, refuse("unknown_request"))
        if request.form is None:
            return _abandoned(transaction, refuse("no_form", number=number))
        copy = copy_for(transaction, request, request.form, reader)
        if isinstance(copy, Refusal):
            return _abandoned(transaction, copy)
    return copy


def _abandoned(transaction: Transaction, refusal: Refusal) -> Refusal:
    transaction.abandon()
    return refusal


def copy_for(
    transaction: Transaction, request: Request, form: AssistForm, reader: Reader
) -> FormCopy | Refusal:
    """Return a copy of a form inside a transaction."""
    side = beside(transaction.connection, request)
    company = transaction.rules.company
    sealed = _sealed(transaction, request, form, side)
    if isinstance(sealed, Refusal):
        return sealed
    order, seal, customer = sealed
    content = FormContent(order=order, record=record_of(request, form, company, side))
    made: list[Seal] = [seal] if seal else []
    if seal and content.record != Record():
        secret = secret_for(transaction, Office.HALL)
        if isinstance(secret, Refusal):
            return secret
        made.append(seal_record(content, secret))
    shown = customer if reader.sees_customer else None
    return FormCopy(content=content, seals=tuple(made), customer=shown, reader=reader.name)


def _sealed(
    transaction: Transaction, request: Request, form: AssistForm, side: Beside
) -> tuple[Order, Seal | None, Customer | None] | Refusal:
    """Return the order with its seal: the kept one, or one made now; without, if not approved.

    It is sealed anew when it was sent on to another hall, or when its key was revoked.
    """
    company = transaction.rules.company
    kept = seals.sealed(transaction.connection, request.id, form.version)
    if kept is not None:
        order = Order.model_validate_json(kept.order_json)
        seal = Seal.model_validate_json(kept.seal_json)
        if order.hall_id == form.hall_id and seal.key_id in trusted_keys(company):
            whole = kept.customer_json
            return order, seal, Customer.model_validate_json(whole) if whole else None
    order = order_of(request, form, company, side)
    customer = side.customer(secrets.token_hex(16))
    if form.approved_at is not None and read_link(transaction.connection) is not None:
        return refuse("form_elsewhere", number=request.number)
    if form.approved_at is None:
        # Nothing is sealed yet, so there is nothing for the customer's digest to be compared with.
        return order, None, customer
    if customer:
        order = order.model_copy(update={"customer_digest": customer.digest})
    secret = secret_for(transaction, SEALER)
    if isinstance(secret, Refusal):
        return secret
    seal = seal_order(order, secret)
    _keep(transaction, request, form, (order, seal, customer))
    return order, seal, customer


def _keep(
    transaction: Transaction,
    request: Request,
    form: AssistForm,
    sealed: tuple[Order, Seal, Customer | None],
) -> None:
    order, seal, customer = sealed
    row = {
        "request_id": request.id,
        "version": form.version,
        "number": request.number,
        "digest": sha256(canonical(order)).hexdigest(),
        "order_json": canonical(order).decode(),
        "customer_json": canonical(customer).decode() if customer else None,
        "seal_json": seal.model_dump_json(),
        "sealed_ms": to_ms(transaction.where.at),
    }
    seals.keep_form(transaction.connection, row)
