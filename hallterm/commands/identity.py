"""Whom a customer at a kiosk is, from the one thing that was shown."""

from collections.abc import Callable
from dataclasses import dataclass

from hallterm.commands.exits import RefusedError, WrongUsageError
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import TicketDraft
from hallterm.domain.person.identity import read_id_number, read_vip_card
from hallterm.domain.person.phone import read_phone
from hallterm.domain.person.text import clean_code
from hallterm.domain.refusal import refuse
from hallterm.store.connection import reading
from hallterm.store.persons.keys import TAIL, KeyKind
from hallterm.store.persons.records import PersonRecord, get_many, holders
from hallterm.store.persons.search import search
from hallterm.words import _
from hallterm.words.refusals import explain


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the customer showed; exactly one of these."""

    phone: str = ""
    card: str = ""
    id_number: str = ""
    name: str = ""
    walk_in: bool = False


def person_shown(desk: Desk, shown: Shown) -> str:
    """Return the id of whoever it is.

    Raises:
        WrongUsageError: None or several identities were given, or a number that can't be one.
        RefusedError: Nobody fits, or several do.
    """
    given = [bool(one) for one in (shown.phone, shown.card, shown.id_number, shown.name)]
    if sum(given) != 1:
        raise WrongUsageError(_("写一种身份：--phone、--card、--id-number 或 --name"))
    return _found(desk, shown).person_id


def only_one(shown: Shown) -> Shown:
    """See that exactly one identity was given.

    Raises:
        WrongUsageError: None, or several.
    """
    given = [bool(one) for one in (shown.phone, shown.card, shown.id_number, shown.name)]
    if sum((*given, shown.walk_in)) != 1:
        raise WrongUsageError(_("写一种身份：--phone、--card、--id-number、--name 或 --walk-in"))
    return shown


def identify(desk: Desk, draft: TicketDraft, shown: Shown) -> None:
    """Take tier, grade and flags of whoever it is over into the draft; walk-ins stay as they are.

    Raises:
        WrongUsageError: A number that can't be one.
        RefusedError: Nobody fits, or several do.
    """
    if shown.walk_in:
        return
    record = _found(desk, shown)
    draft.identify(record.person_id, record.details, draft.shown_at)


def _found(desk: Desk, shown: Shown) -> PersonRecord:
    with reading(desk.connection) as connection:
        if shown.name:
            found = search(connection, shown.name, 2)
            records, more = list(found.rows), found.more
        else:
            ids = holders(connection, *_key(shown))
            records, more = list(get_many(connection, ids).values()), 0
    if not records:
        raise RefusedError(refuse("person_unknown"))
    if len(records) > 1:
        raise RefusedError(refuse("several_persons", count=len(records) + more))
    return records[0]


def _key(shown: Shown) -> tuple[KeyKind, str]:
    if shown.card:
        return KeyKind.CARD, _read(read_vip_card, shown.card, "vip_card_wrong")
    if shown.id_number:
        return KeyKind.ID_NUMBER, _read(read_id_number, shown.id_number, "id_number_wrong")
    digits = clean_code(shown.phone)
    if len(digits) == TAIL and digits.isdigit():
        return KeyKind.TAIL, digits
    return KeyKind.PHONE, _read(read_phone, shown.phone, "phone_wrong")


def _read(reader: Callable[[str], str | None], text: str, wrong: str) -> str:
    number = reader(text)
    if number is None:
        raise WrongUsageError(explain(refuse(wrong)))
    return number
