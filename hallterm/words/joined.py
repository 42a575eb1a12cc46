"""Words put beside each other, with the signs that a language has for it."""

from collections.abc import Iterable

from hallterm.words.language import _


def joined(words: Iterable[str]) -> str:
    """Return words one after the other (一、二、三)."""
    return _("、").join(words)


def with_note(text: str, note: str) -> str:
    """Return a text with a note behind it (在括号里)."""
    return _("{text}（{note}）").format(text=text, note=note)
