"""Where each key of a TOML text stands. The standard parser keeps values but no lines.

`locate` expects text that `tomllib` has accepted and therefore skips over values without
judging them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

Key = tuple[str | int, ...]
"""Path of a value: names, and places in lists, 0 first."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LITERAL = re.compile(r"'([^']*)'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}", re.DOTALL)
_PLAIN = re.compile(r"[^,\]}\n#]*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def locate(text: str) -> dict[Key, int]:
    """Map every key, table and list item to its line, 1 first; the empty key to line 1."""
    return _Scanner(text).scan()


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    return _SHORT_ESCAPES.get(code) or chr(int(code[1:], 16))


class _Scanner:
    """One walk over one text; `place` is the next character to look at."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[Key, int] = {(): 1}
        self._list_lengths: dict[Key, int] = {}

    def scan(self) -> dict[Key, int]:
        table: Key = ()
        self._skip(_BLANK)
        while self._place < len(self._text):
            if self._text.startswith("[[", self._place):
                table = self._list_header()
            elif self._text[self._place] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self._lines

    def _skip(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self._text, self._place)
        if found is None:  # only on text that tomllib would not have accepted
            msg = f"unexpected text at character {self._place}"
            raise ValueError(msg)
        self._place = found.end()
        return found

    def _note(self, key: Key, start: int) -> None:
        self._lines.setdefault(key, bisect_right(self._breaks, start - 1) + 1)

    def _header(self) -> Key:
        start = self._place
        self._place += 1
        table = self._inside_lists(self._names())
        self._place += 1
        self._note_with_parents(table, start)
        return table

    def _list_header(self) -> Key:
        start = self._place
        self._place += 2
        names = self._names()
        self._place += 2
        owner = (*self._inside_lists(names[:-1]), names[-1])
        count = self._list_lengths.get(owner, 0)
        self._list_lengths[owner] = count + 1
        self._note_with_parents((*owner, count), start)
        return (*owner, count)

    def _inside_lists(self, names: Key) -> Key:
        """Turn the names of a header into a key: a list of tables means its last table."""
        key: Key = ()
        for name in names:
            key = (*key, name)
            if key in self._list_lengths:
                key = (*key, self._list_lengths[key] - 1)
        return key

    def _note_with_parents(self, key: Key, start: int) -> None:
        for length in range(1, len(key) + 1):
            self._note(key[:length], start)

    def _names(self) -> Key:
        """Read a dotted key and the blanks after it."""
        names: list[str] = []
        while True:
            self._skip(_BLANK)
            names.append(self._name())
            self._skip(_BLANK)
            if not self._text.startswith(".", self._place):
                return tuple(names)
            self._place += 1

    def _name(self) -> str:
        match self._text[self._place]:
            case '"':
                return _ESCAPE.sub(_unescape, self._skip(_BASIC)[1])
            case "'":
                return self._skip(_LITERAL)[1]
            case _:
                return self._skip(_BARE_KEY)[0]

    def _pair(self, table: Key) -> None:
        start = self._place
        names = self._names()
        self._place += 1  # the equals sign
        for length in range(1, len(names) + 1):
            self._note((*table, *names[:length]), start)
        self._value((*table, *names))

    def _value(self, key: Key) -> None:
        self._skip(_BLANK)
        rest = self._text[self._place : self._place + 3]
        if rest == '"""':
            self._skip(_LONG_BASIC)
        elif rest == "'''":
            self._skip(_LONG_LITERAL)
        elif rest.startswith('"'):
            self._skip(_BASIC)
        elif rest.startswith("'"):
            self._skip(_LITERAL)
        elif rest.startswith("["):
            self._items(key)
        elif rest.startswith("{"):
            self._inline_table(key)
        else:
            self._skip(_PLAIN)

    def _items(self, key: Key) -> None:
        for count in self._members("]"):
            self._note((*key, count), self._place)
            self._value((*key, count))

    def _inline_table(self, key: Key) -> None:
        for _count in self._members("}"):
            self._pair(key)

    def _members(self, end: str) -> Iterator[int]:
        """Stop at each member of a list or inline table, past commas and blanks."""
        self._place += 1
        count = 0
        while True:
            self._skip(_BLANK)
            if self._text.startswith(",", self._place):
                self._place += 1
            elif self._text.startswith(end, self._place):
                self._place += 1
                return
            else:
                yield count
                count += 1
