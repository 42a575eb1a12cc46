"""Telephone, ID and card numbers, compared with libraries that the domain doesn't use."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from hallterm.domain.person.identity import read_id_number, read_vip_card
from hallterm.domain.person.phone import read_phone

MOBILES = st.builds(
    lambda start, rest: f"1{start}{rest:09d}", st.integers(3, 9), st.integers(0, 10**9 - 1)
)


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("13800138000", "13800138000"),
        ("１３８ 0013－8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("(010) 6552-9988", "01065529988"),
        ("+861065529988", "01065529988"),
        ("+86 (0)571 8812 3456", "057188123456"),
        ("0571-88123456", "057188123456"),
        ("+85291234567", "+85291234567"),
        ("0085291234567", "+85291234567"),
        ("12800138000", None),
        ("1380013800", None),
        ("138001380001", None),
        ("[/b]", None),
        ("9" * 10_000, None),
        ("", None),
    ],
)
def test_phones(raw: str, phone: str | None) -> None:
    assert read_phone(raw) == phone


@given(MOBILES, st.sampled_from(["", "+86", "0086", "86"]))
def test_every_written_form_of_a_mobile_number_is_the_same(mobile: str, prefix: str) -> None:
    assert read_phone(f"{prefix}{mobile[:3]} {mobile[3:7]}-{mobile[7:]}") == mobile


@given(MOBILES)
def test_what_the_library_calls_a_mobile_number_is_read(mobile: str) -> None:
    if phonenumbers.is_valid_number(phonenumbers.parse(mobile, "CN")):
        assert read_phone(mobile) == mobile


@given(st.text(alphabet=st.characters(), max_size=40))
def test_anything_else_is_no_phone_or_stays_the_same(raw: str) -> None:
    phone = read_phone(raw)
    assert phone is None or read_phone(phone) == phone


def _resident(county: int, year: int, month: int, day: int, place: int) -> str:
    start = f"{county:06d}{year:04d}{month:02d}{day:02d}{place:03d}"
    return start + ric.calc_check_digit(start + "0")


RESIDENTS = st.builds(
    _resident,
    st.sampled_from([110101, 310101]),
    st.integers(1950, 2025),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
)


@given(RESIDENTS)
def test_resident_cards_are_read_as_the_library_reads_them(number: str) -> None:
    assert ric.is_valid(number)
    assert read_id_number(number.lower()) == number


@given(RESIDENTS, st.integers(0, 16), st.integers(1, 9))
def test_a_wrong_digit_in_a_resident_card_is_noticed(number: str, place: int, step: int) -> None:
    digit = str((int(number[place]) + step) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    if wrong[0] not in "09":
        assert read_id_number(wrong) is None


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("E12345678", "E12345678"),
        ("京字第 12345 号", "京字第12345号"),
        ("91330100MA27XYZ12A", "91330100MA27XYZ12A"),
        ("110101199013011234", None),
        ("12", None),
        ("a[/b]c1234", None),
    ],
)
def test_other_documents(raw: str, number: str | None) -> None:
    assert read_id_number(raw) == number


def test_cards() -> None:
    assert read_vip_card("v 8800-1234") == "V88001234"
    assert read_vip_card("卡123") is None
    assert read_vip_card("1") is None
