"""Customers' records are entered, changed and looked at."""

import tempfile
from pathlib import Path

from hallterm.desk import erasing, persons
from hallterm.desk.imports.run import import_customers
from hallterm.desk.person_views import PersonView
from hallterm.domain.person import commands as cmd
from hallterm.domain.person.commands import EraseReason, PrivilegedReason, UnmaskReason
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.roles import FLOOR, MANAGERS
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene

_NAMES = ("王敏", "张伟", "李娜", "欧阳静")


def _phone(at: Scene) -> str:
    """Return a number of this terminal's own range, or one that another terminal may give too."""
    at.memory.phones += 1
    return f"138{at.lane:02d}{at.memory.phones:06d}" if at.sensible() else "13900000001"


def _note(at: Scene, words: str) -> str:
    """Return words that are written down once only, or none."""
    at.memory.phones += 1
    return words and f"{words}，第{at.lane}-{at.memory.phones}次"


def _remember(at: Scene, person_id: str, raw: dict[str, str]) -> None:
    """Keep what nobody else has been told: it must be gone everywhere when it is erased."""
    told = {raw.get("phone", ""), raw.get("notes", "")} - {"", "13900000001"}
    at.memory.words.setdefault(person_id, set()).update(told)


@action(cmd.RecordPerson, weight=4)
def record(at: Scene) -> object:
    raw = {
        "name": at.some(_NAMES),
        "phone": _phone(at),
        "notes": _note(at, at.some(("", "要靠窗", "急"))),
    }
    way = at.some((ConsentWay.SPOKEN, ConsentWay.SIGNED))
    view = persons.record(at.desk, at.actor(*sorted(FLOOR)), raw, way)
    if isinstance(view, PersonView):
        at.memory.persons.append(view.person_id)
        _remember(at, view.person_id, raw)
    return view


@action(cmd.ChangePerson, weight=5)
def change(at: Scene) -> object:
    if not at.memory.persons:
        return None
    person_id = at.some(at.memory.persons)
    actor = at.actor(*sorted(FLOOR))
    view = persons.get(at.desk, actor, person_id)
    if view is None:
        return None
    version = view.version if at.sensible() else view.version + 1
    raw = at.some(
        (
            {"name": at.some(_NAMES)},
            {"notes": _note(at, at.some(("请打电话", "下午来", "")))},
            {"phone": _phone(at)},
            {"contact": "刘经理", "name": at.some(_NAMES)},
        )
    )
    _remember(at, person_id, raw)
    return persons.change(at.desk, actor, person_id, version, raw)


@action(cmd.ChangePerson, weight=1)
def change_card(at: Scene) -> object:
    if not at.memory.persons:
        return None
    person_id, actor = at.some(at.memory.persons), at.actor(*sorted(MANAGERS))
    view = persons.get(at.desk, actor, person_id)
    if view is None:
        return None
    raw = {"tier": at.some(("VIP", "全球通"))}
    return persons.change(at.desk, actor, person_id, view.version, raw, at.some(PrivilegedReason))


@action(cmd.EnterPersons, weight=1)
def bring_in(at: Scene) -> object:
    rows = [f"{at.some(_NAMES)},{_phone(at)}" for _ in range(at.chance.randint(1, 4))]
    with tempfile.TemporaryDirectory(prefix="hallterm-simulation-") as folder:
        path = Path(folder) / "customers.csv"
        path.write_text("\n".join(["姓名,手机号码", *rows]), "utf-8")
        return import_customers(at.desk, at.actor(*sorted(MANAGERS)), path)


@action(cmd.ErasePerson, weight=2)
def erase(at: Scene) -> object:
    if not at.memory.persons:
        return None
    actor = at.actor(*sorted(MANAGERS))
    return erasing.erase(at.desk, actor, at.some(at.memory.persons), at.some(EraseReason))


@action(cmd.UnmaskPerson)
def unmask(at: Scene) -> object:
    if not at.memory.persons:
        return None
    person_id, actor = at.some(at.memory.persons), at.actor(*sorted(FLOOR))
    return persons.unmask(at.desk, actor, person_id, "phone", at.some(UnmaskReason))
