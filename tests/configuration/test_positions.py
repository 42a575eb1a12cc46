"""The scanner finds the same keys as the standard parser, on the right lines."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.configuration.positions import Key, locate

VALUES = [
    "1",
    "-0.5e3",
    "true",
    "1979-05-27 07:32:00Z",
    '"a # b = [c] \\" \\\\"',
    "'[x] = #'",
    '"""one\n[two]\nthree = "4" \\"""\n"""',
    "'''\nkey = 1\n''four'''''",
    "[]",
    "{}",
    "[1, 2,\n 3, # three ]\n]",
    "[ { inner = 1, \"quoted.inner\" = [ '}' ] }, {}, [ [], [1] ] ]",
    "{ deep.inner = { x = ']' } }",
]


def all_keys(value: object, key: Key = ()) -> set[Key]:
    keys = {key}
    if isinstance(value, dict):
        for name, inner in value.items():
            keys |= all_keys(inner, (*key, name))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            keys |= all_keys(inner, (*key, place))
    return keys


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Key, int]]:
    """TOML text whose top-level keys and headers are unique, with the line of each."""
    parts: list[str] = []
    expected: dict[Key, int] = {}
    table: Key = ()
    lists: dict[str, int] = {}
    breaks = draw(st.sampled_from(["\n", "\r\n"]))

    def line() -> int:
        return sum(part.count("\n") for part in parts) + 1

    for number in range(draw(st.integers(0, 12))):
        filler = draw(st.sampled_from(["", "# [no] = 1\n", "\n \t\n"]))
        parts.append(filler)
        kind = draw(st.sampled_from(["pair", "pair", "pair", "dotted", "table", "list", "under"]))
        if kind in {"pair", "dotted"}:
            name = draw(st.sampled_from([f"k{number}", f'"k {number}.#"', f"'k]{number}'"]))
            plain = name.strip("'\"")
            names = ("d" + str(number), plain) if kind == "dotted" else (plain,)
            expected[(*table, *names)] = line()
            text = f"d{number} . {name}" if kind == "dotted" else name
            parts.append(f"{text} = {draw(st.sampled_from(VALUES))} # end\n")
        elif kind == "table":
            table = (f"t{number}", "x y")
            expected[table] = line()
            parts.append(f'[ t{number} . "x y" ]\n')
        elif kind == "list":
            name = draw(st.sampled_from(["one", "two"]))
            place = lists[name] = lists.get(name, -1) + 1
            table = (name, place)
            expected[table] = line()
            parts.append(f"[[{name}]]\n")
        elif lists:
            name = draw(st.sampled_from(sorted(lists)))
            table = (name, lists[name], f"u{number}")
            expected[table] = line()
            parts.append(f"[{name}.u{number}]\n")
    return "".join(parts).replace("\n", breaks), expected


@given(documents())
def test_every_key_of_the_parser_has_its_line(case: tuple[str, dict[Key, int]]) -> None:
    text, expected = case
    lines = locate(text)
    assert set(lines) == all_keys(tomllib.loads(text))
    assert {key: lines[key] for key in expected} == expected


def test_list_items_have_lines_of_their_own() -> None:
    lines = locate('a = [\n  "x",\n\n  # no\n  "y", { z = 1 },\n]\n')
    assert [lines["a", place] for place in range(3)] == [2, 5, 5]
    assert lines["a", 2, "z"] == 5


def test_escaped_keys_are_unescaped() -> None:
    assert ("a\tbé",) in locate('"a\\tb\\u00e9" = 1')


@pytest.mark.parametrize("text", ["", "\n\n", "# only words", "a=1"])
def test_small_texts(text: str) -> None:
    assert locate(text)[()] == 1
