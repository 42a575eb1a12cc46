"""Settings of one terminal: where its files are, its name, its printer, how it looks.

They come from ``terminal.toml`` in the configuration folder and, above that, from environment
variables ``HALLTERM_…``. An own reader, because pydantic-settings costs 30 ms more at every start
and knows no lines.
"""

import os
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from platformdirs import user_config_path, user_data_path

from hallterm.configuration.mail_target import (
    MailFolder,
    MailTarget,
    read_address,
    read_in,
    read_out,
)
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
_NO_ADDRESS = "hallterm@localhost"
_SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}

Value = TypeVar("Value")
Default = TypeVar("Default")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSettings:
    """How letters and faxes leave and come in."""

    mail_out: MailTarget
    """Where letters go."""
    mail_in: MailTarget | None
    """Where letters come from; None: they are imported by hand."""
    mail_from: str
    """Address that letters are from."""
    mail_secret: Path | None
    """File with the password of the mail account, readable by its owner only."""
    mail_trust: Path | None
    """Certificates to trust, for a mail server of the house; None: those of the system."""
    fax_out: Path
    """Folder from which a fax server takes pages."""
    fax_in: Path
    """Folder into which received faxes are put."""

    @classmethod
    def below(cls, folder: Path) -> "PostSettings":
        """Return the settings of a hall without a mail server: folders only."""
        return cls(
            mail_out=MailFolder(folder / "outbox"),
            mail_in=None,
            mail_from=_NO_ADDRESS,
            mail_secret=None,
            mail_trust=None,
            fax_out=folder / "fax-out",
            fax_in=folder / "fax-in",
        )


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
    post: PostSettings = field(default_factory=lambda: PostSettings.below(_state()))
    """Written as keys of their own, beside the others."""
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


def _state() -> Path:
    return user_data_path("hallterm", appauthor=False)


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
        known = [one.name for kind in (Settings, PostSettings) for one in fields(kind)]
        known.remove("post")
        for name in self._table.values:
            if name not in known:
                self.problems.append(self._table.problem((name,), *unknown_key(name, known)))

    def settings(self) -> Settings:
        state = _state()
        slips: PrinterTarget = FilePrinter(state / "slips.bin")
        own_data = self._take("data", _path, self._folder)
        chosen = own_data != self._folder
        return Settings(
            store=self._take("store", _path, state / "hall.db"),
            key=self._take("key", _path, self._folder / "hall.key"),
            data=(own_data,) if chosen else (own_data, PACKAGED),
            device=self._take("device", _device, _host() or "terminal"),
            printer=self._take("printer", _printer, slips),
            post=self._post(PostSettings.below(state)),
            language=self._take("language", _language, LANGUAGES[0]),
            theme=self._take("theme", _theme, "hallterm"),
            wide_ambiguous=self._take("wide_ambiguous", _switch, default=False),
        )

    def _post(self, usual: PostSettings) -> PostSettings:
        return PostSettings(
            mail_out=self._take("mail_out", _mail_out, usual.mail_out),
            mail_in=self._take("mail_in", _mail_in, usual.mail_in),
            mail_from=self._take("mail_from", _mail_from, usual.mail_from),
            mail_secret=self._take("mail_secret", _path, usual.mail_secret),
            mail_trust=self._take("mail_trust", _path, usual.mail_trust),
            fax_out=self._take("fax_out", _path, usual.fax_out),
            fax_in=self._take("fax_in", _path, usual.fax_in),
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

    def _take(
        self, name: str, read: Callable[[object, Path], Value], default: Default
    ) -> Value | Default:
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


def _mail_out(value: object, base: Path) -> MailTarget:
    return read_out(_text(value, _("写成 folder:路径或 starttls://用户@主机:587")), base)


def _mail_in(value: object, base: Path) -> MailTarget:
    return read_in(_text(value, _("写成 folder:路径或 tls://用户@主机:993/INBOX")), base)


def _mail_from(value: object, _base: Path) -> str:
    return read_address(_text(value, _("写一个邮箱地址，例如 hall@example.com")))


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
