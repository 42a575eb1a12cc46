"""The board (等候区): every ticket with its promise, and the counters."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from hallterm.desk.views import CounterView, Moment, TicketRow
from hallterm.domain.ticket.promise import PromiseWord
from hallterm.domain.ticket.words import LeaveReason, TicketState
from hallterm.domain.tiers import NUMBER_LETTER
from hallterm.screens.commands.board import BOARD_KEYS, BoardState
from hallterm.screens.customer_reach import carry_out, more_offers
from hallterm.screens.diverting import divert
from hallterm.screens.initials import matches
from hallterm.screens.live import LiveScreen
from hallterm.screens.reading import read
from hallterm.screens.reasons import ask_reason
from hallterm.screens.ticket_desk_states import back_choice
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.counter_list import CounterList
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.queue_line import flags_of, standing_of
from hallterm.screens.widgets.queue_pane import QueuePane
from hallterm.screens.widgets.queue_view import QueueView
from hallterm.screens.widgets.text_field import TextField
from hallterm.screens.widgets.totals import Totals
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import about_range
from hallterm.words.terms import term, tier_and_grade


class BoardScreen(LiveScreen[BoardState]):
    """All open tickets; read-only but for the few things that a greeter does."""

    KEYS = BOARD_KEYS
    CSS_PATH = sheet("board")
    AUTO_FOCUS = "QueueView"
    only_trouble = False

    @property
    def state(self) -> BoardState:
        """The ticket under the cursor, and what narrows the list."""
        field = self.query_one(TextField)
        wanted = field.text or (_("将超、已超") if self.only_trouble else "")
        return BoardState(self.query_one(QueueView).cursor, wanted, field.has_focus)

    def digits_mean(self) -> str:
        """Digits are text in the field, a ticket number outside."""
        return _("文字") if self.query_one(TextField).has_focus else _("票号")

    def compose_body(self) -> ComposeResult:
        """Yield figures, field, queue and counters."""
        with Vertical(id="middle"):
            yield Totals()
            yield TextField(_("筛选：票号、尾号、业务、级别、拼音首字母"), id="filter")
            yield QueuePane(with_state=True, bars=self.shell.bars)
        yield CounterList(id="far-counters")

    def show(self, view: CounterView) -> None:
        """Draw a new view."""
        hall = view.hall
        self.query_one(Totals).show(hall, self.moment)
        self.query_one(QueuePane).show((*hall.waiting, *hall.others))
        own = view.counter.counter_id if view.counter else None
        self.query_one(CounterList).show(hall.counters, own)

    def tick(self, moment: Moment) -> None:
        """Show a new second everywhere."""
        super().tick(moment)
        for totals in self.query(Totals):
            totals.tick(moment)
        for pane in self.query(QueuePane):
            pane.tick(moment)
        for counters in self.query(CounterList):
            counters.tick(moment)

    # Narrowing

    @on(Input.Changed)
    def narrow(self) -> None:
        """Narrow the list to what was typed so far."""
        wanted, trouble = self.query_one(TextField).text, self.only_trouble
        pane = self.query_one(QueuePane)
        if not wanted and not trouble:
            pane.narrow(None, "")
        else:
            words = "  ".join(filter(None, [wanted, _("将超、已超") if trouble else ""]))
            pane.narrow(self._keeps, _("只列：{words}").format(words=words))
        self.refresh_keys()

    def _keeps(self, row: TicketRow) -> bool:
        if self.only_trouble and not _in_trouble(row, self.moment.seconds):
            return False
        wanted = self.query_one(TextField).text
        return all(matches(_words_of(row), word) for word in wanted.split())

    async def do_find(self) -> None:
        """Go to the field; the list stands still meanwhile, a typed number is forgotten."""
        self.query_one(QueuePane).clear_digits()
        self.query_one(TextField).focus()
        self.query_one(QueuePane).standing_still = True
        self.call_after_refresh(self.refresh_keys)

    async def do_show_all(self) -> None:
        """Show every ticket again."""
        self.only_trouble = False
        self.query_one(TextField).value = ""
        self.narrow()

    async def do_only_trouble(self) -> None:
        """Show only tickets whose promise is short or broken; once more: all."""
        self.only_trouble = not self.only_trouble
        self.narrow()

    async def do_back(self) -> None:
        """Step back: digits, field, filter, screen."""
        pane, field = self.query_one(QueuePane), self.query_one(TextField)
        if pane.clear_digits():
            return
        if field.has_focus:
            self._leave_field()
        elif self.state.filter:
            await self.do_show_all()
        else:
            await super().do_back()

    def _leave_field(self) -> None:
        self.query_one(QueueView).focus()
        self.query_one(QueuePane).release()
        self.call_after_refresh(self.refresh_keys)

    @on(Input.Submitted)
    def to_list(self) -> None:
        """Go from the field into the list."""
        self._leave_field()

    def key_down(self) -> None:
        """Go from the field into the list."""
        if self.query_one(TextField).has_focus:
            self._leave_field()

    def key_backspace(self) -> None:
        """Take back the last digit of a ticket number."""
        self.query_one(QueuePane).erase_digit()

    def digit(self, digit: str) -> bool:
        """Narrow the list to a ticket number."""
        if self.query_one(TextField).has_focus:
            return False
        self._only_number()
        self.query_one(QueuePane).type_digit(digit)
        return True

    def letter(self, letter: str) -> bool:
        """Narrow the list to the numbers of a tier, when it is a letter of tickets."""
        if self.query_one(TextField).has_focus or letter.upper() not in NUMBER_LETTER.values():
            return False
        self._only_number()
        self.query_one(QueuePane).type_letter(letter)
        return True

    def _only_number(self) -> None:
        """Forget the words that narrow the list: a number is looked for among all tickets."""
        if self.state.filter:
            self.only_trouble = False
            self.query_one(TextField).value = ""
            self.narrow()

    @on(QueueView.Moved)
    def cursor_moved(self) -> None:
        """Show the keys that work for the ticket under the cursor."""
        self.refresh_keys()

    async def do_divert(self) -> None:
        """Go to those whose wait will overrun."""
        from hallterm.screens.diversions import DiversionsScreen  # noqa: PLC0415 - only when wanted

        if self.shell.work is not None:
            await self.app.push_screen(DiversionsScreen(self.shell.work.diversions))

    # The ticket under the cursor

    async def do_ticket(self) -> None:
        """Offer what can be done with the ticket under the cursor."""
        row = self.query_one(QueueView).cursor
        if row is None:
            return
        choices = [*_offers(row), *more_offers(self, row)]
        if row.state is TicketState.WAITING and self.shell.work is not None:
            # Last, so that the other digits mean the same for every ticket.
            choices.append(Choice("divert", _("分流"), _divert_note(row)))
        title = f"{row.number}  {tier_and_grade(row.tier, row.grade)}  {row.customer}"
        if not choices:
            self.say(_("{number} 正在窗口，到窗口处理。").format(number=row.number))
            return
        note = "  ".join(filter(None, [joined(row.businesses), _wait_of(row)]))
        chosen = await self.app.push_screen_wait(Picker(title, choices, note))
        if chosen == "receive" and await self.act(self.desk.receive, row.ticket_id):
            self.say(_("{number} 已有专人接待。").format(number=row.number), Tone.DONE)
        elif chosen == "back" and await self.act(self.desk.report_back, row.ticket_id):
            self.say(_("{number} 已回到队里。").format(number=row.number), Tone.DONE)
        elif chosen == "left":
            await self._leave(row)
        elif chosen == "divert" and self.shell.work is not None:
            await divert(self, self.shell.work.diversions, row.ticket_id)
            self.poll()
        elif chosen is not None:
            await carry_out(self, chosen, row)
            self.poll()

    async def _leave(self, row: TicketRow) -> None:
        title = _("{number} 为什么离开？").format(number=row.number)
        # Who was sent elsewhere is entered under 分流, where it is said whereto.
        without = frozenset({LeaveReason.DIVERTED})
        reason = await ask_reason(self.app, title, LeaveReason, without=without)
        if reason and await self.act(self.desk.left, row.ticket_id, reason):
            self.say(_("{number} 已离开。").format(number=row.number), Tone.DONE)


def _offers(row: TicketRow) -> list[Choice[str]]:
    offers = []
    if row.reception is not None and row.reception.stopped is None:
        offers.append(Choice("receive", _("已接待"), _("专人已接待这位 VIP，接待时限停表")))
    if row.state is TicketState.ABSENT:
        offers.append(back_choice(row))
    if row.state in {TicketState.WAITING, TicketState.ABSENT}:
        offers.append(Choice("left", _("客户离开"), _("不再等，选一个原因")))
    return offers


def _divert_note(row: TicketRow) -> str:
    """Tell what was offered to a waiting customer, or where they could be sent."""
    if row.offer_open is not None:
        return _("已提{way}，等答复").format(way=term(row.offer_open.way))
    ways = joined(term(way) for way in row.ways)
    return _("要超时，可去：{ways}").format(ways=ways) if ways else _("提一个更快的去处")


def _wait_of(row: TicketRow) -> str:
    """Return where the ticket stands; for a waiting one the expected wait with its range."""
    if row.expected_wait is None or row.expected_low is None or row.expected_high is None:
        return standing_of(row)
    return about_range(row.expected_wait, row.expected_low, row.expected_high)


def _words_of(row: TicketRow) -> str:
    return " ".join(
        (
            row.number,
            row.customer,
            tier_and_grade(row.tier, row.grade),
            *row.businesses,
            flags_of(row),
            standing_of(row),
        )
    )


def _in_trouble(row: TicketRow, now: float) -> bool:
    reading = read(row.service, now)
    return reading.running and reading.word is not PromiseWord.IN_TIME
