"""A VIP who comes, is served and seen off, for tests of receptions at the desk."""

from datetime import timedelta

from hallterm.clock import ManualClock
from hallterm.desk import checklists, receptions
from hallterm.desk.desk import Desk
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    VIP_ROOM,
)

PERSON = "p1"


def on_duty(desk: Desk) -> None:
    receivers = [GREETER.staff_id, COLLEAGUE.staff_id]
    done(receptions.set_roster(desk, DUTY_MANAGER, receivers, [DUTY_MANAGER.staff_id]))


def member_comes(desk: Desk) -> str:
    """Let a member of the club, who is on file, show the card now."""
    now, ticket_id = desk.clock.now(), desk.new_id()
    command = TakeTicket(
        ticket_id=ticket_id,
        tier=Tier.VIP,
        grade=Grade.GOLD,
        person_id=PERSON,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(GREETER, command))
    return ticket_id


def served(desk: Desk, guest: str) -> None:
    done(desk.act(CLERK, ticket.CallTicket(ticket_id=guest)))
    done(desk.act(CLERK, ticket.StartService(ticket_id=guest)))
    done(desk.act(CLERK, ticket.FinishService(ticket_id=guest)))


def skip_what_is_left(desk: Desk, guest: str, reason: SkipReason) -> None:
    view = checklists.Checklists(desk).view(guest, GREETER)
    assert view is not None
    for step in view.steps:
        if step.is_open and step.required:
            done(checklists.skip(desk, GREETER, guest, step.step_id, reason))


def whole_visit(desk: Desk, clock: ManualClock, *told: str) -> str:
    """Live one visit of the member: accepted after two minutes, tea entered late."""
    guest = member_comes(desk)
    clock.advance(120)
    done(receptions.accept(desk, GREETER, guest))
    done(receptions.guide(desk, GREETER, guest, VIP_ROOM))
    clock.advance(600)
    tea = clock.now() - timedelta(minutes=8)
    late = checklists.Ticking(step_id="tea", happened_at=tea)
    done(checklists.tick(desk, GREETER, guest, [late]))
    done(checklists.tick_now(desk, GREETER, guest, "verify", ["card_forgotten"]))
    done(checklists.tick_now(desk, GREETER, guest, "club_services", told))
    served(desk, guest)
    skip_what_is_left(desk, guest, SkipReason.HURRIED)
    done(receptions.close(desk, GREETER, guest))
    return guest
