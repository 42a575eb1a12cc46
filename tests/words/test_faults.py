"""Every fault of the store is explained."""

import re

import pytest

from hallterm.store.faults import StoreFaultError
from hallterm.words.faults import explain_fault, fault_codes


def test_every_code_the_store_documents_has_a_text() -> None:
    told = StoreFaultError.__doc__ or ""
    words = set(re.findall(r"\b(?:key|store|certificates)_[a-z_]+\b", told))
    assert "store_full" in words
    assert words == fault_codes()


@pytest.mark.parametrize("code", sorted(fault_codes()))
def test_a_detail_is_shown_as_it_is(code: str) -> None:
    assert "{" not in explain_fault(code)
    assert explain_fault(code, "{x} [/b]")


def test_an_unknown_code_is_named() -> None:
    assert "odd" in explain_fault("odd")
