"""Fields of a record as people fill them in."""

from hypothesis import given
from hypothesis import strategies as st

from hallterm.domain.person.choices import CHOICES
from hallterm.domain.person.cleaning import LENGTHS, clean, clean_field, complete
from hallterm.domain.person.details import PersonDetails
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade, Tier

FILLED_IN = sorted({"phone", "vip_card", "id_number", *LENGTHS, *CHOICES})


def test_a_whole_record() -> None:
    cleaned = clean(
        {"name": " 张\u3000伟", "phone": "１３８００１３８０００", "tier": "VIP", "grade": "金卡"}
    )
    assert cleaned.problems == ()
    assert cleaned.values == {
        "name": "张 伟",
        "phone": "13800138000",
        "tier": Tier.VIP,
        "grade": Grade.GOLD,
    }


def test_a_tier_said_as_a_card_is_both() -> None:
    assert clean({"tier": "全球通VIP钻石卡"}).values == {"tier": Tier.VIP, "grade": Grade.DIAMOND}
    assert clean({"tier": "白金"}).problems[0].code == "choice_unknown"


def test_every_problem_is_told() -> None:
    cleaned = clean({"phone": "1", "id_number": "2", "name": "x" * 61})
    assert [p.code for p in cleaned.problems] == ["phone_wrong", "id_number_wrong", "text_too_long"]


@given(st.sampled_from(FILLED_IN), st.text(alphabet=st.characters(), max_size=60))
def test_any_input_is_a_value_or_a_refusal(field: str, raw: str) -> None:
    value = clean_field(field, raw)
    if value is not None and not isinstance(value, Refusal):
        assert PersonDetails.model_validate({field: value})


@given(st.sampled_from(FILLED_IN))
def test_ten_thousand_characters_are_refused_by_every_field(field: str) -> None:
    assert isinstance(clean_field(field, "[/b]😀" * 2500), Refusal)


def test_what_a_new_record_needs() -> None:
    problem = complete({"notes": "x"})
    assert problem is not None
    assert problem.code == "person_empty"
    problem = complete({"phone": "13800138000", "grade": "gold", "tier": "standard"})
    assert problem is not None
    assert problem.code == "grade_needs_vip"


def test_a_tier_follows_from_card_and_brand() -> None:
    card: dict[str, str | bool | None] = {"phone": "13800138000", "grade": Grade.GOLD}
    brand: dict[str, str | bool | None] = {"phone": "13800138000", "brand": "gotone"}
    assert complete(card) is None
    assert complete(brand) is None
    assert (card["tier"], brand["tier"]) == (Tier.VIP, Tier.GOTONE)
