"""The ways through the app: opening, sign-in, home, places, lock, and back to the sign-in."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from hallterm.domain.roles import MANAGERS, OFFICES, Role
from hallterm.screens.clock import ScreenClock
from hallterm.screens.places import places_for
from hallterm.screens.session import Opened, Session
from hallterm.screens.sign_in import SignIn
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.entrance_port import Entrance, Seats
    from hallterm.screens.hall_app import HallApp


_BOTTOM = 2
"""Textual's own empty screen and the first of ours."""


class Passage:
    """Changes what stands on the screen; holds no rule of the hall."""

    def __init__(self, app: "HallApp") -> None:
        self._app = app
        self._shell = app.shell
        self._seated = False
        """Whether this sign-in has held a counter, so that losing it can be told."""
        self._lost_while_locked = ""
        """What to say after the unlocking, when the counter was lost behind the lock."""

    def came_in(self, entrance: "Entrance", opened: Opened) -> None:
        """Take over what opening the store has yielded."""
        shell = self._shell
        shell.entrance, shell.opened = entrance, opened
        shell.standing.hall = opened.hall_name
        if opened.hub is not None:
            self._app.follow(opened.hub)
        if self._app.real_clock:
            shell.clock = ScreenClock(opened.clock, opened.zone)
        if not opened.founded:
            self.first_run()
            return
        for screen in self._app.screen_stack:
            if isinstance(screen, SignIn) and screen.is_mounted:
                screen.show_hall(opened)

    def first_run(self) -> None:
        """Offer training or set-up; a store without a hall in it is set up further."""
        self.only(self._app.make_first_run())

    def reopen(self) -> None:
        """Try again to open the hall, from the first screen."""
        if self._app.opens_at_once:
            self.only(SignIn())
            self._app.open_hall()
        else:
            self.first_run()

    def begin(self, session: Session) -> None:
        """Let somebody in who has shown the right PIN."""
        shell = self._shell
        shell.session = session
        shell.standing.person = f"{session.name} {session.actor.staff_id}"
        if shell.entrance is not None:
            shell.work = shell.entrance.work(session)
            shell.places = places_for(session, shell.work)
        self._seated = False
        self.home()

    def home(self) -> None:
        """Show the screen where this person's work begins."""
        self.only(self._shell.places[self._home_name()]())

    def _home_name(self) -> str:
        session, places = self._shell.session, self._shell.places
        wanted = []
        if session is not None:
            wanted += ["counter" if self._seated else "seat"] * session.has(Role.CLERK)
            wanted += ["tickets"] * session.has(Role.GREETER)
            wanted += ["board"] * session.has(*MANAGERS)
            wanted += ["requests"] * session.has(*OFFICES)
        return next((name for name in (*wanted, "office") if name in places), next(iter(places)))

    def sat_down(self, counter_name: str) -> None:
        """Go to work at the counter just taken."""
        self._seated = True
        self._shell.standing.counter = counter_name
        self.only(self._shell.places["counter"]())

    def got_up(self) -> None:
        """Note that the counter was left on purpose."""
        self._seated = False
        self._shell.standing.counter = ""

    def go(self, name: str) -> None:
        """Go to a place; one that is already open below comes back to the top."""
        maker = self._shell.places.get(name)
        if maker is not None:
            screen = maker()
            for below in self._app.screen_stack[_BOTTOM:]:
                if type(below) is type(screen):
                    while self._app.screen is not below:
                        self._app.pop_screen()
                    return
            if type(self._app.screen) is not type(screen):
                self._app.push_screen(screen)

    def watched(self, seats: "Seats") -> None:
        """Send the person to the choice of a seat when theirs was taken over elsewhere."""
        self._shell.standing.closed_today = seats.closed_today
        if seats.held_here:
            self._seated = True
        elif self._seated:
            from hallterm.screens.seat import SeatScreen  # noqa: PLC0415 - only after the first frame

            self.got_up()
            taken = _("您的窗口已在另一台终端被接管或让出，这里不再叫号。")
            if self._locked:
                self._lost_while_locked = taken
            else:
                self.only(SeatScreen("" if seats.closed_today else taken))

    @property
    def _locked(self) -> bool:
        from hallterm.screens.lock import Locked  # noqa: PLC0415 - only after the first frame

        return any(isinstance(screen, Locked) for screen in self._app.screen_stack)

    def lock(self) -> None:
        """Hide everything until the PIN is shown."""
        from hallterm.screens.lock import Locked  # noqa: PLC0415 - only after the first frame

        session = self._shell.session
        if session is not None and not self._locked:
            self._app.push_screen(Locked(session, self._shell.clock.now()))
            self._lock_keys()

    def _lock_keys(self) -> None:
        # On the desk's thread, so after what was still confirmed before the lock.
        entrance, runner = self._shell.entrance, self._shell.runner
        if entrance is not None:
            self._app.run_worker(runner.run(entrance.lock), group="locking")

    def unlocked(self, session: Session) -> None:
        """Go back to what stood on the screen, or to the seats if the counter is gone."""
        self._shell.session = session
        if self._lost_while_locked:
            from hallterm.screens.seat import SeatScreen  # noqa: PLC0415 - only after the first frame

            news, self._lost_while_locked = self._lost_while_locked, ""
            self.only(SeatScreen(news))
            return
        self._app.pop_screen()

    def end(self, news: str) -> None:
        """Go back to the sign-in."""
        shell = self._shell
        shell.session = None
        shell.work = None
        shell.places = {}
        shell.standing.person = shell.standing.counter = ""
        self._seated = False
        self._lost_while_locked = ""
        self.only(SignIn(news))

    def only(self, screen: Screen[None]) -> None:
        """Leave every screen of ours and show this one."""
        stack = self._app.screen_stack
        while len(stack) > _BOTTOM:
            self._app.pop_screen()
            stack = self._app.screen_stack
        if len(stack) > 1:
            self._app.switch_screen(screen)
        else:
            self._app.push_screen(screen)
