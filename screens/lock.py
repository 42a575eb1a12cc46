"""The lock: everything is hidden until the same person's PIN is shown."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from hallterm.desk.views import Moment
from hallterm.domain.refusal import Refusal
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import plain
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.entrance import LOCK_KEYS
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.form import Form, TextRow
from hallterm.screens.pin_words import pin_words
from hallterm.screens.session import Session
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.text_field import TextField
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.durations import minutes_seconds


class Locked(HallScreen[None]):
    """A locked terminal. The counter stays taken; a manager can sign the person out."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = LOCK_KEYS
    SIGNED_IN = False
    CSS_PATH = sheet("sign_in")
    AUTO_FOCUS = "#pin"

    def __init__(self, session: Session, since: Moment) -> None:
        super().__init__()
        self._session = session
        self._since = since
        self._locked_until: float | None = None

    @property
    def state(self) -> None:
        """The keys of the lock always work."""
        return

    def digits_mean(self) -> str:
        """Digits go into the field."""
        return _("密码")

    def compose_body(self) -> ComposeResult:
        """Yield who locked it, and the field."""
        with Vertical(id="card"):
            who = f"{self._session.name} {self._session.actor.staff_id}"
            yield Static(_("已锁屏  {who}").format(who=plain(who)), id="hall", markup=False)
            yield Static(id="since", markup=False)
            with Horizontal(classes="row"):
                yield Static(_("密码"), classes="name", markup=False)
                yield TextField("", secret=True, longest=12, id="pin")
            yield Static(id="answer", markup=False)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Hand Enter from the field to the command."""
        self.action_command("lock.unlock")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Take an old answer away."""
        if event.input.value and self._locked_until is None:
            self._answer("")

    def _answer(self, text: str) -> None:
        self.query_one("#answer", Static).update(plain(text))

    async def do_back(self) -> None:
        """Empty the field; the lock stays."""
        self.query_one("#pin", TextField).value = ""

    async def do_unlock(self) -> None:
        """Judge the PIN and go back."""
        field = self.query_one("#pin", TextField)
        pin, field.value = field.text, ""
        entrance = self.shell.entrance
        if not pin or entrance is None:
            return
        try:
            answer = await self.shell.runner.run(entrance.unlock, self._session, pin)
        except DeskFaultError as fault:
            self._answer(str(fault))
            return
        if isinstance(answer, Session):
            self.passage.unlocked(answer)
        else:
            self._refused(answer)

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code == "account_locked":
            self._locked_until = self.moment.seconds + float(refusal.args["seconds"])
            self.tick(self.moment)
        else:
            self._answer(pin_words(refusal))

    def tick(self, moment: Moment) -> None:
        """Show how long it has been locked, and count a locked account down."""
        super().tick(moment)
        if not self.is_mounted:
            return
        for line in self.query("#since").results(Static):
            words = _("从 {time} 起，已 {lasted}；窗口留着，号不会乱叫。")
            lasted = minutes_seconds(moment.seconds - self._since.seconds)
            line.update(words.format(time=f"{self._since.local:%H:%M}", lasted=lasted))
        if self._locked_until is not None:
            left = self._locked_until - moment.seconds
            if left > 0:
                words = _("密码连续输错，还要等 {left}。经理可按 F9 签退。")
                self._answer(words.format(left=minutes_seconds(left)))
            else:
                self._locked_until = None
                self._answer(_("可以再试了。"))

    async def do_quit(self) -> None:
        """Ask, and say what becomes of the counter."""
        at = self.shell.standing.counter
        note = _("{counter}仍留着：重新打开、登录以后接着办；要让给别人，先由经理按 F9 签退。")
        words = note.format(counter=at) if at else ""
        if await self.app.push_screen_wait(Confirm(_("退出程序？"), _("退出"), words)):
            self.app.exit()

    async def do_relieve(self) -> None:
        """Let a manager sign the person out who has gone."""
        entrance, session = self.shell.entrance, self._session
        if entrance is None:
            return
        filled = await self.app.push_screen_wait(
            Form(
                _("经理签退 {name}").format(name=session.name),
                (
                    TextRow("staff_id", _("经理工号"), longest=8),
                    TextRow("pin", _("经理密码"), secret=True, longest=12),
                ),
                _("窗口有客户没办完时不能签退，要先由本人办完。"),
                commit=lambda form: entrance.relieve(session, form["staff_id"], form["pin"]),
                blame={"wrong_pin": "pin", "not_allowed": "staff_id"},
            )
        )
        if filled is not None:
            words = _("{name} 已由 {manager} 签退。")
            self.passage.end(words.format(name=session.name, manager=filled["staff_id"]))
