"""A refusal becomes a sentence, whatever its code and arguments are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hallterm
from hallterm.domain.refusal import refuse
from hallterm.words.refusals import codes, explain, field_word, texts

PACKAGE = Path(hallterm.__file__).parent


def used_codes() -> Iterator[str]:
    """Codes that are written out in the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"refuse", "Refusal"}:
                first = node.args[0] if node.args else None
                chosen = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                for part in chosen:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_every_code_of_the_package_has_a_text() -> None:
    used = set(used_codes())
    assert "counter_busy" in used
    assert used <= codes(), sorted(used - codes())


@pytest.mark.parametrize(
    ("code", "args", "text"),
    [
        ("counter_busy", {"number": "G007"}, "窗口正在办理 G007，先办结或挂起"),
        ("wrong_state", {"number": "A1", "state": "parked"}, "A1 现在是“挂起”，不能这样做"),
        ("wrong_state", {"number": "A1", "state": "new"}, "A1 现在是“new”，不能这样做"),
        ("account_locked", {"seconds": 275}, "密码连续输错，账号已锁定，还要 04:35"),
        ("counter_paused", {"reason": "lunch"}, "窗口已暂停（用餐），先恢复再叫号"),
        ("text_too_long", {"field": "notes", "limit": 500}, "“备注”太长，最多 500 个字"),
        ("never_heard_of", {}, "这件事现在不能做（never_heard_of）"),
        ("counter_busy", {}, "窗口正在办理 ?，先办结或挂起"),
    ],
)
def test_explain(code: str, args: dict[str, str | int], text: str) -> None:
    assert explain(refuse(code, **args)) == text


@given(
    st.sampled_from(sorted(codes())), st.text(), st.one_of(st.floats(), st.integers(), st.text())
)
def test_arguments_are_shown_as_they_are(code: str, word: str, seconds: float | str) -> None:
    sentence = explain(refuse(code, number=word, field=word, state=word, seconds=seconds))
    if "{number}" in texts()[code]:
        assert word in sentence


def test_an_unknown_field_is_named() -> None:
    assert field_word("phone") == "手机号码"
    assert field_word("odd") == "odd"
