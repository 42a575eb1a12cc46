"""What the keys of the ticket desk do."""

from typing import TYPE_CHECKING, cast

from hallterm.desk.tickets import TicketDraft
from hallterm.domain.person.details import PersonKind
from hallterm.domain.ticket.words import UndoReason
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import plain
from hallterm.screens.commands.ticket_desk import Panel, TicketDeskState
from hallterm.screens.customer_finder import CustomerFinder
from hallterm.screens.customer_form import CustomerForm
from hallterm.screens.reasons import ask_reason
from hallterm.screens.ticket_desk_draft import Draft, business_by_code, toggle, toggle_care
from hallterm.screens.ticket_desk_pick import TicketPick
from hallterm.screens.ticket_desk_tier import TicketFlow
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.arrangement_views import AppointmentRow
    from hallterm.desk.persons import PersonView
    from hallterm.desk.tickets import Issued
    from hallterm.domain.business import Document
    from hallterm.screens.customer_search import CustomerSearch, FoundRow
    from hallterm.screens.customer_work import CustomerWork
    from hallterm.screens.ticket_desk_work import Identified, TicketWork

_MOST_DOCUMENTS = 10
_MOST_BUSINESSES = 9


class TicketDeskActions(HallScreen[TicketDeskState]):
    """From a customer to a ticket; a subclass draws it and answers what is typed and found."""

    def __init__(
        self, work: "TicketWork", search: "CustomerSearch", customers: "CustomerWork"
    ) -> None:
        super().__init__()
        self.work = work
        self.search = search
        self.customers = customers
        self.flow = TicketFlow(self, work, search, customers)
        self.draft: TicketDraft | None = None
        self.person: PersonView | None = None
        self.agent: PersonView | None = None
        self.panel = Panel.BUSINESSES
        self.partial = ""
        self._without_agent = False
        self.printed: Issued | None = None
        self.undoable = ""

    # What the subclass draws

    @property
    def typed(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    @property
    def under_cursor(self) -> "FoundRow | None":
        """The customer under the cursor of the list."""
        raise NotImplementedError

    async def found_for(self, text: str) -> "FoundRow | None":
        """Return the customer to choose for what is typed, looked up by now."""
        raise NotImplementedError

    def show_finding(self, *, clear: bool) -> None:
        """Go to the field; clear: the next customer is somebody else."""
        raise NotImplementedError

    def show_draft(self) -> None:
        """Draw the ticket being made."""
        raise NotImplementedError

    def show_issued(self, issued: "Issued", customer: str) -> None:
        """Draw the ticket just issued."""
        raise NotImplementedError

    def hide_issued(self) -> None:
        """Draw no ticket any more: the one issued last has ended."""
        raise NotImplementedError

    def more_digits(self, digits: str) -> None:
        """Put digits into the field."""
        raise NotImplementedError

    # The draft

    @property
    def documents(self) -> "list[Document]":
        """Documents that the draft asks for."""
        return self.work.documents(self.draft)[:_MOST_DOCUMENTS] if self.draft else []

    def drawn(self, draft: TicketDraft) -> Draft:
        """Return what the widgets show."""
        return Draft(
            draft,
            self.person,
            self.agent,
            self.work.budget(draft.tier),
            self.work.businesses(),
            tuple(self.documents),
            self.panel,
            self.partial,
        )

    def _begin(self, draft: TicketDraft, person: "PersonView | None") -> None:
        self.draft, self.person = draft, person
        self.panel, self.partial = Panel.BUSINESSES, ""
        self._without_agent = False
        self.show_draft()

    def _drop(self) -> None:
        self.draft = self.person = self.agent = None
        self.panel, self.partial = Panel.BUSINESSES, ""

    async def do_walk_in(self) -> None:
        """Begin a ticket for somebody without a number; the clock runs from now."""
        now = self.moment.now
        self.agent = None
        self.unsay()
        self._begin(TicketDraft(arrived_at=now, shown_at=now), None)

    async def do_go_on(self) -> None:
        """Choose the customer; or print the ticket."""
        if self.draft is None:
            await self._choose()
        else:
            await self._issue(self.draft)

    async def _choose(self) -> None:
        text = self.typed
        if not text:
            self.say(_("先输入号码或姓名；没有号码按 F2。"), Tone.REFUSED)
            self.show_finding(clear=False)
            return
        row = await self.found_for(text)
        if row is None:
            self.say(_("没有这位客户。F4 登记，或 F2 作散客。"), Tone.REFUSED)
            self.show_finding(clear=False)
            return
        await self._identify(row.view.person_id)

    async def _identify(self, person_id: str) -> None:
        now = self.moment.now
        draft = self.draft or TicketDraft(arrived_at=now, shown_at=now)
        answer = await self.ask(self.work.identify, draft, person_id, now)
        if answer is None:
            if self.draft is None:
                self.show_finding(clear=False)
            return
        shown = cast("Identified", answer)
        if shown.waiting is None:
            if shown.appointment and not await self._keeps(shown.draft, shown.appointment):
                self.show_finding(clear=False)
                return
            self._begin(shown.draft, shown.view)
            return
        self._drop()
        self.show_finding(clear=False)
        words = _("这位客户已有号票 {number}，不用再取。").format(number=shown.waiting.number)
        self.say(words, Tone.REFUSED)
        await self.flow.offer(shown.waiting, words)
        await self.note_standing()

    async def _keeps(self, draft: TicketDraft, row: "AppointmentRow") -> bool:
        """Ask whether the customer comes for the appointment; False: backed out."""
        title = _("{customer} 今天 {time} 约了 {business}").format(
            customer=plain(row.customer), time=f"{row.begins:%H:%M}", business=row.business
        )
        in_time = row.in_time(self.moment.local)
        if in_time and self.moment.local < row.begins:
            note = _("时限从约定时间起算")
        else:
            note = _("准时，到点排在同级前面") if in_time else _("不在约定时间前后，照常取号")
        choices = [
            Choice("keeps", _("赴约"), note),
            Choice("other", _("另办别的"), _("预约还留着")),
        ]
        chosen = await self.app.push_screen_wait(Picker(title, choices))
        if chosen == "keeps":
            draft.appointment_id = row.appointment_id
            draft.business_ids = list(dict.fromkeys([row.business_id, *draft.business_ids]))
        return chosen is not None

    async def do_identify(self) -> None:
        """Let a walk-in show who they are; the businesses stay."""
        finder = CustomerFinder(_("出示了身份：是哪位客户？"), self.search, self.customers)
        person_id = await self.app.push_screen_wait(finder)
        if person_id is not None:
            await self._identify(person_id)

    async def do_new_customer(self) -> None:
        """Enter a new customer, who is chosen then."""
        typed = self.typed if self.draft is None else ""
        view = await self.app.push_screen_wait(CustomerForm(self.customers, typed=typed))
        if view is not None:
            await self._identify(view.person_id)

    # Digits

    def digit(self, digit: str) -> bool:
        """Take a digit after the keys that were pressed before it.

        A sign that comes while the field hands on is text again if no ticket was begun.
        """
        self.run_worker(self._in_turn(digit), group="commands")
        return True

    async def _in_turn(self, digit: str) -> None:
        async with self._turn:
            if self.draft is None:
                self.more_digits(digit)
                return
            if digit.isascii() and digit.isdigit():
                self.unsay()
                self._use_digit(self.draft, digit)
                self.show_draft()
        self.refresh_keys()

    def _use_digit(self, draft: TicketDraft, digit: str) -> None:
        if self.panel is Panel.CARE:
            if 1 <= int(digit) <= len(self.drawn(draft).care):
                toggle_care(draft, int(digit) - 1)
        elif self.panel is Panel.DOCUMENTS:
            place = (int(digit) or _MOST_DOCUMENTS) - 1
            if place < len(self.documents):
                draft.missing ^= {self.documents[place].id}
        elif not self.partial:
            self.partial = digit
        else:
            self._use_code(draft, self.partial + digit)
            self.partial = ""

    def _use_code(self, draft: TicketDraft, code: str) -> None:
        business = business_by_code(self.work.businesses(), code)
        if business is None:
            self.say(_("没有业务码 {code}。").format(code=code), Tone.REFUSED)
        elif len(draft.business_ids) == _MOST_BUSINESSES and business.id not in draft.business_ids:
            self.say(_("一张号票最多 {most} 项业务。").format(most=_MOST_BUSINESSES), Tone.REFUSED)
        else:
            toggle(draft.business_ids, business.id)

    def key_backspace(self) -> None:
        """Take back half a code, or the business chosen last."""
        if self.draft is not None:
            self.unsay()
            if self.partial:
                self.partial = ""
            elif self.draft.business_ids:
                self.draft.business_ids.pop()
            self.show_draft()
            self.refresh_keys()

    async def do_documents(self) -> None:
        """Let digits mark documents; once more: businesses again."""
        self._turn_panel(Panel.DOCUMENTS)

    async def do_care(self) -> None:
        """Let digits mark what to mind; once more: businesses again."""
        self._turn_panel(Panel.CARE)

    def _turn_panel(self, panel: Panel) -> None:
        self.panel = Panel.BUSINESSES if self.panel is panel else panel
        self.partial = ""
        self.show_draft()

    async def do_agent(self) -> None:
        """Note who comes on somebody's behalf, or that nobody does."""
        draft = self.draft
        if draft is None:
            return
        if self.agent is not None:
            self.agent = draft.agent_id = None
        else:
            finder = CustomerFinder(_("经办人是哪一位？"), self.search, self.customers)
            person_id = await self.app.push_screen_wait(finder)
            answer = await self.ask(self.work.person, person_id) if person_id else None
            if answer is not None:
                self.agent = cast("PersonView", answer)
                draft.agent_id = self.agent.person_id
        self.show_draft()

    # The ticket

    async def _issue(self, draft: TicketDraft) -> None:
        if self.partial:
            self.say(_("业务码要两位数字。"), Tone.REFUSED)
            return
        if not self._agent_settled(draft):
            return
        answer = await self.ask(self.work.take, draft)
        if answer is None:
            return
        issued = cast("Issued", answer)
        customer = self.person.name if self.person else _("散客")
        self.printed = issued
        self._drop()
        self.show_issued(issued, customer)
        self.show_finding(clear=True)
        self.say(_("已取号 {number}。").format(number=issued.ticket.number), Tone.DONE)
        self.flow.print(issued)
        await self.note_standing()

    def _agent_settled(self, draft: TicketDraft) -> bool:
        """Ask once about a company that comes without an agent; Enter again goes on."""
        company = self.person is not None and self.person.kind is PersonKind.COMPANY
        if not company or draft.agent_id or self._without_agent or not draft.business_ids:
            return True
        self._without_agent = True
        self.say(_("单位客户没有登记经办人：按 F7 登记；再按 Enter 照样出票。"), Tone.REFUSED)
        return False

    async def do_print_again(self) -> None:
        """Print the last ticket's slip again, as it reads now."""
        if self.printed is not None:
            issued = await self.ask(self.work.slip, self.printed.ticket.id)
            if issued is not None:
                self.flow.print(cast("Issued", issued))
                number = self.printed.ticket.number
                self.say(_("又打印了 {number}。").format(number=number), Tone.DONE)

    async def do_issued(self) -> None:
        """Choose one of the issued tickets and what to do with it."""
        rows = await self.ask(self.work.changeable)
        if not rows:
            self.say(_("现在没有等候的号票。"))
            return
        row = await self.app.push_screen_wait(TicketPick(rows))
        if row is not None:
            await self.flow.offer(row)
            await self.note_standing()

    async def do_customer(self) -> None:
        """Open the customer's panel."""
        row = self.under_cursor
        chosen = self.person or (row.view if row else None)
        if chosen is not None:
            self.flow.show_customer(chosen.person_id)

    async def do_undo(self) -> None:
        """Take back the last action, with a reason."""
        what = self.undoable
        title = _("撤销“{what}”，原因？").format(what=what)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason is not None and await self.ask(self.work.undo, reason) is not None:
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)
        await self.note_standing()

    async def note_standing(self) -> None:
        """Note what undo would take back, and what holds of the ticket issued last."""
        self.undoable = await self.ask(self.work.undoable) or ""
        if self.printed is not None:
            await self._redraw_issued(self.printed.ticket.id)
        self.refresh_keys()

    async def _redraw_issued(self, ticket_id: str) -> None:
        standing = await self.ask(self.work.standing, ticket_id)
        if self.printed is None or self.printed.ticket.id != ticket_id:
            return
        if standing is None:
            self.hide_issued()
            return
        issued, customer = standing
        if issued.ticket != self.printed.ticket:
            self.printed = issued
            self.show_issued(issued, customer or _("散客"))

    async def do_back(self) -> None:
        """Step back: half a code, panel, draft, what is typed, screen."""
        if self.draft is None:
            if self.typed:
                self.show_finding(clear=True)
            else:
                await super().do_back()
        elif self.partial or self.panel is not Panel.BUSINESSES:
            self.panel, self.partial = Panel.BUSINESSES, ""
            self.show_draft()
        else:
            self._drop()
            self.show_finding(clear=False)
            self.say(_("这张没有取，计时也没有留下。"))
