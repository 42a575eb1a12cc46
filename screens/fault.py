"""A calm full screen for what keeps the hall from opening."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from hallterm.configuration.problems import ConfigurationProblems
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import plain
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.entrance import FAULT_KEYS
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.faults import explain_fault

if TYPE_CHECKING:
    from hallterm.screens.hall_app import HallApp


def fault_words(fault: BaseException) -> tuple[str, list[str]]:
    """Return a title and paragraphs for what keeps the hall from opening."""
    if isinstance(fault, ConfigurationProblems):
        title = _("配置有 {count} 处要改").format(count=len(fault.problems))
        return title, [problem.text for problem in fault.problems]
    code, detail = getattr(fault, "code", None), getattr(fault, "detail", "")
    if isinstance(code, str):
        return _("打不开营业厅"), [explain_fault(code, str(detail)) + _("。")]
    return _("打不开营业厅"), [_("程序出了意外的错误，详情已写入日志。数据没有改动。")]


class FaultScreen(HallScreen[None]):
    """Says what is wrong and what to do; tries again or leaves with exit code 3."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = FAULT_KEYS
    SIGNED_IN = False
    CSS_PATH = sheet("fault")
    AUTO_FOCUS = "#paragraphs"

    def __init__(self, fault: BaseException) -> None:
        super().__init__()
        self.title_words, self.paragraphs = fault_words(fault)

    @property
    def state(self) -> None:
        """The keys always work."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield title and paragraphs."""
        yield Static(plain(self.title_words), id="title", markup=False)
        with VerticalScroll(id="paragraphs"):
            for paragraph in self.paragraphs:
                yield Static(plain(paragraph), classes="paragraph", markup=False)
        yield Static(_("数据没有改动。排除之后按 F5 再试，按 Esc 退出。"), id="hint", markup=False)

    async def do_again(self) -> None:
        """Open once more."""
        self.say(_("正在打开…"))
        cast("HallApp", self.app).passage.reopen()

    async def do_back(self) -> None:
        """Leave."""
        cast("HallApp", self.app).leave_after_fault()

    async def do_quit(self) -> None:
        """Leave without asking: there is nothing to lose."""
        cast("HallApp", self.app).leave_after_fault()
