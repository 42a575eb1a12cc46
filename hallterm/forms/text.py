"""Texts as a form keeps them: plain signs only, and nothing that a page can't show."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LONGEST = 20_000
"""Characters of a text that are kept; a form shows what fits and says when it shows less."""

_BREAKS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, invisible (direction marks among them), half, private, unassigned: nobody reads them."""


def line(text: str) -> str:
    """Return a text as one line: no line breaks, no hidden signs, single spaces."""
    return " ".join(_shown(text).split())[:LONGEST]


def paragraphs(text: str) -> str:
    """Return a text with its line breaks, but no hidden signs and no empty lines at its ends."""
    lines = [" ".join(part.split()) for part in _shown(text).split("\n")]
    return "\n".join(lines).strip("\n")[:LONGEST].rstrip()


def _shown(text: str) -> str:
    broken = _BREAKS.sub("\n", text[: 2 * LONGEST]).replace("\t", " ")
    normal = unicodedata.normalize("NFC", broken)
    kept = (c for c in normal if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return unicodedata.normalize("NFC", "".join(kept))


Line = Annotated[str, AfterValidator(line)]
Paragraphs = Annotated[str, AfterValidator(paragraphs)]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
"""Number of a form: capital letters, digits and hyphens, so that it can be a file's name."""
