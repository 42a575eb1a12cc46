"""What every screen behind the sign-in can do: go elsewhere, lock, sign out, change the PIN."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from hallterm.clock import ScaledClock
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.session import REQUESTS, SEAT, SPEED
from hallterm.screens.keyed import Keyed
from hallterm.screens.places import place_choices
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.hall_app import HallApp
    from hallterm.screens.passage import Passage

StateT = TypeVar("StateT")

SPEEDS = (1, 2, 5, 10, 30, 60)
"""Speeds of the training hall to choose from: seconds there in one real second."""


class SessionActions(Keyed[None, StateT], Generic[StateT]):
    """The commands of `commands.session`."""

    @property
    def passage(self) -> "Passage":
        """The ways between sign-in, seat, places and lock."""
        return cast("HallApp", self.app).passage

    def offers(self, command: Command[Any]) -> bool:
        """Say whether a command of the session makes sense for who is signed in here."""
        shell = self.shell
        if shell.session is None:
            return False
        if command is SPEED:
            return shell.opened is not None and isinstance(shell.opened.clock, ScaledClock)
        if command is REQUESTS:
            return "requests" in shell.places
        return command is not SEAT or "seat" in shell.places

    async def do_speed(self) -> None:
        """Let the training hall's time run at another speed."""
        opened = self.shell.opened
        if opened is None or not isinstance(opened.clock, ScaledClock):
            return
        choices = [
            Choice(times, _("{times} 倍").format(times=times), _("照实") if times == 1 else "")
            for times in SPEEDS
        ]
        note = _("现在 {times:g} 倍").format(times=opened.clock.speed)
        times = await self.app.push_screen_wait(Picker(_("时间走多快？"), choices, note))
        if times is not None:
            opened.clock.set_speed(times)
            self.say(_("时间按 {times} 倍走。").format(times=times))

    async def do_receive(self) -> None:
        """Answer for the VIP who has waited longest."""
        from hallterm.screens.reception_answer import answer  # noqa: PLC0415 - only when wanted
        from hallterm.screens.reception_strip import ReceptionStrip  # noqa: PLC0415 - as above

        rows = [row for strip in self.query(ReceptionStrip) for row in strip.rows]
        if rows:
            await answer(cast("Keyed[Any, Any]", self), rows[0])
        else:
            self.say(_("没有等着接待的 VIP。"))

    async def do_requests(self) -> None:
        """Show the special requests that wait for this person."""
        self.passage.go("requests")

    async def do_go(self) -> None:
        """Choose a place by digit."""
        choices = place_choices(self.shell)
        if not choices:
            self.say(_("没有别的画面可去。"))
            return
        chosen = await self.app.push_screen_wait(Picker(_("去哪里？"), choices))
        if chosen is not None:
            self.passage.go(chosen)

    async def do_lock(self) -> None:
        """Lock the terminal."""
        self.passage.lock()

    async def do_seat(self) -> None:
        """Choose another counter."""
        self.passage.go("seat")

    async def do_sign_out(self) -> None:
        """Get up and sign out, unless a customer is still at the counter."""
        session, entrance = self.shell.session, self.shell.entrance
        if session is None or entrance is None:
            return
        if await self.ask(entrance.sign_out, session):
            self.passage.end(_("{name} 已签退。").format(name=session.name))

    async def do_own_pin(self) -> None:
        """Change one's own PIN."""
        from hallterm.screens.own_pin import change_own_pin  # noqa: PLC0415 - only after the first frame

        await change_own_pin(cast("Keyed[Any, Any]", self))
