"""The fields of a customer's form, in order, and what can be chosen in them."""

from enum import StrEnum

from hallterm.domain.person.identity import read_id_number
from hallterm.domain.person.phone import read_phone
from hallterm.screens.customer_words import CLOSED, YES_OR_NO, value_words
from hallterm.screens.widgets.choice_list import Choice
from hallterm.words.terms import term

FORM_FIELDS = (
    "name",
    "phone",
    "id_number",
    "vip_card",
    "kind",
    "brand",
    "tier",
    "grade",
    "home",
    "group_member",
    "special",
    "account_manager",
    "contact",
    "notes",
)
"""Names of the fields in the order in which a customer is asked."""

CHOICE_FIELDS = frozenset(CLOSED) | YES_OR_NO
_LEAST_ID = 15


def options_of(field: str) -> list[Choice[str]]:
    """Return everything that can be chosen in a field."""
    if field in YES_OR_NO:
        words = value_words(field, value=False), value_words(field, value=True)
        return [Choice("no", words[0]), Choice("yes", words[1])]
    members: type[StrEnum] = CLOSED[field]
    return [Choice(member.value, term(member)) for member in members]


def guess(typed: str) -> dict[str, str]:
    """Put what was looked for in vain into the field it belongs to."""
    if not typed:
        return {}
    if read_phone(typed):
        return {"phone": typed}
    if len(typed) >= _LEAST_ID and read_id_number(typed):
        return {"id_number": typed}
    return {} if typed.isascii() else {"name": typed}
