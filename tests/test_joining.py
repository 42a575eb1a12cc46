"""The enrolment code, and what a device proves with its key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.joining import EnrolmentCode, certificate_bytes, fingerprint, new_code, read_code
from hallterm.proofs import (
    holds,
    is_public_key,
    new_private_key,
    public_key,
    request_message,
    sign,
    token_message,
)

CERTIFICATE = b"a certificate"


def test_a_code_says_which_authority_is_the_right_one() -> None:
    code = new_code(CERTIFICATE)
    read = read_code(code.text)
    assert read == code
    assert read.fingerprint == fingerprint(CERTIFICATE)
    assert read.fingerprint != fingerprint(b"another certificate")
    assert new_code(CERTIFICATE).secret != code.secret


def test_a_code_is_read_as_people_type_it() -> None:
    code = EnrolmentCode("0" * 15 + "1", "0123456789AB")
    typed = code.text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(f"  {typed} ") == code


@given(place=st.integers(0, 29), sign_=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_is_noticed(place: int, sign_: str) -> None:
    code = EnrolmentCode("3V7QK2M9XW4T8R6N", "ABCDEFGH1234")
    whole = code.text.replace("-", "")
    slipped = whole[:place] + sign_ + whole[place + 1 :]
    # Two signs of check find all but one slip in a thousand; what gets through is another code,
    # never this one.
    assert (read_code(slipped) == code) == (slipped == whole)


@pytest.mark.parametrize("typed", ["", "-", "0" * 30, "0" * 29, "U" * 30, "码" * 30])
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_a_certificate_is_found_in_its_text() -> None:
    text = "x\n-----BEGIN CERTIFICATE-----\nYWJj\nZGVm\n-----END CERTIFICATE-----\nrest"
    assert certificate_bytes(text) == b"abcdef"
    for wrong in ("", "-----BEGIN CERTIFICATE-----\nYWJj", "-----END CERTIFICATE-----"):
        with pytest.raises(ValueError, match="no certificate"):
            certificate_bytes(wrong)


def test_a_signature_holds_for_its_own_key_and_message_only() -> None:
    private, other = new_private_key(), new_private_key()
    message = request_message("POST", "/v1/push", "token", b"body")
    signature = sign(private, message)
    assert holds(public_key(private), message, signature)
    assert not holds(public_key(other), message, signature)
    for different in (
        request_message("GET", "/v1/push", "token", b"body"),
        request_message("POST", "/v1/pull", "token", b"body"),
        request_message("POST", "/v1/push", "other", b"body"),
        request_message("POST", "/v1/push", "token", b"other"),
        token_message("/v1/push", "token"),
    ):
        assert not holds(public_key(private), different, signature)


@given(st.text(max_size=90), st.text(max_size=90))
def test_what_is_no_key_or_no_signature_is_wrong(key: str, signature: str) -> None:
    assert not holds(key, b"message", signature)
    assert not is_public_key(key[:40])
