"""A refusal: a rule said no. A value, not an exception; words are made by `hallterm.words`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Argument = str | int | float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command was not carried out. Nothing has changed."""

    code: str
    """Stable name of the rule, such as ``counter_busy``; key of the text in `hallterm.words`."""
    args: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))
    """Values that the text mentions (ids, numbers, times as ISO 8601)."""


def refuse(code: str, **args: Argument) -> Refusal:
    """Make a refusal with its arguments."""
    return Refusal(code, MappingProxyType(args))
