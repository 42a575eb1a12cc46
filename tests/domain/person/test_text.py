"""Whatever is typed or pasted comes out as one line of readable text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.domain.person.text import clean_code, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("１３８ ００１３", "138 0013"),
        ("  张\u3000伟 ", "张 伟"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("张\r\n伟\t", "张 伟"),
        ("[/b] 张[b]", "[/b] 张[b]"),
        ("😀𠮷\U0002b5af", "😀𠮷\U0002b5af"),
        ("x\u202egnp.exe", "xgnp.exe"),
        ("\ufeff张", "张"),
        ("\ud800张", "张"),
        ("", ""),
    ],
)
def test_known_cases(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_unreadable_is_left(raw: str) -> None:
    clean = clean_text(raw)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cf", "Cs", "Co"}
    assert clean.encode().decode() == clean
    assert clean == clean.strip()
    assert "  " not in clean


@given(st.text(alphabet=st.characters(), min_size=1, max_size=20))
def test_long_pastes_survive(part: str) -> None:
    raw = part * 10_000
    clean = clean_text(raw)
    assert clean_text(clean) == clean


def test_codes_lose_spaces_and_hyphens() -> None:
    assert clean_code(" v-８８ 01 ") == "V8801"
