"""What can be done with an issued ticket: a card shown late, a wrong tier, back again, print."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

from hallterm.desk.views import TicketRow
from hallterm.domain.person.details import served_as
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import TIER_ORDER, Grade, Tier
from hallterm.screens.customer import CustomerScreen
from hallterm.screens.customer_finder import CustomerFinder
from hallterm.screens.keyed import Keyed
from hallterm.screens.ticket_desk_states import CHANGEABLE, back_choice
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.tickets import Issued
    from hallterm.screens.customer_search import CustomerSearch
    from hallterm.screens.customer_work import CustomerWork
    from hallterm.screens.ticket_desk_work import TicketWork, TierPlan

_MINUTE = 60
Level = tuple[Tier, Grade | None]


def offers(row: TicketRow) -> list[Choice[str]]:
    """Return what can be done with a ticket from the ticket desk."""
    found = []
    if row.state is TicketState.ABSENT:
        found.append(back_choice(row))
    if row.state in CHANGEABLE:
        found.append(Choice("card", _("出示了卡片或号码"), _("找到客户，按资料的级别改")))
        found.append(Choice("tier", _("级别不对"), _("直接改成另一个级别")))
    found.append(Choice("print", _("补打号票"), _("按现在的人数重新打印")))
    if row.person_id:
        found.append(Choice("customer", _("客户资料"), ""))
    return found


def levels() -> list[Choice[Level]]:
    """Return every tier with its grades."""
    found: list[Choice[Level]] = [
        Choice((Tier.VIP, grade), f"{term(Tier.VIP)} {term(grade)}") for grade in Grade
    ]
    lower: tuple[Tier, ...] = (Tier.GOTONE, Tier.STANDARD)
    return [*found, *(Choice[Level]((tier, None), term(tier)) for tier in lower)]


def plan_words(plan: "TierPlan") -> tuple[str, str]:
    """Say what a change of tier does: the question, and what happens to the clock."""
    ticket, event = plan.ticket, plan.event
    began = event.clock_from.astimezone(plan.zone)
    left = event.budget_s - (plan.now - event.clock_from).total_seconds()
    rest = _("还余 {time}") if left >= 0 else _("已经超过 {time}")
    upward = TIER_ORDER[event.tier] < TIER_ORDER[ticket.tier]
    if upward:
        why = _("从出示的 {time} 起重新计时")
    elif event.clock_from == ticket.leg.clock_from:
        why = _("计时不变，仍从 {time} 起")
    else:
        why = _("退回到最早表明身份的 {time} 起计时")
    clock = why.format(time=f"{began:%H:%M}")
    promise = _("时限 {minutes} 分钟，{rest}").format(
        minutes=round(event.budget_s / _MINUTE),
        rest=rest.format(time=minutes_seconds(abs(left))),
    )
    arrived = ticket.arrived_at.astimezone(plan.zone)
    kept = _("到厅 {time} 和号码照旧").format(time=f"{arrived:%H:%M}")
    question = _("{number} 从 {old} 改为 {new}？").format(
        number=ticket.number,
        old=tier_and_grade(ticket.tier, ticket.grade),
        new=tier_and_grade(event.tier, event.grade),
    )
    return question, _("{clock}，{promise}。{kept}。").format(
        clock=clock, promise=promise, kept=kept
    )


class TicketFlow:
    """Asks and acts for one screen; any screen with a ticket in hand may use it."""

    def __init__(
        self,
        screen: Keyed[Any, Any],
        work: "TicketWork",
        search: "CustomerSearch",
        customers: "CustomerWork",
    ) -> None:
        self._screen = screen
        self._work = work
        self._search = search
        self._customers = customers
        self._printing = asyncio.Lock()

    async def offer(self, row: TicketRow, why: str = "") -> None:
        """Ask what to do with a ticket, and do it; why: said first, where nobody asked for it."""
        who = row.customer or _("散客")
        title = f"{row.number}  {tier_and_grade(row.tier, row.grade)}  {who}  {term(row.state)}"
        note = "   ".join(filter(None, (why, joined(row.businesses))))
        chosen = await self._screen.app.push_screen_wait(Picker(title, offers(row), note))
        if chosen is not None:
            await self.carry_out(chosen, row)

    async def carry_out(self, chosen: str, row: TicketRow) -> None:
        """Do one of the `offers`."""
        match chosen:
            case "back":
                await self.report_back(row)
            case "card":
                await self.show_card(row)
            case "tier":
                await self.correct(row)
            case "print":
                await self.print_again(row)
            case "customer" if row.person_id:
                self.show_customer(row.person_id)

    def show_customer(self, person_id: str) -> None:
        """Open the customer's panel."""
        self._screen.app.push_screen(CustomerScreen(self._customers, self._search, person_id))

    async def report_back(self, row: TicketRow) -> None:
        """Put a customer who was passed over back into the queue."""
        if await self._screen.ask(self._work.report_back, row.ticket_id):
            words = _("{number} 已回到队里。")
            self._screen.say(words.format(number=row.number), Tone.DONE)

    async def show_card(self, row: TicketRow) -> None:
        """Find the customer who shows a card late, and give the ticket their tier."""
        title = _("{number} 出示了身份：是哪位客户？").format(number=row.number)
        finder = CustomerFinder(title, self._search, self._customers)
        person_id = await self._screen.app.push_screen_wait(finder)
        if person_id is None:
            return
        person = await self._screen.ask(self._work.person, person_id)
        if person is not None:
            view = cast("Any", person)
            await self._change(row, (view.tier, served_as(view.tier, view.grade)), person_id)

    async def correct(self, row: TicketRow) -> None:
        """Give a ticket another tier."""
        title = _("{number} 现在是 {tier}，改成？").format(
            number=row.number, tier=tier_and_grade(row.tier, row.grade)
        )
        level = await self._screen.app.push_screen_wait(Picker(title, levels()))
        if level is not None:
            await self._change(row, level, None)

    async def _change(self, row: TicketRow, level: Level, person_id: str | None) -> None:
        screen = self._screen
        shown_at = screen.moment.now
        plan = await screen.ask(self._work.plan_tier, row.ticket_id, *level, person_id, shown_at)
        if plan is None:
            return
        planned = cast("TierPlan", plan)
        question, clock = plan_words(planned)
        if not await screen.app.push_screen_wait(Confirm(question, _("更正级别"), clock)):
            return
        if await screen.ask(self._work.put_tier_right, planned):
            words = _("{number} 已改为 {tier}。")
            new = tier_and_grade(planned.event.tier, planned.event.grade)
            screen.say(words.format(number=row.number, tier=new), Tone.DONE)

    async def print_again(self, row: TicketRow) -> None:
        """Print the slip as it reads now."""
        issued = await self._screen.ask(self._work.slip, row.ticket_id)
        if issued is not None:
            self.print(cast("Issued", issued))

    def print(self, issued: "Issued") -> None:
        """Print off the event loop; a printer that fails is news, the ticket stands."""
        self._screen.run_worker(self._print(issued), group="print")

    async def _print(self, issued: "Issued") -> None:
        # Not on the desk's thread: a printer may take seconds, and the next customer is here.
        async with self._printing:
            fault = await asyncio.to_thread(self._work.print, issued)
        if fault:
            self._screen.say(fault, Tone.FAULT)
