"""The counters of a hall: add, change, take out of use."""

import secrets
from typing import Any, ClassVar

from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.tiers import Tier
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import COUNTERS_KEYS, ListState
from hallterm.screens.setup.book import HallBook
from hallterm.screens.setup.fields import counter_of, preset
from hallterm.screens.setup.hall_forms import CounterForm
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _, joined
from hallterm.words.terms import term


def counter_words(counter: CounterSetup) -> str:
    """Say in a line what a counter is for."""
    tiers = joined(term(tier) for tier in counter.tiers)
    others = _("，空闲时帮别人") if counter.serves_others and len(counter.tiers) < len(Tier) else ""
    return f"{term(counter.kind)}  {tiers}{others}"


def _label(counter: CounterSetup) -> str:
    return _("{number}号  {name}").format(number=counter.number, name=counter.name)


class Counters(ListScreen[ListState]):
    """A line for each counter."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = COUNTERS_KEYS
    ENTER = "counters.change"

    def __init__(self, book: HallBook) -> None:
        super().__init__()
        self._book = book
        self._counters: tuple[CounterSetup, ...] = ()

    @property
    def state(self) -> ListState:
        """How many there are."""
        return ListState(len(self._counters))

    def title_line(self) -> str:
        """Return the title."""
        return _("窗口")

    def note_line(self) -> str:
        """Say what can be done."""
        return _("Enter 修改，F2 增加，F8 撤除；空着时 F5 套用样板；Esc 返回。")

    def on_mount(self) -> None:
        """Read the counters."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        counters = await self.ask(self._book.counters)
        if counters is not None:
            self._counters = counters
            if not counters:
                self.say(_("还没有窗口，F5 套用样板，F2 增加一个。"))
            self.fill([Choice(c, _label(c), counter_words(c)) for c in counters])

    @property
    def _cursor(self) -> CounterSetup | None:
        choice = self.list.under_cursor
        return choice.value if choice and isinstance(choice.value, CounterSetup) else None

    async def do_add(self) -> None:
        """Ask for a new counter."""
        used = {counter.number for counter in self._counters}
        number = next((n for n in range(1, 100) if n not in used), 99)
        counter_id = f"c{number}-{secrets.token_hex(4)}"
        await self._ask_for(None, number, counter_id)

    async def do_change(self) -> None:
        """Ask for the settings of the counter under the cursor."""
        if self._cursor is not None:
            await self._ask_for(self._cursor, self._cursor.number, self._cursor.id)

    async def _ask_for(self, before: CounterSetup | None, number: int, counter_id: str) -> None:
        form = CounterForm(
            before, number, lambda filled: self._book.put_counter(counter_of(counter_id, filled))
        )
        filled = await self.app.push_screen_wait(form)
        if filled is not None:
            await self._read()
            words = _("{number} 号窗口已记下。").format(number=filled["number"])
            self.say(words, Tone.DONE)

    async def do_preset(self) -> None:
        """Make a usual set of counters."""
        await self.choose_preset()

    async def choose_preset(self) -> bool:
        """Ask which set; say whether one was chosen."""
        choices = [
            Choice(3, _("小厅，3 个窗口"), _("全球通专柜一个，普通窗口两个")),
            Choice(6, _("大厅，6 个窗口"), _("VIP室、全球通专柜、普通窗口四个")),
        ]
        size = await self.app.push_screen_wait(Picker(_("从哪个样板开始？"), choices))
        if size is None:
            return False
        for counter in preset(size):
            if await self.ask(self._book.put_counter, counter) is None:
                break
        await self._read()
        self.say(_("样板已套用，可以逐个修改；Esc 返回。"), Tone.DONE)
        return True

    async def do_retire(self) -> None:
        """Take the counter under the cursor out of use."""
        counter = self._cursor
        if counter is None:
            return
        question = _("撤除 {number} 号窗口“{name}”？").format(
            number=counter.number, name=counter.name
        )
        if not await self.app.push_screen_wait(Confirm(question, _("撤除"))):
            return
        if await self.ask(self._book.retire_counter, counter.id):
            await self._read()
            self.say(_("窗口已撤除。"), Tone.DONE)
