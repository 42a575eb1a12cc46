"""Seals and codes: what an office signed is recognised, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from hallterm.domain.company.keys import key_id_of
from hallterm.forms.content import FormContent, Record
from hallterm.forms.copies import read_copy
from hallterm.forms.examine import SealState, examine_code
from hallterm.forms.sealing import (
    Code,
    holds,
    new_secret,
    public_of,
    read_code,
    seal_order,
    seal_record,
)
from tests.forms.samples import CUSTOMER, HALL, KEYS, OFFICE, copy, order, record


def code() -> Code:
    return Code.of(order(), seal_order(order(), OFFICE))


def test_a_seal_holds_over_its_order_and_over_no_other() -> None:
    seal = seal_order(order(), OFFICE)
    assert holds(FormContent(order=order()), seal, KEYS)
    for changed in (
        order(solution="同意免收押金 30000 元。"),
        order(number="XZ-20261127-0004"),
        order(valid_until=order().valid_until.replace(year=2027)),
        order(customer_digest="0" * 64),
    ):
        assert not holds(FormContent(order=changed), seal, KEYS)


def test_a_seal_over_the_record_stands_on_the_order_too() -> None:
    content = FormContent(order=order(), record=record())
    seal = seal_record(content, HALL)
    assert holds(content, seal, KEYS)
    assert not holds(FormContent(order=order(), record=Record()), seal, KEYS)
    assert not holds(FormContent(order=order(revision=2), record=record()), seal, KEYS)


def test_a_seal_over_the_order_is_none_over_the_record() -> None:
    content = FormContent(order=order(), record=record())
    taken = seal_order(order(), OFFICE).model_copy(update={"part": "record"})
    assert not holds(content, taken, KEYS)


def test_a_new_key_seals_and_an_unknown_one_does_not() -> None:
    secret = new_secret()
    content, seal = FormContent(order=order()), seal_order(order(), secret)
    public = public_of(secret)
    assert not holds(content, seal, KEYS)
    assert holds(content, seal, {**KEYS, key_id_of(public): public})


def test_a_code_is_read_back_however_it_is_spaced() -> None:
    text = code().text
    assert read_code(text) == code()
    assert read_code(f" {text[:40]}\n{text[40:].lower()} ") == code()
    assert examine_code(code(), KEYS).genuine


@given(st.integers(0, 183), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-:0"))
def test_a_code_with_one_other_sign_is_never_genuine(place: int, sign: str) -> None:
    text = code().text
    changed = text[:place] + sign + text[place + 1 :]
    read = read_code(changed)
    assert changed == text or read is None or not examine_code(read, KEYS).genuine


@given(st.text())
def test_any_text_can_be_tried_as_a_code(text: str) -> None:
    assert read_code(text) is None


def test_a_code_of_an_unknown_office_says_so() -> None:
    strange = Code.of(order(), seal_order(order(), new_secret()))
    assert examine_code(strange, KEYS).order is SealState.STRANGE


def test_a_masked_copy_tells_nothing_of_the_customer_and_has_the_same_seal() -> None:
    whole, masked = copy(), copy(whole=False)
    assert whole.seals == masked.seals
    for secret in (CUSTOMER.name, CUSTOMER.phone, CUSTOMER.salt):
        assert secret.encode() in whole.attachment
        assert secret.encode() not in masked.attachment


def test_a_copy_is_read_back_and_only_in_its_one_shape() -> None:
    data = copy(done=record()).attachment
    read = read_copy(data)
    assert read is not None
    assert read.attachment == data
    assert read_copy(data + b" ") is None
    assert read_copy(data.replace(b'"shape":1', b'"shape":2')) is None
    assert read_copy(b"{}") is None
