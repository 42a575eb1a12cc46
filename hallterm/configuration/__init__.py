"""What an operator edits: standards and businesses, read and checked before anything starts.

The words: a *problem* is one thing wrong at one place; a *configuration* exists only when there
is no problem at all, so nobody works on half of one.
"""

from hallterm.configuration.loading import (
    BUSINESSES_FILE,
    STANDARDS_FILE,
    Configuration,
    configure,
    load,
)
from hallterm.configuration.problems import ConfigurationProblems, Problem

__all__ = [
    "BUSINESSES_FILE",
    "STANDARDS_FILE",
    "Configuration",
    "ConfigurationProblems",
    "Problem",
    "configure",
    "load",
]
