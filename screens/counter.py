"""The counter (窗口): whom do I serve, who is next and why, is anyone in trouble, which key."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from hallterm.desk.views import CounterView, Moment, TicketRow
from hallterm.domain.tiers import NUMBER_LETTER
from hallterm.screens.commands.counter import COUNTER_KEYS, CounterState
from hallterm.screens.counter_actions import CounterActions
from hallterm.screens.widgets.counter_list import CounterList
from hallterm.screens.widgets.parked_list import ParkedList
from hallterm.screens.widgets.queue_pane import QueuePane
from hallterm.screens.widgets.queue_view import QueueView
from hallterm.screens.widgets.ticket_card import TicketCard
from hallterm.screens.widgets.totals import Totals
from hallterm.styles import sheet
from hallterm.words import _


class CounterScreen(CounterActions):
    """The clerk's main screen. What its keys do stands in `CounterActions`."""

    KEYS = COUNTER_KEYS
    CSS_PATH = sheet("counter")
    AUTO_FOCUS = "QueueView"

    @property
    def state(self) -> CounterState:
        """The view, the ticket under the cursor, and who may still rate."""
        pane = self.query_one(QueuePane)
        return CounterState(self.view, self.cursor, self.rateable, pane.digits, pane.unclear)

    @property
    def cursor(self) -> TicketRow | None:
        """The ticket under the queue's cursor."""
        return self.query_one(QueueView).cursor

    def digits_mean(self) -> str:
        """Say that digits, after a letter or alone, find a ticket."""
        return _("票号")

    def compose_body(self) -> ComposeResult:
        """Yield the cards, the queue and the counters."""
        with Vertical(id="left"):
            yield TicketCard(_("正在办理"), _("空闲"), _("本窗口"), id="current")
            yield ParkedList()
            yield TicketCard(_("下一位"), _("没有人等候"), id="next")
            yield CounterList()
        with Vertical(id="middle"):
            yield Totals()
            yield QueuePane(bars=self.shell.bars)

    def show(self, view: CounterView) -> None:
        """Draw a new view."""
        self.query_one("#current", TicketCard).show(view.current, empty=_nobody(view))
        following = view.next_up
        self.query_one("#next", TicketCard).show(
            following.row if following else None, following.reason if following else ""
        )
        self.query_one(ParkedList).show(view.parked)
        self.query_one(Totals).show(view.hall, self.moment)
        pane = self.query_one(QueuePane)
        pane.show(view.hall.waiting)
        pane.follow(following.row.ticket_id if following else None)
        own = view.counter.counter_id if view.counter else None
        for counters in self.query(CounterList):
            counters.show(view.hall.counters, own)

    def tick(self, moment: Moment) -> None:
        """Show a new second everywhere."""
        super().tick(moment)
        for card in self.query(TicketCard):
            card.tick(moment)
        for counters in self.query(CounterList):
            counters.tick(moment)
        for totals in self.query(Totals):
            totals.tick(moment)
        for pane in self.query(QueuePane):
            pane.tick(moment)

    @on(QueueView.Moved)
    def cursor_moved(self) -> None:
        """Show the keys that work for the ticket under the cursor."""
        self.refresh_keys()

    def digit(self, digit: str) -> bool:
        """Narrow the queue to a ticket number."""
        self.query_one(QueuePane).type_digit(digit)
        self.refresh_keys()
        return True

    def letter(self, letter: str) -> bool:
        """Narrow the queue to the numbers of a tier, when it is a letter of tickets."""
        if letter.upper() not in NUMBER_LETTER.values():
            return False
        self.query_one(QueuePane).type_letter(letter)
        self.refresh_keys()
        return True

    def key_backspace(self) -> None:
        """Take back the last digit."""
        self.query_one(QueuePane).erase_digit()
        self.refresh_keys()

    async def do_back(self) -> None:
        """Show the whole queue again; the counter itself is not left by Esc."""
        pane = self.query_one(QueuePane)
        pane.clear_digits()
        pane.view.touched = False
        following = self.view.next_up if self.view else None
        pane.follow(following.row.ticket_id if following else None)


def _nobody(view: CounterView) -> str:
    if view.counter is None:
        return _("还没有坐到窗口")
    if view.counter.paused is not None:
        return _("暂停中，Ctrl+P 恢复")
    if view.next_up is not None:
        return _("空闲，F2 叫下一位")
    return _("空闲")
