"""A ticket just issued, for tests of what goes on paper."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hallterm.desk.tickets import Issued
from hallterm.domain.ticket.state import BusinessLine, Leg, LegKind, Ticket
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Grade, Tier

MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def issued(hall_name: str = "建设路营业厅", business: str = "过户") -> Issued:
    """Return a gold card's ticket."""
    ticket = Ticket(
        id="t1",
        number="V007",
        day=date(2026, 11, 23),
        state=TicketState.WAITING,
        tier=Tier.VIP,
        grade=Grade.GOLD,
        businesses=(BusinessLine(business_id="transfer", documents_missing=("id_card",)),),
        arrived_at=MORNING,
        first_shown_at=MORNING,
        shown_at=MORNING,
        legs=(Leg(kind=LegKind.FIRST, clock_from=MORNING, budget_s=600),),
        state_since=MORNING,
    )
    return Issued(
        ticket=ticket,
        ahead=3,
        expected_wait=430.0,
        expected_low=290.0,
        expected_high=800.0,
        business_names=(business,),
        documents_missing=("机主身份证原件",),
        hall_name=hall_name,
        local_time=MORNING.astimezone(ZoneInfo("Asia/Shanghai")),
    )
