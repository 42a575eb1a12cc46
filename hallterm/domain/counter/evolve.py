"""How each event changes who sits at a counter."""

from hallterm.domain.counter import events as ev
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.stream import Fact


def evolve(duty: CounterDuty, fact: Fact) -> CounterDuty:
    """Return the counter's duty after one event."""
    match fact.event:
        case ev.CounterTaken(session_id=session_id):
            return CounterDuty(
                counter_id=duty.counter_id,
                staff_id=fact.actor,
                session_id=session_id,
                device=fact.device,
                since=fact.at,
            )
        case ev.CounterPaused(reason=reason):
            return duty.model_copy(update={"paused": reason, "paused_since": fact.at})
        case ev.CounterReopened():
            return duty.model_copy(update={"paused": None, "paused_since": None})
        case ev.CounterReleased():
            return CounterDuty(counter_id=duty.counter_id)
        case _:
            return duty
