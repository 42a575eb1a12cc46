"""What can go wrong with the store itself, as faults with a code that `hallterm.words` explains."""

from sqlalchemy.exc import DBAPIError


class StoreFaultError(Exception):
    """The store could not do its work. Nothing that was confirmed is lost.

    code is one of: key_missing, key_unreadable, key_wrong, key_exposed, store_missing,
    store_unopenable, store_read_only, store_full, store_failing, store_newer, store_busy,
    store_damaged, certificates_missing, certificates_unwritable.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class EventUnknownError(KeyError):
    """The log holds an event that only a later hallterm knows, or knows so."""


_SIGNS = (
    ("disk is full", "store_full"),
    ("readonly database", "store_read_only"),
    ("file is not a database", "key_wrong"),
    ("unable to open database", "store_unopenable"),
    ("database is locked", "store_busy"),
    ("malformed", "store_damaged"),
    ("disk I/O error", "store_failing"),
)


def translate(error: BaseException) -> StoreFaultError | None:
    """Return the fault that a driver's error stands for, or None if it is a bug of ours."""
    text = str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error)
    for sign, code in _SIGNS:
        if sign in text:
            return StoreFaultError(code, text)
    return None
