"""Bringing what people type, scan or paste into one shape."""

import unicodedata

_DROPPED = {"Cc", "Cf", "Cs", "Co"}
"""Control, invisible, half of a character, private: nothing that anybody can read."""

_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_TO_SPACE = str.maketrans(dict.fromkeys(_BREAKS, " "))
_PASTE_LIMIT = 20_000
"""Characters of a paste that are looked at; no field is longer than a part of it."""


def clean_text(raw: str) -> str:
    """Return the text in one shape: NFKC, no control characters, single spaces, none at the ends.

    Full-width digits and letters become plain ones; line breaks become spaces. Emoji, rare Han
    and brackets stay as they are.
    """
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split()) if " " in raw else raw
    text = unicodedata.normalize("NFKC", raw[:_PASTE_LIMIT].translate(_TO_SPACE))
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in _DROPPED)
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())[:_PASTE_LIMIT].rstrip()


def clean_code(raw: str) -> str:
    """Return a number or card as typed, without spaces and hyphens, letters in upper case."""
    text = clean_text(raw)
    if text.isdigit() and text.isascii():
        return text
    for sign in " -‐‑‒–—_.·":
        text = text.replace(sign, "")
    return text.upper()
