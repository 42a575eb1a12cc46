"""Checks `authority.toml`: every value for itself, then the limits against the kinds."""

import json
from collections.abc import Iterator

from pydantic import ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.problems import Problem, give_up
from hallterm.configuration.reading import Table
from hallterm.domain.request.authority import DECIDERS, Authority, Limit
from hallterm.domain.roles import Role
from hallterm.words import _


def authority_of(table: Table) -> Authority:
    """Make the limits from the file.

    Raises:
        ConfigurationProblems: A value is missing, unknown or wrong, a kind or limit is there
            twice, or a limit does not fit its kind or role.
    """
    # By way of JSON, in which words for closed sets are plain text as in TOML.
    text = json.dumps(dict(table.values), default=str)
    try:
        authority = Authority.model_validate_json(text, strict=True)
    except ValidationError as wrong:
        give_up(*complaints(table, wrong, Authority))
    if problems := [*_kinds(table, authority), *_limits(table, authority)]:
        give_up(*problems)
    return authority


def _kinds(table: Table, authority: Authority) -> Iterator[Problem]:
    if not authority.kinds:
        yield table.problem((), _("没有种类"), _("至少写一节 [[kinds]]"))
    known: set[str] = set()
    for place, kind in enumerate(authority.kinds):
        if kind.id in known:
            message = _("种类 {id} 写了两次").format(id=kind.id)
            yield table.problem(("kinds", place, "id"), message, _("换一个没用过的"))
        known.add(kind.id)


def _limits(table: Table, authority: Authority) -> Iterator[Problem]:
    known: set[tuple[Role, str]] = set()
    for place, limit in enumerate(authority.limits):
        if limit.role not in DECIDERS:
            names = ", ".join(role.value for role in Role if role in DECIDERS)
            message = _("{role} 不批特殊需求").format(role=limit.role.value)
            remedy = _("可以写：{names}").format(names=names)
            yield table.problem(("limits", place, "role"), message, remedy)
        if (limit.role, limit.kind) in known:
            message = _("{role} 对 {kind} 的权限写了两次").format(
                role=limit.role.value, kind=limit.kind
            )
            yield table.problem(("limits", place, "kind"), message, _("删去一处"))
        known.add((limit.role, limit.kind))
        yield from _fits(table, place, limit, authority)


def _fits(table: Table, place: int, limit: Limit, authority: Authority) -> Iterator[Problem]:
    kind = authority.kind(limit.kind)
    if kind is None:
        names = ", ".join(known.id for known in authority.kinds) or _("没有")
        message = _("没有 {kind} 这一种需求").format(kind=limit.kind)
        remedy = _("可以写：{names}").format(names=names)
        yield table.problem(("limits", place, "kind"), message, remedy)
    elif kind.money and limit.most_fen is None:
        message = _("“{name}”要写最多多少分").format(name=kind.name)
        yield table.problem(("limits", place), message, _("补上 most_fen = 分数"))
    elif not kind.money and limit.most_fen is not None:
        message = _("“{name}”不涉及金额").format(name=kind.name)
        yield table.problem(("limits", place, "most_fen"), message, _("删去这一项"))
