"""Writing results: lines for people, or one JSON value with stable keys for scripts."""

import json
from collections.abc import Iterable
from typing import Any

import typer


def say(line: str = "") -> None:
    """Write one line for a person."""
    typer.echo(line)


def say_lines(lines: Iterable[str]) -> None:
    """Write lines for a person."""
    for line in lines:
        typer.echo(line)


def warn(line: str) -> None:
    """Write one line beside the result: news, a refusal, a fault."""
    typer.echo(line, err=True)


def emit(value: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Write one JSON value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))
