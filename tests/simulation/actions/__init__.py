"""What people and devices do in the simulation, a module for each part of the house.

**How to add actions.** For a new aggregate make a module here (or add to one) and import it in
`everything` below. Write one function for each thing that a person can do and decorate it::

    @action(SendRequest)                     # the command classes that it gives
    def send_request(at: Scene) -> object:   # uses the desk as the screens do
        ticket = at.ticket(TicketState.SERVING)
        if ticket is None:
            return None                      # nothing to do now
        return requests.send(at.desk, at.actor(Role.CLERK), ticket.id, at.some(RequestKind))

`at` is one terminal at one moment; everything uncertain is drawn from it (`some`, `perhaps`,
`chance`), so that a seed gives the same run again. Prefer things that make sense now, and sometimes
do what does not: a refusal must change nothing. `weight` says how often it is done.

A command without an action of its own gets one in `anything.py`, which draws its fields by name
and kind. That is a beginning: see how often it succeeds with ``python -m tests.simulation --calm``.

`test_covers_everything.py` fails when a command is never carried out or an aggregate of the
log is never seen in the simulated halls.
"""

from tests.simulation.actions.registry import ACTIONS, Action, action
from tests.simulation.actions.scene import Scene

__all__ = ["ACTIONS", "Action", "Scene", "action", "everything"]


def everything() -> tuple[Action, ...]:
    """Return every action that there is."""
    from tests.simulation.actions import (  # noqa: F401, PLC0415 - importing them lists them
        arrangements,
        checklists,
        company,
        counters,
        days,
        diversions,
        persons,
        receptions,
        request_walks,
        requests,
        stories,
        tickets,
    )
    from tests.simulation.actions.anything import all_others  # noqa: PLC0415 - after the others

    return (*ACTIONS, *all_others())
