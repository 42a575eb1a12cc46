"""Checks `diversion.toml`: the words of an offer, and the neighbouring halls."""

import json
from collections.abc import Iterator
from string import Formatter

from pydantic import ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.positions import Key
from hallterm.configuration.problems import Problem, give_up, unknown_key
from hallterm.configuration.reading import Table
from hallterm.domain.business import Businesses
from hallterm.domain.diversion.plan import PLACEHOLDERS, DiversionPlan, Neighbour
from hallterm.domain.diversion.words import Way
from hallterm.words import _

_KEYS = ("say", "hall")
LONGEST_WORDS = 120
"""Longest words of an offer: more is not said, and does not fit on the screen."""


def diversion_of(table: Table, businesses: Businesses | None) -> DiversionPlan:
    """Make the plan of diversion from the file.

    Args:
        table: the file.
        businesses: those the hall knows; None: not known which there are.

    Raises:
        ConfigurationProblems: A value is missing, unknown, doubled or wrong.
    """
    problems = [
        table.problem((name,), *unknown_key(name, _KEYS))
        for name in table.values
        if name not in _KEYS
    ]
    say: dict[Way, str] = {}
    halls: list[tuple[int, Neighbour]] = []
    problems += [*_read_words(table, say), *_read_halls(table, halls)]
    problems += _twice(table, halls)
    if businesses is not None:
        problems += _unknown_businesses(table, halls, businesses)
    if problems:
        give_up(*problems)
    return DiversionPlan(say=say, halls=tuple(hall for _place, hall in halls))


def _read_words(table: Table, say: dict[Way, str]) -> Iterator[Problem]:
    written = table.values.get("say", {})
    if not isinstance(written, dict):
        message, remedy = _("话语的写法不对"), _("写成 [say] 一节")
        yield table.problem(("say",), message, remedy)
        return
    for name, words in written.items():
        key: Key = ("say", name)
        if name not in list(Way):
            yield table.problem(key, *unknown_key(name, list(Way)))
        elif not isinstance(words, str) or not words.strip():
            yield table.problem(key, _("没有内容"), _("写上要说的话，前后加英文引号"))
        elif len(words) > LONGEST_WORDS:
            message = _("话太长")
            remedy = _("不超过 {most} 个字").format(most=LONGEST_WORDS)
            yield table.problem(key, message, remedy)
        else:
            yield from _unknown_places(table, key, words)
            say[Way(name)] = words


def _unknown_places(table: Table, key: Key, words: str) -> Iterator[Problem]:
    """Find braces that hold none of the known names."""
    try:
        pieces = list(Formatter().parse(words))
    except ValueError:
        yield table.problem(key, _("花括号不成对"), _("写成 {wait} 的样子，或不用花括号"))
        return
    for _text, name, layout, change in pieces:
        if name is not None and (name not in PLACEHOLDERS or layout or change):
            known = ", ".join(f"{{{one}}}" for one in sorted(PLACEHOLDERS))
            message = _("没有 {name} 可填").format(name=f"{{{name}}}")
            yield table.problem(key, message, _("可以写：{names}").format(names=known))


def _read_halls(table: Table, halls: list[tuple[int, Neighbour]]) -> Iterator[Problem]:
    entries = table.values.get("hall", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        message, remedy = _("邻近营业厅的写法不对"), _("每个厅写成 [[hall]] 一节")
        yield table.problem(("hall",), message, remedy)
        return
    for place, entry in enumerate(entries):
        try:
            # By way of JSON, in which a time of day is plain text as in TOML.
            text = json.dumps(entry, default=str)
            halls.append((place, Neighbour.model_validate_json(text, strict=True)))
        except ValidationError as wrong:
            yield from _complaints(table, wrong, ("hall", place))
            continue
        yield from _hours(table, ("hall", place), halls[-1][1])


def _complaints(table: Table, wrong: ValidationError, base: Key) -> Iterator[Problem]:
    told = complaints(table, wrong, Neighbour, base)
    for problem, error in zip(told, wrong.errors(include_url=False), strict=True):
        if error["type"] in {"time_parsing", "time_type"}:
            message = _("“{value}”不是时刻").format(value=str(error["input"])[:30])
            remedy = _('写成加引号的时和分，例如 "08:30"')
            yield Problem(problem.file, problem.line, problem.key, message, remedy)
        else:
            yield problem


def _hours(table: Table, key: Key, hall: Neighbour) -> Iterator[Problem]:
    if (hall.opens is None) != (hall.closes is None):
        name = "opens" if hall.opens else "closes"
        message = _("开始和结束的时刻要一起写")
        yield table.problem((*key, name), message, _('写成 opens = "…"，closes = "…"'))
    elif hall.opens and hall.closes and hall.closes <= hall.opens:
        yield table.problem((*key, "closes"), _("结束的时刻不晚于开始"), _("写一个更晚的时刻"))


def _twice(table: Table, halls: list[tuple[int, Neighbour]]) -> Iterator[Problem]:
    for name in ("id", "name"):
        first: dict[str, int] = {}
        for place, hall in halls:
            value = getattr(hall, name)
            if value in first:
                line = table.lines["hall", first[value], name]
                message = _("{value} 在第 {line} 行已经用过").format(value=value, line=line)
                yield table.problem(("hall", place, name), message, _("换一个没用过的"))
            first.setdefault(value, place)


def _unknown_businesses(
    table: Table, halls: list[tuple[int, Neighbour]], businesses: Businesses
) -> Iterator[Problem]:
    for place, hall in halls:
        for index, business in enumerate(hall.businesses):
            if business not in businesses:
                message = _("没有 {business} 这项业务").format(business=business)
                remedy = _("写业务文件里的 id")
                yield table.problem(("hall", place, "businesses", index), message, remedy)
