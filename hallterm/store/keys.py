"""The key file: 32 random bytes as 64 hexadecimal digits, readable by its owner only.

It protects a stolen store file or backup, as long as the key file is not kept beside it. It does
not protect against somebody who can read the files of the account that runs hallterm.
"""

import os
import secrets
import stat
from pathlib import Path

from hallterm.store.faults import StoreFaultError

KEY_DIGITS = 64


def create_key(path: Path) -> str:
    """Write a new key file with mode 0600 and return the key.

    Raises:
        StoreFaultError: key_unreadable when the file exists already or can't be written.
    """
    key = secrets.token_hex(KEY_DIGITS // 2)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreFaultError("key_unreadable", str(path)) from error
    return key


def read_key(path: Path) -> str:
    """Return the key from a key file.

    Raises:
        StoreFaultError: key_missing, key_unreadable, key_wrong (not a key), key_exposed (others
            can read the file).
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise StoreFaultError("key_missing", str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreFaultError("key_unreadable", str(path)) from error
    if stat.S_IMODE(mode) & 0o077:
        raise StoreFaultError("key_exposed", str(path))
    if len(text) != KEY_DIGITS or any(c not in "0123456789abcdef" for c in text):
        raise StoreFaultError("key_wrong", str(path))
    return text
