"""A whole reception and a diversion, worked through by keys; each picture is kept on the way."""

import re
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from hallterm.desk import call_backs
from hallterm.domain.person.details import PersonKind
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade
from hallterm.lab.training import ACCOUNTS
from hallterm.lab.training_customers import people_of
from tests.screens.desk_room import shown

if TYPE_CHECKING:
    from tests.pictures.__main__ import Scene

RECEIVER, MANAGER, CLERK = "2001", "4001", "1001"


def gold_number(scene: "Scene") -> str:
    """Return the number of a gold customer who is neither in the hall nor expected."""
    hall = scene.desk.hall
    here = {ticket.person_id for ticket in hall.tickets.values()}
    here |= {one.person_id for one in hall.appointments.values()}
    return next(
        one.details.phone or ""
        for one in people_of(scene.desk)
        if one.details.grade is Grade.GOLD
        and one.details.kind is PersonKind.INDIVIDUAL
        and one.person_id not in here
    )


async def go_to(pilot: Pilot[None], place: str) -> None:
    """Go to a place by its digit in the list of places."""
    from tests.pictures.__main__ import press  # noqa: PLC0415 - the two know each other

    await press(pilot, "ctrl+n")
    found = re.search(rf"(\d)  {place}", shown(pilot))
    assert found is not None, shown(pilot)
    await press(pilot, found[1])


async def take_reception(scene: "Scene") -> None:
    """Card forgotten, gold, led away, tea entered late, the next visit agreed, seen off."""
    from tests.pictures.__main__ import keep, press, sign_in  # noqa: PLC0415 - as above

    async with scene.app(80, 24) as pilot:
        await sign_in(scene, pilot, RECEIVER)
        await press(pilot, *gold_number(scene), "enter", "0", "2", "enter")
        scene.desk.refresh()
        number = max(t.number for t in scene.desk.hall.tickets.values() if t.number[0] == "V")
        scene.clock.advance(40)
        await _tick(pilot)
        keep(pilot, "reception-offered")
        await go_to(pilot, "VIP 接待")
        line = re.search(rf"(\d)  {number}", shown(pilot))
        assert line is not None, shown(pilot)
        await press(pilot, line[1], "f2", "enter", "2", "enter", "1", "2", "enter", "enter")
        keep(pilot, "reception-steps")
        await press(pilot, "enter")
        keep(pilot, "reception-places")
        await press(pilot, "1")
        for _ in range(2):  # a terminal that nobody touches for ten minutes locks itself
            scene.pass_time(7 * 60)
            await press(pilot, "down", "up")
        await _tick(pilot)
        await press(pilot, "f5", "5", "6", "7")
        keep(pilot, "reception-late")
        await press(pilot, "enter", "9", "enter", "enter", "1", "enter")
        # the end of the service may have ticked the step already; it is answered anew
        await press(pilot, "pageup", "9", "enter", "2", "3", "f6")
        keep(pilot, "reception-next-visit")
        await press(pilot, "enter", "f9", "enter", "4", "enter", *["enter"] * 4, "f9", "f10")
        keep(pilot, "reception-card")


async def take_diversion(scene: "Scene") -> None:
    """Whose wait overruns, what to say, and the calls that were promised."""
    from tests.pictures.__main__ import keep, press, sign_in  # noqa: PLC0415 - as above

    async with scene.app(80, 24) as pilot:
        await sign_in(scene, pilot, MANAGER)
        await press(pilot, "f6")
        keep(pilot, "diversion")
        await press(pilot, "2", "enter", "1")
        keep(pilot, "diversion-words")
        await press(pilot, "1")
        _promise(scene)
        await press(pilot, "f6")
        keep(pilot, "call-backs")


def _promise(scene: "Scene") -> None:
    """Two customers leave a number."""
    greeter = next(one.actor for one in ACCOUNTS if one.staff_id == RECEIVER)
    waiting = sorted(scene.desk.hall.waiting(), key=lambda one: one.number)[-2:]
    for ticket, minutes in zip(waiting, ("8", "90"), strict=True):
        due = call_backs.due_of(scene.desk, minutes)
        assert not isinstance(due, Refusal)
        done = call_backs.accept(
            scene.desk, greeter, ticket.id, due=due, staff_id=CLERK, phone="13800130001"
        )
        assert not isinstance(done, Refusal), done


async def _tick(pilot: Pilot[None]) -> None:
    from hallterm.screens.hall_app import HallApp  # noqa: PLC0415 - only here
    from tests.screens.desk_room import settled  # noqa: PLC0415 - only here

    app = pilot.app
    assert isinstance(app, HallApp)
    app.tick()
    await settled(pilot)
