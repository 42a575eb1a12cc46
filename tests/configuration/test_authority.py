"""What is wrong in `authority.toml` is told with its line, and what would be right."""

import pytest

from hallterm.configuration import ConfigurationProblems, configure, load
from hallterm.configuration.loading import AUTHORITY_FILE
from hallterm.configuration.reading import PACKAGED
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Grade

STANDARDS, BUSINESSES, AUTHORITY = (
    (PACKAGED / name).read_text("utf-8")
    for name in ("standards.toml", "businesses.toml", AUTHORITY_FILE)
)
ODD = """
[[kinds]]
id = "money"
name = "钱"
money = true

[[kinds]]
id = "thing"
name = "物"

[[limits]]
role = "store_manager"
kind = "money"
most_fen = 100
"""


def test_the_shipped_limits_hold() -> None:
    made = load().authority
    store, keeper = {Role.STORE_MANAGER}, {Role.ACCOUNT_MANAGER}
    assert made.refusal(store, "waive_fee", 20000, None) is None
    beyond = made.refusal(store, "waive_fee", 20001, None)
    assert beyond
    assert (beyond.code, beyond.args["most_fen"]) == ("beyond_authority", 20000)
    assert made.refusal(keeper, "roaming_deposit_free", 0, Grade.GOLD) is None
    silver = made.refusal(keeper, "roaming_deposit_free", 0, Grade.SILVER)
    assert silver
    assert silver.code == "no_authority_for_grade"


@pytest.mark.parametrize(
    ("right", "wrong", "key", "line", "words"),
    [
        ('role = "store_manager"', 'role = "boss"', "limits[1].role", 12, "boss"),
        ('role = "store_manager"', 'role = "clerk"', "limits[1].role", 12, "不批特殊需求"),
        ('kind = "money"', 'kind = "mony"', "limits[1].kind", 13, "money, thing"),
        ("most_fen = 100", "most_fen = 0", "limits[1].most_fen", 14, "不小于"),
        ("most_fen = 100", 'most_fen = "100"', "limits[1].most_fen", 14, "整数"),
        ("most_fen = 100", "", "limits[1]", 11, "most_fen"),
        ('kind = "money"', 'kind = "thing"', "limits[1].most_fen", 14, "不涉及金额"),
        ('id = "thing"', 'id = "money"', "kinds[2].id", 8, "两次"),
        ('name = "物"', 'nam = "物"', "kinds[2].nam", 9, "name"),
    ],
)
def test_a_wrong_limit_names_line_and_key(
    right: str, wrong: str, key: str, line: int, words: str
) -> None:
    with pytest.raises(ConfigurationProblems) as found:
        configure(STANDARDS, BUSINESSES, authority=ODD.replace(right, wrong, 1))
    problem = next(one for one in found.value.problems if one.key == key)
    assert (problem.file, problem.line) == (AUTHORITY_FILE, line)
    assert words in problem.message + problem.remedy


def test_a_limit_changes_the_digest() -> None:
    first = configure(STANDARDS, BUSINESSES, authority=ODD)
    more = configure(STANDARDS, BUSINESSES, authority=ODD.replace("100", "200"))
    assert first.digest != more.digest
