"""What the log knows of a person's record: that it exists, and its version."""

from hallterm.domain.frozen import Frozen
from hallterm.domain.person.details import PersonKind
from hallterm.domain.person.events import (
    PersonChanged,
    PersonErased,
    PersonRecorded,
    PersonsImported,
)
from hallterm.domain.stream import Event


class Person(Frozen):
    """A person's record without its data."""

    id: str
    kind: PersonKind
    version: int
    """1 when recorded, one more with each change."""
    erased: bool = False


def evolve(state: Person | None, event: Event) -> Person | None:
    """Return the state after an event about this person; other events change nothing.

    A batch is about many persons: use `evolve_batch`.
    """
    match event:
        case PersonRecorded():
            return Person(id=event.person_id, kind=event.kind, version=1)
        case PersonChanged() if state is not None:
            return state.model_copy(update={"version": event.person_version})
        case PersonErased() if state is not None:
            return state.model_copy(update={"erased": True})
        case _:
            return state


def evolve_batch(versions: dict[str, int], event: PersonsImported) -> dict[str, int]:
    """Return the versions by person's id after an imported batch."""
    return (
        versions
        | dict.fromkeys(event.recorded, 1)
        | {record.person_id: record.person_version for record in event.changed}
    )
