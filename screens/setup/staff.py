"""The staff: open accounts, change roles, reset PINs, close accounts."""

from typing import Any, ClassVar

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import STAFF_KEYS, ListState
from hallterm.screens.form import Filled, Form
from hallterm.screens.setup.book import HallBook, StaffRow
from hallterm.screens.setup.hall_forms import (
    name_form,
    new_pin_form,
    roles_form,
    roles_of,
    staff_form,
)
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.words import _, joined
from hallterm.words.terms import term


class Staff(ListScreen[ListState]):
    """A line for each account."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = STAFF_KEYS
    ENTER = "staff.roles"

    def __init__(self, book: HallBook) -> None:
        super().__init__()
        self._book = book
        self._rows: tuple[StaffRow, ...] = ()

    @property
    def state(self) -> ListState:
        """How many there are."""
        return ListState(len(self._rows))

    def title_line(self) -> str:
        """Return the title."""
        return _("人员")

    def note_line(self) -> str:
        """Say what can be done."""
        return _("Enter 改岗位，F2 增加，F4 改姓名，F6 重设密码，F8 停用；Esc 返回。")

    def on_mount(self) -> None:
        """Read the accounts."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        rows = await self.ask(self._book.staff)
        if rows is not None:
            self._rows = rows
            self.fill([Choice(r, f"{r.staff_id:<9}{r.name}", _roles(r)) for r in rows])

    @property
    def _cursor(self) -> StaffRow | None:
        choice = self.list.under_cursor
        return choice.value if choice and isinstance(choice.value, StaffRow) else None

    async def _fill_in(self, form: Form, words: str) -> Filled | None:
        filled = await self.app.push_screen_wait(form)
        if filled is not None:
            await self._read()
            self.say(words, Tone.DONE)
        return filled

    async def do_add(self) -> None:
        """Ask for a new account."""

        def hire(filled: Filled) -> object:
            roles = roles_of(filled)
            return self._book.hire(filled["staff_id"], filled["name"], roles, filled["pin"])

        await self._fill_in(staff_form(self._book.pin_digits, hire), _("账号已开。"))

    async def do_roles(self) -> None:
        """Ask for other roles."""
        row = self._cursor
        if row is not None:
            form = roles_form(
                row.name,
                row.roles,
                lambda filled: self._book.give_roles(row.staff_id, roles_of(filled)),
            )
            await self._fill_in(form, _("{name} 的岗位已改。").format(name=row.name))

    async def do_rename(self) -> None:
        """Ask for the right name."""
        row = self._cursor
        if row is not None:
            form = name_form(
                row.name, lambda filled: self._book.rename(row.staff_id, filled["name"])
            )
            filled = await self._fill_in(form, "")
            if filled is not None:
                self.say(_("姓名已改为 {name}。").format(name=filled["name"]), Tone.DONE)

    async def do_reset_pin(self) -> None:
        """Ask for a new first PIN."""
        row = self._cursor
        if row is not None:
            form = new_pin_form(
                row.name,
                self._book.pin_digits,
                lambda filled: self._book.reset_pin(row.staff_id, filled["pin"]),
            )
            await self._fill_in(form, _("{name} 的密码已重设。").format(name=row.name))

    async def do_retire(self) -> None:
        """Close the account under the cursor."""
        row = self._cursor
        if row is None:
            return
        question = _("停用 {staff} {name} 的账号？").format(staff=row.staff_id, name=row.name)
        if not await self.app.push_screen_wait(Confirm(question, _("停用"))):
            return
        if await self.ask(self._book.retire_staff, row.staff_id):
            await self._read()
            self.say(_("{name} 的账号已停用。").format(name=row.name), Tone.DONE)


def _roles(row: StaffRow) -> str:
    return joined(term(role) for role in row.roles)
