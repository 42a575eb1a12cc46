"""The counter on a real desk: a morning in keys."""

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.domain.ticket.words import Outcome, ParkReason, Rating, TicketState
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.counter import CounterScreen
from hallterm.screens.counter_desk import QUIET_SECONDS, CounterDesk
from hallterm.screens.widgets.news import Tone
from tests.screens.driving import Driver, driving
from tests.support.hall import sit, take
from tests.support.rulebook import CLERK


def state(desk: Desk, ticket_id: str) -> TicketState:
    desk.refresh()
    return desk.hall.tickets[ticket_id].state


def current(driver: Driver) -> str:
    screen = driver.app.screen
    assert isinstance(screen, CounterScreen)
    assert screen.view is not None
    return screen.view.current.number if screen.view.current else ""


async def test_a_morning_in_keys(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = take(desk, Tier.STANDARD)
    clock.advance(60)
    second = take(desk, Tier.GOTONE)
    vip = take(desk, Tier.VIP, Grade.GOLD)
    async with driving(lambda: CounterScreen(CounterDesk(desk, CLERK))) as driver:
        await driver.press("f2")
        assert current(driver) == "V001"
        await driver.press("f2")
        assert driver.tone is Tone.REFUSED
        await driver.press("f3", "f4", "f10")
        assert state(desk, vip) is TicketState.DONE
        assert current(driver) == "G001"
        await driver.press("ctrl+r", "1")
        clock.advance(5)
        await driver.pass_time(5)
        assert desk.hall.tickets[vip].rating is Rating.VERY_SATISFIED
        await driver.press("f4", "f5", "1")
        assert desk.hall.tickets[second].reason == ParkReason.DOCUMENTS
        await driver.press("f2", "f4", "ctrl+o", "2")
        assert desk.hall.tickets[first].outcome is Outcome.DOCUMENTS_MISSING
        await driver.press("f5")
        assert current(driver) == "G001"
        await driver.press("f9")
        assert state(desk, second) is TicketState.DONE
        await driver.press("f8", "1")
        assert state(desk, second) is TicketState.SERVING


def test_a_parked_service_counts_from_its_first_start(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    ticket_id = take(desk, Tier.STANDARD)
    counter = CounterDesk(desk, CLERK)
    counter.call_next()
    counter.start(ticket_id)
    started = clock.now().timestamp()
    clock.advance(120)
    counter.park(ticket_id, ParkReason.DOCUMENTS)
    clock.advance(60)
    counter.resume(ticket_id)
    view = counter.poll()
    assert view.current is not None
    assert view.counter is not None
    assert view.current.service.stopped == started
    assert view.counter.since == started


async def test_called_out_of_turn_with_a_reason(desk: Desk) -> None:
    sit(desk)
    take(desk, Tier.STANDARD)
    second = take(desk, Tier.STANDARD)
    async with driving(lambda: CounterScreen(CounterDesk(desk, CLERK))) as driver:
        await driver.press("2", "enter", "1")
        assert current(driver) == "A002"
        assert desk.hall.tickets[second].out_of_order == "help_needed"


def test_quiet_hall_is_laid_out_once(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    clock.set(clock.now().replace(second=0))
    counter = CounterDesk(desk, CLERK)
    view = counter.poll()
    assert counter.poll() is view
    clock.advance(QUIET_SECONDS)
    assert counter.poll() is not view
    view = counter.poll()
    take(desk, Tier.STANDARD)
    assert len(counter.poll().hall.waiting) == len(view.hall.waiting) + 1
