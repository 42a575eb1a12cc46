"""What every command stands on: this terminal's settings and its log of faults."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hallterm.faults import log_to
from hallterm.words import choose_language

if TYPE_CHECKING:
    from hallterm.settings import Settings


@cache
def settings() -> "Settings":
    """Return this terminal's settings; its language is spoken and its faults are logged from now.

    Raises:
        ConfigurationProblems: a setting is wrong.
    """
    from hallterm.settings import load_settings  # noqa: PLC0415 - help needs no settings

    loaded = load_settings()
    choose_language(loaded.language)
    log_to(loaded.store.parent)
    return loaded


def log_here() -> Path | None:
    """Begin the log of faults beside the store, or in the usual place if settings are wrong."""
    from hallterm.configuration import ConfigurationProblems  # noqa: PLC0415 - see settings

    try:
        return log_to(settings().store.parent)
    except ConfigurationProblems:
        import platformdirs  # noqa: PLC0415 - see settings

        return log_to(platformdirs.user_data_path("hallterm", appauthor=False))
