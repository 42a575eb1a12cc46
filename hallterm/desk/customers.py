"""How customers are called on screens: masked, and looked up once."""

from collections.abc import Iterable

from hallterm.desk.desk import Desk
from hallterm.domain.person.masking import mask_name, mask_phone
from hallterm.store.connection import reading
from hallterm.store.persons.records import PersonRecord, get_many


class CustomerLabels:
    """Masked names and numbers of the customers in the hall."""

    def __init__(self) -> None:
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
                    self._labels[person_id] = label(record)
        return self._labels


def label(record: PersonRecord) -> str:
    """Return a masked name and number, such as ``张* 138****1234``."""
    details = record.details
    parts = (mask_name(details.name or "", details.kind), mask_phone(details.phone))
    return " ".join(part for part in parts if part)
