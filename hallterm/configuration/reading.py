"""From a file to text to a table with lines; every way that can go wrong is a problem."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallterm.configuration.positions import Key, locate
from hallterm.configuration.problems import Problem, give_up
from hallterm.words import _

PACKAGED = Path(__file__).parent.parent / "data"
"""The operator data that comes with the program."""
LARGEST = 1_000_000
"""Largest file that is read, bytes: a configuration is a few thousand."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SPOT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML file that could be read."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[Key, int]

    def problem(self, key: Key, message: str, remedy: str) -> Problem:
        """Make a problem at a key, or at the nearest table around a key that isn't there."""
        around = key
        while around not in self.lines:
            around = around[:-1]
        return Problem(self.file, self.lines[around], dotted(key), message, remedy)


def dotted(key: Key) -> str:
    """Write a key as people read it: names joined by dots, places in lists as ``[1]``, 1 first."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key)
    return "".join(parts).removeprefix(".")


def read_text(path: Path) -> str:
    """Read a UTF-8 file; a byte order mark as Windows editors write it is dropped.

    Raises:
        ConfigurationProblems: The file is missing, unreadable, too large or not UTF-8.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        give_up(Problem(name, 0, "", _("没有这个文件"), _("放回这个文件，或从程序自带的一份复制")))
    except IsADirectoryError:
        give_up(Problem(name, 0, "", _("这是文件夹，不是文件"), _("换成同名的文件")))
    except OSError as fault:
        give_up(
            Problem(
                name,
                0,
                "",
                _("读不了这个文件（{reason}）").format(reason=fault.strerror or fault),
                _("检查文件的读取权限和磁盘"),
            )
        )
    if len(content) > LARGEST:
        give_up(Problem(name, 0, "", _("文件太大，不像是配置"), _("换成不超过 1 MB 的配置文件")))
    return decode(name, content)


def decode(name: str, content: bytes) -> str:
    """Turn the bytes of a file into text.

    Raises:
        ConfigurationProblems: The bytes are not UTF-8; the line of the first bad byte is given.
    """
    if content.startswith(_UTF16_MARKS):
        give_up(Problem(name, 1, "", _("文件是 UTF-16 编码"), _("在编辑器里另存为 UTF-8 编码")))
    try:
        return content.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        give_up(
            Problem(
                name,
                line,
                "",
                _("这一行有不是 UTF-8 编码的字符（也许存成了 GBK）"),
                _("在编辑器里另存为 UTF-8 编码"),
            )
        )


def parse(name: str, text: str) -> Table:
    """Read TOML text.

    Raises:
        ConfigurationProblems: The text is empty or breaks the rules of TOML.
    """
    if not text.strip():
        give_up(Problem(name, 0, "", _("文件是空的"), _("从程序自带的一份复制内容")))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        give_up(_broken(name, text, str(fault)))
    except (RecursionError, ValueError):
        give_up(
            Problem(name, 0, "", _("内容无法读取（嵌套过深或数值过长）"), _("对照自带的一份改回来"))
        )
    return Table(name, values, locate(text))


def _broken(name: str, text: str, complaint: str) -> Problem:
    """Say where TOML breaks and, for the usual slips, how to mend it."""
    spot = _SPOT.search(complaint)
    line, column = len(text.rstrip().split("\n")), 0
    if spot and spot["line"]:
        line, column = int(spot["line"]), int(spot["column"])
    cause = _SPOT.sub("", complaint)
    message = _("写法不合 TOML 规则")
    if column:
        message = _("第 {column} 个字符处写法不合 TOML 规则").format(column=column)
    return Problem(name, line, "", message, _remedy(cause, text.split("\n")[line - 1]))


def _remedy(cause: str, line: str) -> str:
    outside_quotes = re.sub(r'"[^"]*"|\'[^\']*\'|#.*', "", line)
    if any(sign in outside_quotes for sign in "，。：；＝“”‘’【】［］　"):
        return _("引号、逗号、等号、方括号要用英文（半角）的，空格也要半角")
    if cause.startswith(("Cannot overwrite", "Cannot declare")):
        return _("同一个名字写了两次，删去一处")
    if cause.startswith("Expected '=' after"):
        return _("写成“名称 = 值”")
    if cause.startswith(("Unterminated string", "Illegal character", "Expected '\"'")):
        return _("给文字前后都加上英文引号")
    if cause.startswith(("Invalid value", "Unclosed array", "Unclosed inline")):
        return _("文字加英文引号，数字不加，是非写 true 或 false，方括号要成对")
    return _("检查这一行的引号、等号和方括号（解析程序的说法：{cause}）").format(cause=cause)
