"""Groups whose commands are loaded when they are run, so that each imports only what it needs."""

import gc
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from hallterm.commands import help_text
from hallterm.commands.arguments import shown
from hallterm.commands.exits import WrongUsageError
from hallterm.words import _, translate


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that a group knows without having loaded it."""

    module: str
    """Module that holds the Typer `app`."""
    summary: str
    """One line for the list of commands, marked for translation."""


class SpokenCommand(TyperCommand):
    """A command whose help speaks the terminal's language."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own Context
        """Return the help text."""
        return help_text.of_command(self, ctx)


def _loaded(module: str) -> ModuleType:
    """Load a module, and let nobody ever look for garbage among what loads with it.

    That takes a fifth off a short command: most of it when everything is taken down at its end.
    """
    if module in sys.modules:
        return sys.modules[module]
    collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


class LazyGroup(TyperGroup):
    """A group that loads a command's module when the command is named."""

    entries: ClassVar[Mapping[str, Entry]] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's Context
        """Return the names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Load a command; None when there is none of that name."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        command = get_command(_loaded(entry.module).app)
        command.name = cmd_name
        return command

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Read the group's own options.

        Raises:
            WrongUsageError: No command is named where one is needed.
        """
        if not args and not self.invoke_without_command:
            names = ", ".join(self.entries)
            raise WrongUsageError(_("后面写一个命令：{names}").format(names=names))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Find the command that was named.

        Raises:
            WrongUsageError: There is none of that name.
        """
        if args[0] not in self.entries and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.entries, n=1)
            sentence = _("没有 {name} 这个命令").format(name=shown(args[0]))
            raise WrongUsageError(
                sentence + (_("，也许是 {name}").format(name=near[0]) if near else "")
            )
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own Context
        """Return the help text; no command is loaded for it."""
        listed = [(name, translate(entry.summary)) for name, entry in self.entries.items()]
        return help_text.of_group(self, ctx, listed)
