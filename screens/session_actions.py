"""What every screen behind the sign-in can do: go elsewhere, lock, sign out, change the PIN."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from hallterm.screens.keyed import Keyed
from hallterm.screens.places import place_choices
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.hall_app import HallApp
    from hallterm.screens.passage import Passage

StateT = TypeVar("StateT")


class SessionActions(Keyed[None, StateT], Generic[StateT]):
    """The commands of `commands.session`."""

    @property
    def passage(self) -> "Passage":
        """The ways between sign-in, seat, places and lock."""
        return cast("HallApp", self.app).passage

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
