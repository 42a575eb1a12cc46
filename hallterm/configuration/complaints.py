"""Puts what the checks of a model find into an operator's words."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hallterm.configuration.positions import Key
from hallterm.configuration.problems import Problem, unknown_key
from hallterm.configuration.reading import Table
from hallterm.words import _

_SHOWN = 30
"""Longest piece of a wrong value that is shown, characters."""


def complaints(
    table: Table, wrong: ValidationError, model: type[BaseModel], base: Key = ()
) -> list[Problem]:
    """Turn everything a model refused into problems.

    Args:
        table: The file the values came from.
        wrong: What pydantic found.
        model: The model, to name the keys it knows.
        base: Key in the file of the table that was checked.
    """
    found = []
    for error in wrong.errors(include_url=False):
        message, remedy = _words(error, model)
        found.append(table.problem((*base, *error["loc"]), message, remedy))
    return found


def known_keys(model: type[BaseModel], path: Key) -> list[str]:
    """Name the keys a model knows at a path inside it."""
    for part in path:
        field = model.model_fields.get(str(part))
        # A list's or an optional table's model stands inside the annotation.
        inner = (field.annotation, *get_args(field.annotation)) if field else ()
        models = (m for m in inner if isinstance(m, type) and issubclass(m, BaseModel))
        model = next(models, model)
    return list(model.model_fields)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else _as_written(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, limits = error["type"], error.get("ctx", {})
    value = _shown(error["input"])
    if kind == "missing":
        return _("缺少这一项"), _("在这里补上 {name}").format(name=error["loc"][-1])
    if kind == "extra_forbidden":
        return unknown_key(str(error["loc"][-1]), known_keys(model, error["loc"][:-1]))
    if kind in _BOUNDS:
        return _("{value} 超出范围").format(value=value), _bound(kind, limits)
    if kind in {"literal_error", "enum"}:
        names = str(limits.get("expected", "")).replace("'", '"').replace(" or ", ", ")
        return _("没有“{value}”这一种").format(value=value), _("写 {names} 中的一个").format(
            names=names
        )
    if kind in _TEXT_FAULTS:
        return _text_fault(kind, value, limits)
    return _("“{value}”的类型不对").format(value=value), _type(kind)


_TEXT_FAULTS = frozenset({"string_pattern_mismatch", "string_too_short", "string_too_long"})
_BOUNDS = frozenset({"greater_than", "greater_than_equal", "less_than", "less_than_equal"})


def _text_fault(kind: str, value: str, limits: dict[str, Any]) -> tuple[str, str]:
    if kind == "string_pattern_mismatch":
        return _("“{value}”的写法不对").format(value=value), _pattern(limits)
    if kind == "string_too_short":
        return _("没有内容"), _("写上文字")
    most = limits.get("max_length", 0)
    return _("“{value}”太长").format(value=value), _("不超过 {most} 个字").format(most=most)


def _bound(kind: str, limits: dict[str, Any]) -> str:
    match kind:
        case "greater_than":
            return _("要大于 {limit}").format(limit=_number(limits["gt"]))
        case "greater_than_equal":
            return _("不小于 {limit}").format(limit=_number(limits["ge"]))
        case "less_than":
            return _("要小于 {limit}").format(limit=_number(limits["lt"]))
        case _:
            return _("不大于 {limit}").format(limit=_number(limits["le"]))


def _number(limit: float) -> str:
    return f"{limit:g}"


def _pattern(limits: dict[str, Any]) -> str:
    if limits.get("pattern") == "^[0-9]{2}$":
        return _('写两位数字并加引号，例如 "07"')
    return _("用小写英文字母开头，只含小写英文字母、数字和下划线")


def _type(kind: str) -> str:
    if kind.startswith("int"):
        return _("写整数，不加引号")
    if kind.startswith(("float", "finite")):
        return _("写数字，不加引号")
    if kind.startswith("bool"):
        return _("写 true 或 false，不加引号")
    if kind.startswith("string"):
        return _("写文字，前后加英文引号")
    if kind.startswith(("tuple", "list")):
        return _('写成列表，例如 ["甲", "乙"]')
    return _("写成一节，节名放在方括号里")
