"""How customers are called on screens: by role, and looked up once."""

from collections.abc import Iterable

from hallterm.desk.desk import Desk
from hallterm.domain.person.masking import mask_phone, name_for
from hallterm.domain.roles import Role
from hallterm.store.connection import reading
from hallterm.store.persons.records import PersonRecord, get_many


class CustomerLabels:
    """Names and masked numbers of the customers in the hall.

    roles: of whoever looks; a name is whole for those who address customers.
    """

    def __init__(self, roles: frozenset[Role] = frozenset()) -> None:
        self._roles = roles
        self._labels: dict[str, str] = {}
        self._as_of = -1

    def load(self, desk: Desk, person_ids: Iterable[str]) -> dict[str, str]:
        """Return person id → label for these persons; unknown ones are left out."""
        if self._as_of != desk.replica.company_seq:
            self._labels.clear()
            self._as_of = desk.replica.company_seq
        missing = [person_id for person_id in person_ids if person_id not in self._labels]
        if missing:
            with reading(desk.connection):
                for person_id, record in get_many(desk.connection, missing).items():
                    self._labels[person_id] = label(record, self._roles)
        return self._labels


def label(record: PersonRecord, roles: frozenset[Role] = frozenset()) -> str:
    """Return a name as these roles may see it and a masked number: ``张* 138****1234``."""
    details = record.details
    name = name_for(details.name or "", details.kind, roles)
    parts = (name, mask_phone(details.phone))
    return " ".join(part for part in parts if part)
