"""How names are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.store.persons.pinyin import initials, syllables


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单小明", "shan xiao ming"),
        ("区志强", "ou zhi qiang"),
        ("查良镛", "zha liang yong"),
        ("仇英", "qiu ying"),
        ("解晓东", "xie xiao dong"),
        ("曾国藩", "zeng guo fan"),
        ("任静", "ren jing"),
        ("华罗庚", "hua luo geng"),
        ("盖叫天", "ge jiao tian"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("单于", "chan yu"),
        ("吕布", "lv bu"),
        ("欧阳修", "ou yang xiu"),
        ("小单", "xiao dan"),
        ("张长青", "zhang chang qing"),
        ("长孙无忌", "zhang sun wu ji"),
        ("张", "zhang"),
        ("John Smith", "john smith"),
    ],
)
def test_readings(name: str, reading: str) -> None:
    assert syllables(name) == tuple(reading.split())


def test_initials() -> None:
    assert initials(syllables("单小明")) == "sxm"
    assert initials(syllables("北京A科技(集团)")) == "bjakjjt"


def test_a_character_that_no_dictionary_knows_stands_for_itself() -> None:
    assert syllables("张\U0002ebef") == ("zhang", "\U0002ebef")
    assert initials(syllables("😀张")) == "😀z"


@given(st.text(min_size=1, max_size=30))
def test_any_name_has_a_reading(name: str) -> None:
    assert all(syllables(name))
