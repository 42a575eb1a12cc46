"""The app only wires: theme, clock, desk runner, first screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.hang_up import terminal_driver
from hallterm.screens.keyed import Keyed
from hallterm.screens.picture import cell_true
from hallterm.screens.shell import Shell
from hallterm.styles import sheet
from hallterm.styles.themes import DEFAULT_PALETTE, THEMES, theme_for


class HalltermApp(App[None], inherit_bindings=False):
    """Shows the first screen and tells the visible ones the time, once a second.

    first_screen: makes the screen to begin with.
    theme: name of a theme, or None to choose by the terminal's colours.
    """

    CSS_PATH = sheet("base")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    TITLE = "hallterm"

    def __init__(
        self, shell: Shell, first_screen: Callable[[], Screen[None]], theme: str | None = None
    ) -> None:
        super().__init__(driver_class=terminal_driver())
        self.shell = shell
        self._first_screen = first_screen
        for offered in THEMES:
            self.register_theme(offered)
        self.theme = theme or theme_for(self.console.color_system)
        self.set_keymap(shell.keymap.for_textual())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style sheets their names even under a theme that isn't ours."""
        return DEFAULT_PALETTE

    @property
    def runner(self) -> DeskRunner:
        """The desk's worker threads."""
        return self.shell.runner

    def on_mount(self) -> None:
        """Start the clock and show the first screen."""
        self.push_screen(self._first_screen())
        if self.shell.ticking:
            self.set_interval(1.0, self.tick, name="clock")

    def tick(self) -> None:
        """Tell the visible screens the time."""
        moment = self.shell.clock.now()
        for screen in self._visible():
            screen.tick(moment)

    def _visible(self) -> list[Keyed[object, object]]:
        visible: list[Keyed[object, object]] = []
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Keyed):
                visible.append(screen)
            if not screen.is_modal:
                break
        return visible

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the visible screen as an SVG picture."""
        return cell_true(super().export_screenshot(title=title, simplify=simplify))

    def on_unmount(self) -> None:
        """Let the desk finish."""
        self.shell.runner.close()
