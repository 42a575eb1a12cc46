"""Every command that has no action of its own, with fields drawn by their name and kind.

Ids are taken from what the terminal's hall and company hold, times lie near now, words go into
notes. Much of it is refused, as it should be; what is accepted reaches states that nobody thought
of. A command gets an action of its own when what is drawn here seldom makes sense.
"""

import types
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from hallterm.domain.command_types import command_types
from hallterm.domain.note import Note
from hallterm.domain.numbering import LeaseNumbers
from hallterm.domain.stream import Command
from hallterm.domain.tiers import NUMBER_LETTER
from tests.simulation.actions.registry import ACTIONS, Action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import PROFILE

NOTES = frozenset({"note", "terms", "solution", "words", "superior_words", "detail"})
"""Fields that hold the id of a note, besides those that end in ``note`` or ``note_id``."""
STAFF = frozenset({"staff_id", "goes", "to", "by", "decider", "account_manager"})
MAKES = ("Book", "Plan", "Open", "Start", "Lease", "Promise", "Record")
"""Beginnings of the names of commands that make a new thing, under an id of their own."""


class Filler:
    """Draws one command."""

    def __init__(self, at: Scene, kind: type[Command]) -> None:
        self._at, self._kind = at, kind
        self.notes: list[Note] = []
        self._about = at.desk.new_id()

    def command(self) -> Command:
        """Return the command.

        Raises:
            ValueError: what was drawn is no command of its kind.
        """
        return self._kind(**self._fields(self._kind))

    def _fields(self, model: type[BaseModel]) -> dict[str, Any]:
        drawn = {}
        for name, field in model.model_fields.items():
            if not field.is_required() and self._at.chance.random() < 0.5:
                continue
            drawn[name] = self._value(name, field.annotation, model)
        return drawn

    def _value(self, name: str, kind: Any, model: type[BaseModel]) -> Any:  # noqa: ANN401 - any field
        at, origin = self._at, get_origin(kind)
        if origin in (Union, types.UnionType):
            chosen = at.some([one for one in get_args(kind) if one is not type(None)])
            return self._value(name, chosen, model)
        if origin is not None:
            return self._several(name, kind, model)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return at.some(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind(**self._fields(kind))
        return self._text(name, model) if kind is str else self._plain(kind)

    def _several(self, name: str, kind: Any, model: type[BaseModel]) -> Any:  # noqa: ANN401 - any field
        at, parts = self._at, get_args(kind)
        if get_origin(kind) is Literal:
            return at.some(parts)
        if get_origin(kind) is dict:
            return {at.some(sorted(NUMBER_LETTER.values())): at.chance.randint(1, 5)}
        return [self._value(name, parts[0], model) for _ in range(at.chance.randint(1, 2))]

    def _plain(self, kind: Any) -> Any:  # noqa: ANN401 - any plain field
        at, now = self._at, self._at.desk.clock.now()
        draws: dict[Any, Callable[[], Any]] = {
            bool: lambda: at.chance.random() < 0.5,
            int: lambda: at.chance.randint(1, 3),
            float: lambda: at.chance.uniform(0.5, 3),
            datetime: lambda: self._moment(now),
            date: lambda: at.desk.hall.day or now.date(),
            time: lambda: time(at.chance.randint(8, 17)),
        }
        return draws[kind]()

    def _moment(self, now: datetime) -> datetime:
        """Return a moment: now, or the begin of one of the next half hours."""
        if self._at.chance.random() < 0.4:
            return now
        slot = now.replace(minute=0, second=0, microsecond=0)
        return slot + timedelta(minutes=30 * self._at.chance.randint(1, 6))

    def _text(self, name: str, model: type[BaseModel]) -> str:
        at = self._at
        if (
            name in NOTES
            or name.endswith(("note", "note_id"))
            or (name == "id" and model is not self._kind)
        ):
            return self._note()
        if name in STAFF or name.endswith("staff_id"):
            return at.some(sorted(at.desk.replica.company.staff) or ["1001"])
        held = self._held(name)
        makes = self._kind.__name__.startswith(MAKES) and name == next(
            iter(self._kind.model_fields)
        )
        if held and not makes:
            return at.some(held)
        return at.desk.new_id() if name.endswith("_id") else at.some(("x-1", "y-2"))

    def _note(self) -> str:
        person = self._at.perhaps(self._at.some([*self._at.memory.persons, ""]))
        note = Note(
            id=self._at.desk.new_id(),
            person_id=person or None,
            about=self._about,
            text=self._at.some(("请先说明规定", "客户很着急", "下午再来")),
        )
        self.notes.append(note)
        return note.id

    def _held(self, name: str) -> list[str]:
        """Return the ids that the terminal knows of things of this name."""
        desk, memory = self._at.desk, self._at.memory
        company, hall = desk.replica.company, desk.hall
        stem = name.removesuffix("_id")
        special = {
            "person": memory.persons,
            "business": list(desk.configuration.businesses),
            "hall": [PROFILE.id, "other"],
            "counter": list(company.counters),
            "target": list(company.counters),
            "origin": list(hall.tickets),
            "kind": [kind.id for kind in desk.rules.authority.kinds],
        }
        if stem in special:
            return sorted(special[stem])
        for holder in (hall, company):
            found = getattr(holder, f"{stem}s", None)
            if isinstance(found, dict):
                return sorted(found)
        return []


def action_for(kind: type[Command]) -> Action:
    """Return the action that gives a command of this kind, drawn anew each time."""

    def do(at: Scene) -> object:
        drawn = Filler(at, kind)
        try:
            command = drawn.command()
        except ValueError:
            return None
        return at.desk.act(at.actor(*sorted(kind.allowed)), command, notes=drawn.notes)

    return Action(f"anything.{kind.__name__}", do, (kind,), 4 if kind is LeaseNumbers else 1)


def all_others() -> list[Action]:
    """Return an action for each command that no other module gives."""
    given = {kind for one in ACTIONS for kind in one.gives}
    return [
        action_for(kind)
        for name, kind in sorted(command_types().items())
        if kind not in given and not kind.__subclasses__()
    ]
