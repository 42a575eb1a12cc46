"""The language of this terminal. The Chinese source text is used where there is no catalogue."""

import gettext
import os
from functools import cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent.parent / "data" / "locale"


@cache
def _translations() -> gettext.NullTranslations:
    wanted = os.environ.get("HALLTERM_LANGUAGE", "zh_CN")
    return gettext.translation("hallterm", LOCALE_FOLDER, [wanted], fallback=True)


def _(message: str) -> str:
    """Return the text in the terminal's language."""
    return _translations().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for a count in the terminal's language."""
    return _translations().ngettext(one, many, count)
