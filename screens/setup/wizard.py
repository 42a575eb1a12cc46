"""The wizard: five steps in any order, then the hall is founded in one go."""

from typing import Any, ClassVar, cast

from textual import events, on

from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import WIZARD_KEYS, WizardState
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.fault import fault_words
from hallterm.screens.form import Filled
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import found_hall
from hallterm.screens.setup.businesses import Offer
from hallterm.screens.setup.counters import Counters
from hallterm.screens.setup.draft_book import DraftBook
from hallterm.screens.setup.fields import read_time
from hallterm.screens.setup.hall_forms import administrator_form, hall_form
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.setup.staff import Staff
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.settings import Settings
from hallterm.words import _, joined


class Wizard(ListScreen[WizardState]):
    """Shows the draft as it stands; writes nothing before F9."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = WIZARD_KEYS
    SIGNED_IN = False
    ENTER = "wizard.step"

    def __init__(self, settings: Settings, book: DraftBook) -> None:
        super().__init__()
        self._settings = settings
        self._book = book

    @property
    def state(self) -> WizardState:
        """What is missing."""
        return WizardState(self._missing())

    def _missing(self) -> str:
        book = self._book
        if book.profile() is None:
            return _("先填第 1 步：营业厅。")
        if not book.has_administrator:
            return _("先填第 2 步：系统管理员。")
        if not book.counters():
            return _("先填第 3 步：窗口。")
        return ""

    def title_line(self) -> str:
        """Return the title."""
        return _("建一个营业厅")

    def note_line(self) -> str:
        """Say when anything is written."""
        return _("前三步必填。按 F9 之前什么也不写入，Esc 随时退出。")

    def on_mount(self) -> None:
        """Show the empty draft and begin with the first steps."""
        self._show()
        self.run_worker(self._guide(), group="commands")

    @on(events.ScreenResume)
    def come_back(self) -> None:
        """Show the draft after a list was left."""
        self._show()

    async def _guide(self) -> None:
        """Lead through the steps that a hall can't do without."""
        if await self._hall() and await self._administrator():
            self._counters()

    def _show(self) -> None:
        missing = self._missing()
        self.fill([*self._steps(), Choice("found", _("核对无误，建厅"), missing or _("按 F9"))])

    def _steps(self) -> list[Choice[object]]:
        book = self._book
        profile = book.profile()
        administrators = [r for r in book.staff() if Role.ADMINISTRATOR in r.roles]
        others = [r for r in book.staff() if Role.ADMINISTRATOR not in r.roles]
        businesses = book.businesses()
        offered = sum(row.offered for row in businesses)
        hours = f"  {profile.opens:%H:%M}-{profile.closes:%H:%M}" if profile else ""
        open_step = _("还没有填")
        counters = joined(_counter(c) for c in book.counters())
        return [
            Choice("hall", _("营业厅"), f"{profile.name}{hours}" if profile else open_step),
            Choice(
                "administrator",
                _("系统管理员"),
                joined(f"{r.name} {r.staff_id}" for r in administrators) or open_step,
            ),
            Choice("counters", _("窗口"), counters or open_step),
            Choice(
                "staff",
                _("人员"),
                joined(f"{r.name} {r.staff_id}" for r in others)
                or _("可以以后再加；没有营业员就不能叫号"),
            ),
            Choice(
                "offer",
                _("业务"),
                _("全部 {count} 项").format(count=offered)
                if offered == len(businesses)
                else _("{count} 项").format(count=offered),
            ),
        ]

    async def do_step(self) -> None:
        """Fill in the step under the cursor."""
        choice = self.list.under_cursor
        match choice.value if choice else None:
            case "hall":
                await self._hall()
            case "administrator" if not self._book.has_administrator:
                await self._administrator()
            case "administrator" | "staff":
                self.app.push_screen(Staff(self._book))
            case "counters":
                self._counters()
            case "offer":
                self.app.push_screen(Offer(self._book))
            case "found":
                missing = self._missing()
                if missing:
                    self.say(missing, Tone.REFUSED)
                else:
                    await self.do_found()

    async def _hall(self) -> bool:
        def commit(filled: Filled) -> object:
            opens, closes = read_time(filled["opens"]), read_time(filled["closes"])
            if opens is None or closes is None:
                return False
            return self._book.name_hall(filled["name"], opens, closes)

        form = hall_form(self._book.profile(), commit)
        return await self.app.push_screen_wait(form) is not None

    async def _administrator(self) -> bool:
        def commit(filled: Filled) -> object:
            roles = frozenset({Role.ADMINISTRATOR})
            return self._book.hire(filled["staff_id"], filled["name"], roles, filled["pin"])

        form = administrator_form(self._book.pin_digits, commit)
        return await self.app.push_screen_wait(form) is not None

    def _counters(self) -> None:
        self.app.push_screen(Counters(self._book))

    async def do_back(self) -> None:
        """Leave the wizard; what was filled in is lost, so ask."""
        empty = self._book.profile() is None and not self._book.staff()
        question = _("放弃建厅？填好的都不保留。")
        if empty or await self.app.push_screen_wait(Confirm(question, _("放弃"))):
            await super().do_back()

    async def do_found(self) -> None:
        """Write the hall down and go to the sign-in."""
        self.say(_("正在建厅…"))
        try:
            answer = await self.shell.runner.run(
                found_hall, self._settings, self._book, self.shell.entrance
            )
        except DeskFaultError as fault:
            self.say(" ".join(fault_words(fault.__cause__ or fault)[1]), Tone.FAULT)
            return
        if isinstance(answer, Refusal):
            self.refuse(answer)
            return
        entrance, opened = answer
        app = cast("HallApp", self.app)
        app.passage.came_in(entrance, opened)
        app.passage.end(_("营业厅建好了，请用管理员的工号登录。"))


def _counter(counter: CounterSetup) -> str:
    """Name a counter once: 1号 全球通专柜, but 2号 where the name only repeats the number."""
    number = _("{number}号").format(number=counter.number)
    repeats = counter.name == _("{number}号窗口").format(number=counter.number)
    return number if repeats else f"{number} {counter.name}"
