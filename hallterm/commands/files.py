"""Writing a new file, readable by its owner only; nothing is ever written over."""

import os
from pathlib import Path

from hallterm.commands.arguments import shown
from hallterm.commands.exits import WrongUsageError
from hallterm.words import _


def write_new(target: Path, data: bytes) -> None:
    """Write a file that isn't there yet.

    Raises:
        WrongUsageError: there is one, or it can't be written.
    """
    name = shown(str(target))
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except FileExistsError as error:
        raise WrongUsageError(_("{path} 已经有了，不会盖掉它").format(path=name)) from error
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or _("名称不对")
        sentence = _("写不了 {path}（{reason}）")
        raise WrongUsageError(sentence.format(path=name, reason=reason)) from error
