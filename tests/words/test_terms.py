"""Every member of a closed set that people see has a word of its own."""

from enum import StrEnum

import pytest

from hallterm.domain.tiers import Grade, Tier
from hallterm.words.terms import known_sets, short_grade, term, tier_and_grade


@pytest.mark.parametrize("kind", sorted(known_sets(), key=str))
def test_members_have_different_words(kind: type[StrEnum]) -> None:
    words = [term(member) for member in kind]
    assert len(set(words)) == len(words)
    assert not set(words) & {member.value for member in kind}


def test_the_norms_words() -> None:
    assert [term(tier) for tier in Tier] == ["VIP", "全球通", "其他"]
    assert [term(grade) for grade in Grade] == ["钻石卡", "金卡", "银卡"]
    assert [short_grade(grade) for grade in Grade] == ["钻", "金", "银"]
    assert tier_and_grade(Tier.VIP, Grade.GOLD) == "VIP金"
    assert tier_and_grade(Tier.VIP, None) == "VIP"


def test_a_set_without_words_shows_its_value() -> None:
    class Strange(StrEnum):
        ONE = "one"

    assert term(Strange.ONE) == "one"
