"""Settings of one terminal: where its files are, its name, its printer, how it looks.

They come from ``terminal.toml`` in the configuration folder and, above that, from environment
variables ``HALLTERM_…``. An own reader, because pydantic-settings costs 30 ms more at every start
and knows no lines.
"""

import os
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from platformdirs import user_config_path, user_data_path

from hallterm.configuration.printer_target import (
    FilePrinter,
    NetworkPrinter,
    PrinterTarget,
    read_printer,
)
from hallterm.configuration.problems import (
    ConfigurationProblems,
    Problem,
    give_up,
    unknown_key,
)
from hallterm.configuration.reading import PACKAGED, Table, parse, read_text
from hallterm.words import LANGUAGES, _

SETTINGS_FILE = "terminal.toml"
PREFIX = "HALLTERM_"
CONFIG_VARIABLE = "HALLTERM_CONFIG"
"""Environment variable that names another configuration folder."""

_THEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LONGEST_DEVICE = 40
_SHOWN = 40
_SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is particular to this terminal. Every path is absolute."""

    store: Path
    """The store file."""
    key: Path
    """The key file that opens the store; keep backups of the two apart."""
    data: tuple[Path, ...]
    """Folders of operator data for `configuration.load`; the first that has a file wins."""
    device: str
    """Name of this terminal in the log."""
    printer: PrinterTarget
    language: str = LANGUAGES[0]
    theme: str = "hallterm"
    wide_ambiguous: bool = False
    """This terminal draws ambiguous characters such as ● and “ two cells wide."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this terminal; the file may be missing, everything has a default.

    Args:
        environment: Environment variables; None for those of the process.

    Raises:
        ConfigurationProblems: A value is wrong or unknown; every problem is in it.
    """
    variables = os.environ if environment is None else environment
    folder = _config_folder(variables)
    reader = _Reader(folder, variables)
    settings = reader.settings()
    if reader.problems:
        raise ConfigurationProblems(reader.problems)
    return settings


def _config_folder(variables: Mapping[str, str]) -> Path:
    if named := variables.get(CONFIG_VARIABLE, "").replace("\0", ""):
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:  # ~name of nobody
            give_up(Problem(CONFIG_VARIABLE, 0, "", _("没有这个用户的文件夹"), _("写上完整的路径")))
    return user_config_path("hallterm", appauthor=False)


def _host() -> str:
    """Name the machine, as far as a device name can hold it."""
    return "".join(sign for sign in socket.gethostname() if sign.isprintable())[:_LONGEST_DEVICE]


class _Reader:
    """Takes each setting from the environment, else from the file, else its default."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._variables = variables
        self._table = self._read(folder / SETTINGS_FILE)
        known = [one.name for one in fields(Settings)]
        for name in self._table.values:
            if name not in known:
                self.problems.append(self._table.problem((name,), *unknown_key(name, known)))

    def settings(self) -> Settings:
        state = user_data_path("hallterm", appauthor=False)
        slips: PrinterTarget = FilePrinter(state / "slips.bin")
        own_data = self._take("data", _path, self._folder)
        chosen = own_data != self._folder
        return Settings(
            store=self._take("store", _path, state / "hall.db"),
            key=self._take("key", _path, self._folder / "hall.key"),
            data=(own_data,) if chosen else (own_data, PACKAGED),
            device=self._take("device", _device, _host() or "terminal"),
            printer=self._take("printer", _printer, slips),
            language=self._take("language", _language, LANGUAGES[0]),
            theme=self._take("theme", _theme, "hallterm"),
            wide_ambiguous=self._take("wide_ambiguous", _switch, default=False),
        )

    def _read(self, path: Path) -> Table:
        try:
            there = path.exists()
        except OSError:  # in a folder that may not be entered: reading it will say so
            there = True
        try:
            return parse(str(path), read_text(path)) if there else Table(str(path), {}, {(): 0})
        except ConfigurationProblems as found:
            self.problems += found.problems
            return Table(str(path), {}, {(): 0})

    def _take(self, name: str, read: Callable[[object, Path], Value], default: Value) -> Value:
        variable = PREFIX + name.upper()
        try:
            if variable in self._variables:
                return read(self._variables[variable], Path.cwd())
            if name in self._table.values:
                return read(self._table.values[name], self._folder)
        except (ValueError, OSError) as wrong:
            self.problems.append(self._wrong(name, variable, str(wrong)))
        return default

    def _wrong(self, name: str, variable: str, remedy: str) -> Problem:
        if variable in self._variables:
            value = repr(self._variables[variable][:_SHOWN])
            return Problem(variable, 0, "", _("{value} 不对").format(value=value), remedy)
        value = repr(str(self._table.values[name])[:_SHOWN])
        return self._table.problem((name,), _("{value} 不对").format(value=value), remedy)


def _text(value: object, remedy: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(remedy)
    return value.strip()


def _path(value: object, base: Path) -> Path:
    remedy = _("写上路径，前后加英文引号")
    text = _text(value, remedy)
    if "\0" in text:
        raise ValueError(remedy)
    try:
        return (base / Path(text).expanduser()).absolute()
    except RuntimeError as nobody:  # ~name of nobody
        raise ValueError(remedy) from nobody


def _device(value: object, _base: Path) -> str:
    remedy = _("写上这台终端的名字，最多 {most} 个字").format(most=_LONGEST_DEVICE)
    text = _text(value, remedy)
    if len(text) > _LONGEST_DEVICE or not text.isprintable():
        raise ValueError(remedy)
    return text


def _printer(value: object, base: Path) -> PrinterTarget:
    target = read_printer(_text(value, _("写成 file:路径、device:/dev/usb/lp0 或 tcp:主机:9100")))
    return target if isinstance(target, NetworkPrinter) else target.below(base)


def _language(value: object, _base: Path) -> str:
    remedy = _("写 {names} 之一").format(names=", ".join(LANGUAGES))
    text = _text(value, remedy)
    if text not in LANGUAGES:
        raise ValueError(remedy)
    return text


def _theme(value: object, _base: Path) -> str:
    remedy = _("写主题的英文名，例如 hallterm")
    text = _text(value, remedy)
    if not _THEME.fullmatch(text):
        raise ValueError(remedy)
    return text


def _switch(value: object, _base: Path) -> bool:
    if isinstance(value, bool):
        return value
    found = _SWITCH.get(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(_("写 true 或 false"))
    return found
