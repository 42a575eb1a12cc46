"""How simulated colleagues receive VIPs: they do every step, and see the customer off."""

from hallterm.desk import checklists, receptions
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.checklist.words import StepKind
from hallterm.domain.refusal import Refusal
from hallterm.lab.training import COLLEAGUES, GREETER

SEEN_OFF_AFTER = 40.0
"""Seconds from the end of the service until the customer is out of the door."""

_ACTORS: dict[str | None, Actor] = {one.staff_id: one.actor for one in (*COLLEAGUES, GREETER)}


def see_off(desk: Desk, ticket_id: str) -> None:
    """End a colleague's reception. One that the person who trains has taken is left alone."""
    reception = desk.hall.receptions.get(ticket_id)
    actor = _ACTORS.get(reception.receiver) if reception else None
    if actor is None:
        return
    while _do_open_steps(desk, actor, ticket_id):
        pass  # an answer may ask for a further step
    receptions.close(desk, actor, ticket_id)


def _do_open_steps(desk: Desk, actor: Actor, run_id: str) -> bool:
    """Do what the run asks for now; say whether there was anything and it was entered."""
    view = checklists.Checklists(desk).view(run_id, actor)
    steps = view.steps if view and view.ended is None else ()
    now = desk.clock.now()
    ticks = [
        checklists.Ticking(
            step_id=step.step_id,
            choices=() if step.kind is StepKind.TICK else (step.choices[0].choice_id,),
            happened_at=now,
        )
        for step in steps
        if step.required and step.is_open
    ]
    return bool(ticks) and not isinstance(checklists.tick(desk, actor, run_id, ticks), Refusal)
