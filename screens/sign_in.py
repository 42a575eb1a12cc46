"""The sign-in: 工号 and PIN on the keypad."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from hallterm.desk.views import Moment
from hallterm.domain.refusal import Refusal
from hallterm.screens.base import HallScreen
from hallterm.screens.catching_up import caught_up
from hallterm.screens.cells import fit, plain
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.entrance import SIGN_IN_KEYS, SignInState
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.pin_words import pin_words
from hallterm.screens.session import Opened, Session
from hallterm.screens.widgets.text_field import TextField
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds

_LONGEST_STAFF_ID = 8
_LONGEST_PIN = 12


class SignIn(HallScreen[SignInState]):
    """Takes keys from its first frame on; the store may still be opening behind it.

    news: a sentence from whoever led here, such as that somebody signed out.
    opening: what to say where the hall's name will stand.
    """

    KEYS: ClassVar[tuple[Command[Any], ...]] = SIGN_IN_KEYS
    SIGNED_IN = False
    CSS_PATH = sheet("sign_in")
    AUTO_FOCUS = "#staff-id"

    def __init__(self, news: str = "", opening: str = "") -> None:
        super().__init__()
        self._news = news
        self._opening = opening or _("正在打开营业厅")
        self._busy = False
        self._given = ""
        """The PIN as it stood when Enter was pressed, until it is shown to the desk."""
        self._locked_until: dict[str, float] = {}

    def on_mount(self) -> None:
        """Show what is known of the hall already."""
        # Before the field's own Enter, and before the keys that were typed right after it.
        self._bindings.bind("enter", "field_done", show=False, priority=True)
        opened = self.shell.opened
        self.query_one("#hall", Static).update(plain(self.shell.standing.hall) or self._opening)
        if opened is not None:
            self.show_hall(opened)
        if self._news:
            self.say(self._news)

    @property
    def state(self) -> SignInState:
        """What is typed, and whether it is being judged."""
        typed = any(field.value for field in self.query(TextField))
        return SignInState(typed, self._busy)

    def digits_mean(self) -> str:
        """Digits go into the field."""
        return _("密码") if self.query_one("#pin", TextField).has_focus else _("工号")

    def digit(self, digit: str) -> bool:
        """Take a digit typed before a field has the focus: nobody begins with the PIN."""
        self._staff_id.insert_text_at_cursor(digit)
        return True

    def compose_body(self) -> ComposeResult:
        """Yield the two fields, the answer, and in the training hall the accounts."""
        with Vertical(id="card"):
            yield Static(id="hall", markup=False)
            with Horizontal(classes="row"):
                yield Static(_("工号"), classes="name", markup=False)
                yield TextField(
                    _("用数字键输入，按 Enter"), longest=_LONGEST_STAFF_ID, id="staff-id"
                )
            with Horizontal(classes="row"):
                yield Static(_("密码"), classes="name", markup=False)
                yield TextField("", secret=True, longest=_LONGEST_PIN, id="pin")
            yield Static(id="answer", markup=False)
        yield Static(id="accounts", markup=False)

    def show_hall(self, opened: Opened) -> None:
        """Show what opening the store has told."""
        self.query_one("#hall", Static).update(plain(opened.hall_name))
        if opened.accounts:
            self.query_one("#accounts", Static).update(_accounts(opened))
        self.tick(self.moment)

    @property
    def _staff_id(self) -> TextField:
        return self.query_one("#staff-id", TextField)

    @property
    def _pin(self) -> TextField:
        return self.query_one("#pin", TextField)

    def _answer(self, text: str) -> None:
        self.query_one("#answer", Static).update(plain(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter end a field, or go on to the PIN before a field has the focus."""
        if action == "field_done":
            return self.focused in {self._staff_id, self._pin, None}
        return super().check_action(action, parameters)

    async def action_field_done(self) -> None:
        """Go on after the keys before Enter, and before the next key is handed out."""
        await caught_up(self.focused or self)
        if self.focused is self._pin:
            # Taken out at once, so that a key meant for the next screen is no part of it.
            if self._pin.value and not (self._given or self._busy):
                self._given, self._pin.value = self._pin.text, ""
            self.action_command("entrance.enter")
            return
        problem = self._staff_id_problem()
        if problem:
            self._answer(problem)
            return
        self.set_focus(self._pin)
        self.call_after_refresh(self.refresh_keys)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Take an old answer away, and show how long a locked account stays so."""
        if event.input.value:
            self._answer("")
        self.tick(self.moment)
        self.refresh_keys()

    async def do_back(self) -> None:
        """Empty both fields."""
        self._staff_id.value = self._pin.value = self._given = ""
        self._answer("")
        self._staff_id.focus()

    def _staff_id_problem(self) -> str:
        staff_id = self._staff_id.text
        if staff_id.isascii() and staff_id.isdigit():
            return ""
        return _("工号是数字，请重新输入。") if staff_id else _("先输入工号。")

    async def do_enter(self) -> None:
        """Go on to the PIN, or show both to the desk."""
        staff_id, problem = self._staff_id.text, self._staff_id_problem()
        if problem:
            self._answer(problem)
            self._staff_id.focus()
        elif not (self._given or self._pin.value):
            self._pin.focus()
            self.call_after_refresh(self.refresh_keys)
        else:
            pin = self._given or self._pin.text
            self._given = self._pin.value = ""
            await self._show(staff_id, pin)

    async def _show(self, staff_id: str, pin: str) -> None:
        self._busy = True
        self._answer(_("正在核对，请稍候。"))
        try:
            answer = await self.shell.runner.run(self._judge, staff_id, pin)
        except DeskFaultError as fault:
            self._answer(str(fault))
            return
        finally:
            self._busy = False
        if isinstance(answer, Session):
            self.passage.begin(answer)
        elif answer is not None:
            self._refused(staff_id, answer)

    def _judge(self, staff_id: str, pin: str) -> Session | Refusal | None:
        # On the desk's thread, so after the opening; None when the opening failed.
        entrance = self.shell.entrance
        return entrance.sign_in(staff_id, pin) if entrance else None

    def _refused(self, staff_id: str, refusal: Refusal) -> None:
        self._pin.value = ""  # what was typed meanwhile was meant for the screen after this one
        if refusal.code == "account_locked":
            self._locked_until[staff_id] = self.moment.seconds + float(refusal.args["seconds"])
            self.tick(self.moment)
        else:
            self._answer(pin_words(refusal))
        self._pin.focus()

    def tick(self, moment: Moment) -> None:
        """Count a lock down."""
        super().tick(moment)
        if not self.is_mounted:
            return
        staff_id = self._staff_id.text
        until = self._locked_until.get(staff_id)
        if until is None:
            return
        left = until - moment.seconds
        if left > 0:
            words = _("工号 {staff} 已锁定，还要 {left}。")
            self._answer(words.format(staff=staff_id, left=minutes_seconds(left)))
        else:
            del self._locked_until[staff_id]
            self._answer(_("可以再试了。"))


def _accounts(opened: Opened) -> str:
    from hallterm.words.terms import term  # noqa: PLC0415 - only after the first frame

    lines = [_("演练厅，账号都可以试，密码都是 {pin}：").format(pin=opened.common_pin), ""]
    for account in opened.accounts:
        roles = joined(term(role) for role in account.roles)
        lines.append(f"  {fit(account.staff_id, 8)}{fit(plain(account.name), 12)}{roles}")
    return "\n".join(lines)
