"""The administrator's office: hours, counters, staff, businesses of a hall that works."""

from typing import Any, ClassVar

from textual import events, on

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import OFFICE_KEYS
from hallterm.screens.form import Filled
from hallterm.screens.setup.book import HallBook
from hallterm.screens.setup.businesses import Offer
from hallterm.screens.setup.counters import Counters
from hallterm.screens.setup.fields import read_time
from hallterm.screens.setup.hall_forms import hours_form
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.setup.staff import Staff
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.words import _


class OfficeScreen(ListScreen[None]):
    """What an administrator may change; every change holds at once on all terminals."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = OFFICE_KEYS
    ENTER = "office.take"

    def __init__(self, book: HallBook) -> None:
        super().__init__()
        self._book = book

    @property
    def state(self) -> None:
        """The keys always work."""
        return

    def title_line(self) -> str:
        """Return the title."""
        return _("管理")

    def note_line(self) -> str:
        """Say when changes hold."""
        return _("改动立即生效，所有终端都看得到。")

    def on_mount(self) -> None:
        """Show what there is."""
        self.run_worker(self._read())

    @on(events.ScreenResume)
    def come_back(self) -> None:
        """Read again after a change."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        book = self._book
        profile = await self.ask(book.profile)
        counters = await self.ask(book.counters)
        staff = await self.ask(book.staff)
        businesses = await self.ask(book.businesses)
        if profile is None or counters is None or staff is None or businesses is None:
            return
        offered = sum(row.offered for row in businesses)
        self.fill(
            [
                Choice("hours", _("营业时间"), f"{profile.opens:%H:%M}-{profile.closes:%H:%M}"),
                Choice("counters", _("窗口"), _("{count} 个").format(count=len(counters))),
                Choice("staff", _("人员"), _("{count} 人").format(count=len(staff))),
                Choice("offer", _("业务"), _("{count} 项").format(count=offered)),
            ]
        )

    async def do_take(self) -> None:
        """Open the line under the cursor."""
        choice = self.list.under_cursor
        match choice.value if choice else None:
            case "hours":
                await self._hours()
            case "counters":
                self.app.push_screen(Counters(self._book))
            case "staff":
                self.app.push_screen(Staff(self._book))
            case "offer":
                self.app.push_screen(Offer(self._book))

    async def _hours(self) -> None:
        profile = await self.ask(self._book.profile)

        def commit(filled: Filled) -> object:
            opens, closes = read_time(filled["opens"]), read_time(filled["closes"])
            return opens is not None and closes is not None and self._book.set_hours(opens, closes)

        filled = await self.app.push_screen_wait(hours_form(profile, commit))
        if filled is None:
            return
        await self._read()
        before = (profile.opens, profile.closes) if profile else None
        if before == (read_time(filled["opens"]), read_time(filled["closes"])):
            self.say(_("营业时间没有改动。"))
        else:
            self.say(_("营业时间已改。"), Tone.DONE)
