"""What is hidden stays hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.domain.person.details import PersonKind
from hallterm.domain.person.masking import (
    mask_field,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_vip_card,
    name_for,
)
from hallterm.domain.roles import Role


def test_shapes() -> None:
    assert mask_phone("13800131234") == "138****1234"
    assert mask_id_number("110101199003071234") == "110***********1234"
    assert mask_vip_card("V88001234") == "*****1234"
    assert mask_name("张小明") == "张**"
    assert mask_name("欧阳修远山") == "欧**"
    assert mask_phone(None) == mask_id_number(None) == mask_vip_card("") == ""


def test_names_of_companies_are_public() -> None:
    assert mask_name("某某有限公司", PersonKind.COMPANY) == "某某有限公司"


def test_the_floor_addresses_customers_by_name_and_nobody_else() -> None:
    one = PersonKind.INDIVIDUAL
    assert name_for("张伟", one, frozenset({Role.CLERK})) == "张伟"
    assert name_for("张伟", one, frozenset({Role.KIOSK})) == "张*"
    assert name_for("张伟", one, frozenset({Role.ADMINISTRATOR})) == "张*"


@given(st.sampled_from(["phone", "vip_card", "id_number"]), st.from_regex(r"\A[0-9A-Z]{1,24}\Z"))
def test_a_mask_keeps_the_length_and_hides_something(field: str, number: str) -> None:
    masked = mask_field(field, number)
    assert len(masked) == len(number)
    if len(number) > 2:
        assert "*" in masked or (field == "phone" and len(number) == 7)


def test_only_secret_fields_are_masked() -> None:
    with pytest.raises(KeyError):
        mask_field("name", "x")
