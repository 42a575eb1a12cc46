"""Amounts of money: fen inside, yuan for people."""

import re

_TYPED = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


def yuan(fen: int) -> str:
    """Return an amount in yuan, such as ``50`` or ``50.25``."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def read_yuan(text: str) -> int | None:
    """Return fen for what a person typed in yuan; None when it is no amount."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
