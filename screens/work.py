"""What the screens of one signed-in person work with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hallterm.screens.arrangement_work import ArrangementWork
    from hallterm.screens.contradiction_work import ContradictionWork
    from hallterm.screens.customer_search import CustomerSearch
    from hallterm.screens.customer_work import CustomerWork
    from hallterm.screens.desk_port import HallDesk
    from hallterm.screens.dispatching_work import DispatchWork
    from hallterm.screens.diversion_work import DiversionWork
    from hallterm.screens.end_of_day_work import DayWork
    from hallterm.screens.reception_work import ReceptionWork
    from hallterm.screens.request_work import RequestWork
    from hallterm.screens.setup.book import HallBook
    from hallterm.screens.ticket_desk_work import TicketWork


@dataclass(frozen=True, slots=True)
class Work:
    """The person's doors to the desk, one for each kind of screen."""

    hall: "HallDesk"
    tickets: "TicketWork"
    search: "CustomerSearch"
    customers: "CustomerWork"
    day: "DayWork"
    contradictions: "ContradictionWork"
    dispatch: "DispatchWork"
    book: "HallBook"
    receptions: "ReceptionWork"
    arrangements: "ArrangementWork"
    requests: "RequestWork"
    diversions: "DiversionWork"
