"""What an operator edits: standards and businesses, read and checked before anything starts.

The words: a *problem* is one thing wrong at one place; a *configuration* exists only when there
is no problem at all, so nobody works on half of one.
"""

from typing import TYPE_CHECKING

from hallterm.configuration.problems import ConfigurationProblems, Problem

if TYPE_CHECKING:
    from hallterm.configuration.loading import (
        BUSINESSES_FILE,
        STANDARDS_FILE,
        Configuration,
        configure,
        load,
        training_folders,
    )

__all__ = [
    "BUSINESSES_FILE",
    "STANDARDS_FILE",
    "Configuration",
    "ConfigurationProblems",
    "Problem",
    "configure",
    "load",
    "training_folders",
]


def __getattr__(name: str) -> object:
    # Reading a configuration takes pydantic, 60 ms; a terminal's settings and problems don't.
    if name in __all__:
        from hallterm.configuration import loading  # noqa: PLC0415 - see above

        return getattr(loading, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
