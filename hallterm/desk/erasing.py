"""Erasing a customer (删除客户资料): at the home at once, at every other terminal when it hears."""

from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.person.commands import ErasePerson, EraseReason
from hallterm.domain.refusal import Refusal
from hallterm.store.persons.erasing import scrub


def erase(desk: Desk, actor: Actor, person_id: str, reason: EraseReason) -> Done | Refusal:
    """Erase a customer's record, its history, notes and papers; it can't be undone.

    Where the store follows a home the record goes once the home has confirmed it.

    Raises:
        StoreFaultError: the store could not be written; nothing has changed.
    """
    answer = desk.act(actor, ErasePerson(person_id=person_id, reason=reason))
    if isinstance(answer, Done):
        scrub(desk.connection)
    return answer
