"""The keymap file: other keys for commands, by the command's id.

[keys]
"counter.call_next" = "f5"
"counter.park" = ["f2", "ctrl+d"]
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.table import COMMANDS, PLACES
from hallterm.words import _

_ALLOWED = re.compile(
    r"(shift\+|ctrl\+)?f([1-9]|1[0-2])|ctrl\+[abdefgklnoprtuvwxy]|enter|escape|tab|shift\+tab"
    r"|up|down|left|right|home|end|pageup|pagedown|insert|delete"
)
"""Keys a command may have: a letter alone belongs to the input method, digits to what is picked."""

_SHARED = ("general", "session", "list")
"""Places whose commands every screen offers."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys that differ from the table."""

    keys: Mapping[str, tuple[str, ...]]
    """Keys by command id."""

    def keys_of(self, command: Command[Any]) -> tuple[str, ...]:
        """Return the keys that a command has now."""
        return self.keys.get(command.id, command.keys)

    def for_textual(self) -> dict[str, str]:
        """Return what `App.set_keymap` wants."""
        return {command_id: ",".join(keys) for command_id, keys in self.keys.items()}


NO_CHANGES = Keymap({})


def load_keymap(path: Path) -> Keymap | list[str]:
    """Read a keymap file. A missing file changes nothing.

    Returns:
        The keymap, or what is wrong, one sentence each; half a keymap is never used.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return NO_CHANGES
    except (OSError, UnicodeDecodeError):
        return [_("{file}：读不了，要用 UTF-8 保存。").format(file=path.name)]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [_("{file}：不是正确的 TOML（{problem}）。").format(file=path.name, problem=error)]
    return read_keymap(data, path.name)


def read_keymap(data: Mapping[str, object], file: str) -> Keymap | list[str]:
    """Check the content of a keymap file."""
    problems = [
        _("{file}：不认识 [{section}]，只能有 [keys]。").format(file=file, section=section)
        for section in data
        if section != "keys"
    ]
    table = data.get("keys", {})
    if not isinstance(table, Mapping):
        return [*problems, _("{file}：[keys] 应是一张表。").format(file=file)]
    keys: dict[str, tuple[str, ...]] = {}
    for command_id, value in table.items():
        answer = _read_keys(str(command_id), value)
        if isinstance(answer, str):
            problems.append(f"{file}：{answer}")
        else:
            keys[str(command_id)] = answer
    problems += [f"{file}：{problem}" for problem in _clashes(Keymap(keys))]
    return problems or Keymap(keys)


def _read_keys(command_id: str, value: object) -> tuple[str, ...] | str:
    if command_id not in COMMANDS:
        return _("没有叫 {id} 的操作；按 F1 看各操作的名字。").format(id=command_id)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        return _('{id} 的键应写成 "f5" 或 ["f5", "ctrl+d"]。').format(id=command_id)
    for key in listed:
        if not isinstance(key, str) or not _ALLOWED.fullmatch(key):
            return _(
                "{id}：不能用 {key} 键；可用 f1 到 f12、ctrl+字母、enter、escape、方向键。"
            ).format(id=command_id, key=key)
    return tuple(str(key) for key in listed)


def _clashes(keymap: Keymap) -> list[str]:
    problems: dict[str, None] = {}
    shared = [command for place in _SHARED for command in PLACES[place]]
    for commands in PLACES.values():
        taken: dict[str, str] = {}
        for command in dict.fromkeys((*shared, *commands)):
            for key in keymap.keys_of(command):
                first = taken.setdefault(key, command.id)
                if first != command.id and not keymap.keys.keys().isdisjoint({first, command.id}):
                    problems[
                        _("{key} 同时给了 {first} 和 {second}。").format(
                            key=key, first=first, second=command.id
                        )
                    ] = None
    return list(problems)
