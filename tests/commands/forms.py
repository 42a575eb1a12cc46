"""A terminal whose hall has a form on its way, and everybody it takes."""

import shutil
from pathlib import Path

from hallterm.clock import SystemClock
from hallterm.desk.desk import Desk, open_desk
from tests.commands.terminal import Ended, Terminal
from tests.support.form_desk import to_hall
from tests.support.hall import KEY
from tests.support.rulebook import PIN, STORE_MANAGER, configuration

OFFICES = """
[vip_office]
mail = ["vip@example.com"]
[hall_operations]
mail = ["ops@example.com"]
[store_manager]
mail = ["store@example.com"]
[hall]
fax = "0731-88880000"
"""


class FormTerminal:
    """Runs commands at a hall with a form that was mailed and signed."""

    def __init__(self, terminal: Terminal, template: Path) -> None:
        self.terminal = terminal
        self.folder = terminal.folder
        terminal.store.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, terminal.store)
        key = Path(terminal.environment["HALLTERM_KEY"])
        key.parent.mkdir(parents=True, exist_ok=True)
        key.write_text(KEY + "\n", "ascii")
        key.chmod(0o600)
        config = Path(terminal.environment["HALLTERM_CONFIG"])
        config.mkdir(parents=True, exist_ok=True)
        (config / "offices.toml").write_text(OFFICES, "utf-8")
        self.pin = self.folder / "pin"
        self.pin.write_text(PIN, "ascii")
        self.pin.chmod(0o600)
        desk = self.desk()
        self.number = to_hall(desk)
        desk.close()

    def desk(self) -> Desk:
        """Open the terminal's store as the commands do."""
        return open_desk(self.terminal.store, KEY, SystemClock(), configuration(), "test")

    def run(self, *arguments: str) -> Ended:
        """Run a command."""
        return self.terminal.run(*arguments)

    def as_manager(self, *arguments: str) -> Ended:
        """Run a command as the store manager."""
        return self.run(*arguments, "--staff", STORE_MANAGER.staff_id, "--pin-file", str(self.pin))
