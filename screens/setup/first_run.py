"""The first run: practise in the training hall, or set this terminal's hall up from nothing."""

from typing import Any, ClassVar, cast

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.setup import FIRST_RUN_KEYS
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.fault import FaultScreen
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import draft
from hallterm.screens.setup.listing import ListScreen
from hallterm.screens.setup.wizard import Wizard
from hallterm.screens.widgets.choice_list import Choice
from hallterm.settings import Settings
from hallterm.words import _

TRAINING = "training"
"""The next step after the app, if training was chosen."""


class FirstRun(ListScreen[None]):
    """Two ways on, and out."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = FIRST_RUN_KEYS
    SIGNED_IN = False
    ENTER = "first.take"

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    @property
    def state(self) -> None:
        """The keys always work."""
        return

    def title_line(self) -> str:
        """Return the greeting."""
        return _("欢迎使用 hallterm")

    def note_line(self) -> str:
        """Say where this terminal stands."""
        if self.shell.entrance is not None:
            return _("上次建厅没有完成，可以接着建；数据文件已经备好。")
        return _("这台终端还没有营业厅。")

    def on_mount(self) -> None:
        """Show the ways on."""
        self.fill(
            [
                Choice("training", _("先到演练厅试试"), _("虚构的客户和同事，随便按，不留痕迹")),
                Choice("setup", _("建一个营业厅"), _("厅名、管理员、窗口、人员、业务，约三分钟")),
                Choice("leave", _("退出"), ""),
            ]
        )

    async def do_take(self) -> None:
        """Go the way under the cursor."""
        choice = self.list.under_cursor
        app = cast("HallApp", self.app)
        match choice.value if choice else None:
            case "training":
                app.next_step = TRAINING
                app.exit()
            case "setup":
                await self._set_up(app)
            case "leave":
                await self.do_quit()

    async def _set_up(self, app: HallApp) -> None:
        try:
            book = await self.shell.runner.run(draft, self._settings)
        except DeskFaultError as fault:
            app.passage.only(FaultScreen(fault.__cause__ or fault))
            return
        app.push_screen(Wizard(self._settings, book))
