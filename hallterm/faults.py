"""The log file of faults (故障日志): what went wrong inside, with personal data masked.

It is for whoever repairs the program. A person at the terminal is told in one sentence, and where
this file is.
"""

import logging
import re
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_FOLDER = "log"
LOG_FILE = "hallterm.log"
LARGEST = 1_000_000
"""Bytes after which a new file is begun."""
KEPT = 3
"""Older files kept beside the newest."""

_LOGGERS = ("hallterm", "sqlalchemy", "asyncio")
"""Ours, and those of libraries whose messages may hold what a person typed."""
_HIDDEN = "***"
_PERSONAL = re.compile(
    r"""
      [0-9a-f]{64}                               # the store's key
    | [0-9０-９](?:[ -]?[0-9０-９]){6,}[Xx]?     # telephone, card, identity and other numbers
    | [\w.+-]{1,64}@[\w-]+\.[\w.-]+                  # e-mail
    | [\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+   # Chinese words: names, addresses
    """,
    re.VERBOSE,
)
_VALUES = re.compile(r"\[parameters: .*|input_value=.*?(?=, input_type=|$)", re.DOTALL)
_LONGEST = 4000
_MOST_LINES = 200


def mask(text: str) -> str:
    """Return a text without what may name a person: long numbers, addresses, Chinese words."""
    # Masked before it is cut: what is left of a number cut in two would not look like one.
    return _PERSONAL.sub(_HIDDEN, _VALUES.sub(_HIDDEN, text))[:_LONGEST]


class MaskingFormatter(logging.Formatter):
    """Writes one masked line a record, and below it the faults behind it with their stacks."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record; the message is masked, times are UTC."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = mask(record.getMessage())
        line = f"{moment} {record.process} {record.levelname} {record.name} {message}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *_chain(error)][:_MOST_LINES])


class QuietFileHandler(RotatingFileHandler):
    """A log file that, when it can't be written, disturbs neither the work nor the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Give the record up: there is no better place to tell it."""


def _chain(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None and len(lines) < _MOST_LINES:
        message = mask(str(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}: {message}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def log_path(folder: Path) -> Path:
    """Return where the log file of a data folder is."""
    return folder / LOG_FOLDER / LOG_FILE


def log_to(folder: Path) -> Path | None:
    """Write faults of this process below a folder; return the file, or None if it can't be.

    Calling it again moves the log. Nothing is ever written to the terminal.
    """
    path = log_path(folder)
    _quiet()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError:
        _hear(logging.NullHandler())
        return None
    handler = QuietFileHandler(
        path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(MaskingFormatter())
    _hear(handler)
    return path


def _quiet() -> None:
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        for old in tuple(logger.handlers):
            logger.removeHandler(old)
            old.close()
        logger.propagate = False


def _hear(handler: logging.Handler) -> None:
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
