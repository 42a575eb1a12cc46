"""What is offered when a matter can't be done here: on site, a delivery, another time (S0)."""

from typing import TYPE_CHECKING, Any

from hallterm.domain.appointment.words import Channel
from hallterm.domain.errand.words import ErrandKind
from hallterm.screens.arranging import Arranging
from hallterm.screens.errand_form import ErrandAsking
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.views import TicketRow


async def arrange_later(screen: Keyed[Any, Any], row: "TicketRow") -> None:
    """Offer to do the matter of a ticket in another way; what is agreed on is linked to it."""
    work = screen.shell.work
    if work is None:
        return
    choices = [
        Choice("on_site", _("上门办理"), _("约好时间去客户那里办")),
        Choice("delivery", _("配送"), _("办好了送去")),
        Choice("appointment", _("约下一次"), _("客户再来，留好时段")),
        Choice("nothing", _("不用"), _("客户另有打算")),
    ]
    title = _("{number} 这里办不了，怎么给客户办？").format(number=row.number)
    chosen = await screen.app.push_screen_wait(Picker(title, choices))
    person_id = row.person_id
    if chosen == "appointment":
        asking = Arranging(screen, work.arrangements, origin=row.ticket_id)
        await asking.book(person_id, Channel.IN_HALL)
    elif chosen in (ErrandKind.ON_SITE, ErrandKind.DELIVERY):
        business_id = await screen.ask(work.arrangements.business_of, row.ticket_id)
        visiting = ErrandAsking(screen, work.arrangements, row.ticket_id)
        await visiting.plan(person_id, business_id, ErrandKind(chosen))
