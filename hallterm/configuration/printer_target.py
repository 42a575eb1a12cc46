"""Where slips (号票) are printed, as settings write it: file:…, device:… or tcp:host:port."""

from dataclasses import dataclass
from pathlib import Path

from hallterm.words import _

RAW_PORT = 9100
"""Port on which network printers take raw data."""
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """Slips are added to a file; for halls without a printer."""

    path: Path

    def below(self, base: Path) -> "FilePrinter":
        """Return the same with a relative path taken from a folder."""
        return FilePrinter((base / self.path).absolute())


@dataclass(frozen=True, slots=True)
class DevicePrinter:
    """A printer behind a device file such as ``/dev/usb/lp0``."""

    path: Path

    def below(self, base: Path) -> "DevicePrinter":
        """Return the same with a relative path taken from a folder."""
        return DevicePrinter((base / self.path).absolute())


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """A printer that takes raw data over TCP."""

    host: str
    port: int = RAW_PORT


PrinterTarget = FilePrinter | DevicePrinter | NetworkPrinter


def read_printer(text: str) -> PrinterTarget:
    """Read a printer's setting.

    Raises:
        ValueError: It isn't one; the message says in the terminal's language what would be right.
    """
    kind, _colon, rest = text.strip().partition(":")
    match kind.lower():
        case "file":
            return FilePrinter(_path(rest))
        case "device":
            return DevicePrinter(_path(rest))
        case "tcp":
            return _network(rest)
        case _:
            raise ValueError(_("写成 file:路径、device:/dev/usb/lp0 或 tcp:主机:9100"))


def _path(text: str) -> Path:
    remedy = _("冒号后面写上路径，例如 file:/tmp/slips.bin")
    if not text.strip() or "\0" in text:
        raise ValueError(remedy)
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError as nobody:  # ~name of nobody
        raise ValueError(remedy) from nobody


def _network(text: str) -> NetworkPrinter:
    host, port = text, str(RAW_PORT)
    if text.startswith("["):  # an IPv6 address in brackets
        host, _bracket, after = text[1:].partition("]")
        port = after.removeprefix(":") or port
    elif ":" in text:
        host, _colon, port = text.rpartition(":")
    if not host or any(sign.isspace() or sign in "/:[]\0" for sign in host.replace(":", "")):
        raise ValueError(_("写上打印机的主机名或地址，例如 tcp:192.168.1.50:9100"))
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= _LAST_PORT):
        raise ValueError(_("端口写 1 到 {last} 的整数，通常是 9100").format(last=_LAST_PORT))
    return NetworkPrinter(host, int(port))
