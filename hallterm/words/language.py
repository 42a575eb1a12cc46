"""The language of this terminal. The Chinese source text is used where there is no catalogue."""

import gettext
import os
from functools import lru_cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent.parent / "data" / "locale"
SOURCE_LANGUAGE = "zh_CN"
LANGUAGES = (SOURCE_LANGUAGE, "en")
"""Languages that a terminal can speak."""


class _Choice:
    """The language chosen by settings; empty: the environment decides."""

    language = ""


def choose_language(language: str) -> None:
    """Speak this language from now on; texts already made stay as they are."""
    _Choice.language = language


def spoken_language() -> str:
    """Return the language spoken now, such as ``zh_CN``."""
    return _Choice.language or os.environ.get("HALLTERM_LANGUAGE") or SOURCE_LANGUAGE


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(wanted: str) -> gettext.NullTranslations:
    if wanted not in LANGUAGES:  # the settings report it; until then the source text will do
        return gettext.NullTranslations()
    return gettext.translation("hallterm", LOCALE_FOLDER, [wanted], fallback=True)


def _(message: str) -> str:
    """Return the text in the terminal's language."""
    return _catalogue(spoken_language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for a count in the terminal's language."""
    return _catalogue(spoken_language()).ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a text of a table for the catalogue without translating it yet."""
    return message


def translate(marked: str) -> str:
    """Return a text that was marked earlier in the terminal's language."""
    return _(marked)
