"""Every word a person reads: gettext, with zh_CN as the source language.

`terms` and `refusals` know the domain's words and are imported by name, so that this package
stays free of the domain.
"""

from hallterm.words.durations import minutes_seconds
from hallterm.words.joined import joined, with_note
from hallterm.words.language import (
    LANGUAGES,
    LOCALE_FOLDER,
    _,
    choose_language,
    mark,
    ngettext,
    spoken_language,
    translate,
)

__all__ = [
    "LANGUAGES",
    "LOCALE_FOLDER",
    "_",
    "choose_language",
    "joined",
    "mark",
    "minutes_seconds",
    "ngettext",
    "spoken_language",
    "translate",
    "with_note",
]
