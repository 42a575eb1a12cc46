"""Telephone numbers (电话号码).

Own rules instead of a library: the domain has no dependencies, and a million rows are read at once.
"""

import re

from hallterm.domain.person.text import clean_code

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-57-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
_HOME_PREFIX = re.compile(r"(?:\+|00)86")


def read_phone(raw: str) -> str | None:
    """Return a number in its one shape, or None if it can't be a telephone number.

    Mainland mobile numbers are 11 digits, landlines start with 0 and their area code, numbers of
    other countries with + and the country code. Spaces, hyphens, brackets, full-width digits and
    the country code 86 in front are understood.
    """
    text = clean_code(raw)
    if _MOBILE.fullmatch(text):
        return text
    text = text.replace("(", "").replace(")", "")
    if home := _HOME_PREFIX.match(text):
        rest = text[home.end() :]
        text = rest if _MOBILE.fullmatch(rest) else "0" + rest.removeprefix("0")
    elif text.startswith("86") and _MOBILE.fullmatch(text[2:]):
        text = text[2:]
    elif text.startswith("00"):
        text = "+" + text[2:]
    fits = _MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text) or _ABROAD.fullmatch(text)
    return text if fits else None
