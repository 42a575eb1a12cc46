"""Asks before something that can't be taken back. Yes is F9, far from Esc and from Enter."""

from hallterm.screens.commands.dialog import AGREE, CANCEL
from hallterm.screens.dialog import Dialog
from hallterm.words import _


class Confirm(Dialog[bool, str]):
    """A yes-or-no question; anything but F9 changes nothing.

    verb: what F9 does, two to four characters.
    grace: seconds during which F9 is ignored after the question appears.
    """

    KEYS = (AGREE, CANCEL)

    def __init__(self, question: str, verb: str, note: str = "", grace: float = 0.5) -> None:
        super().__init__(question, note)
        self.verb = verb
        self._grace = grace
        self._since = 0.0

    @property
    def state(self) -> str:
        """The verb, which the key bar shows at F9."""
        return self.verb

    def on_mount(self) -> None:
        """Begin the grace period."""
        self._since = self.shell.clock.monotonic()
        super().on_mount()

    async def do_cancel(self) -> None:
        """Answer no."""
        self.dismiss(result=False)

    async def do_agree(self) -> None:
        """Answer yes, unless the key was meant for the screen below."""
        if self.shell.clock.monotonic() - self._since >= self._grace:
            self.dismiss(result=True)
        else:
            self.say(_("请先看清上面的问题，再按一次。"))
