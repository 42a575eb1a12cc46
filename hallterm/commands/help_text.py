"""Help in the terminal's language, laid out by cells: Typer's own speaks English only."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from hallterm.words import _, translate

_GAP = 3


def of_command(command: Any, context: Any) -> str:  # noqa: ANN401 - Typer's vendored types
    """Return the help of a single command."""
    return "\n".join([*_head(command, context), *_parameters(command)])


def of_group(command: Any, context: Any, listed: Sequence[tuple[str, str]]) -> str:  # noqa: ANN401 - see above
    """Return the help of a group, with its commands and what each is for."""
    parts = [*_head(command, context), *_parameters(command)]
    return "\n".join([*parts, "", _("命令："), *_columns(listed)])


def _head(command: Any, context: Any) -> list[str]:  # noqa: ANN401 - see above
    usage = [_("用法：") + context.command_path]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage += [_named(p) if p.required else f"[{_named(p)}]" for p in arguments]
    usage.append(_("[选项]"))
    if hasattr(command, "commands"):
        usage.append(_("命令 …"))
    return [" ".join(usage), "", *translate(command.help or "").splitlines()]


def _parameters(command: Any) -> list[str]:  # noqa: ANN401 - see above
    shown = [p for p in command.params if not getattr(p, "hidden", False)]
    arguments = [
        (_named(p), translate(p.help or "")) for p in shown if p.param_type_name == "argument"
    ]
    options = [
        (_written(p), translate(p.help or "")) for p in shown if p.param_type_name == "option"
    ]
    options.append(("--help", _("显示这段说明")))
    lines = ["", _("参数："), *_columns(arguments)] if arguments else []
    return [*lines, "", _("选项："), *_columns(options)]


def _named(parameter: Any) -> str:  # noqa: ANN401 - see above
    return str(parameter.metavar or parameter.name.upper())


def _written(option: Any) -> str:  # noqa: ANN401 - see above
    names = ", ".join((*option.opts, *option.secondary_opts))
    return names if option.is_flag else f"{names} {_named(option)}"


def _columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    wide = max((cell_len(left) for left, _right in rows), default=0) + _GAP
    return [f"  {left}{' ' * (wide - cell_len(left))}{right}".rstrip() for left, right in rows]
