"""What is wrong with a configuration: where, what, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from hallterm.words import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong at one place."""

    file: str
    """The file as the operator knows it, or the name of an environment variable."""
    line: int
    """Line, 1 first; 0 when the problem has no line (a file that isn't there)."""
    key: str
    """Dotted key such as ``budgets.vip_service.minutes``; empty for the file as a whole."""
    message: str
    """What is wrong, in the terminal's language."""
    remedy: str
    """What would be right, in the terminal's language."""

    @property
    def text(self) -> str:
        """The problem in one line: place, key, what is wrong, what would be right."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f"{place}: {self.key}" if self.key else place
        return f"{where}: {self.message}{_('。')}{self.remedy}"


class ConfigurationProblems(Exception):  # noqa: N818 - it is a collection, named for what it holds
    """Every problem found, in the order of files and lines. Nothing was taken over."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(problems, key=lambda problem: (problem.file, problem.line))
        )
        super().__init__("\n".join(problem.text for problem in self.problems))


def give_up(*problems: Problem) -> NoReturn:
    """Raise the problems as one collection."""
    raise ConfigurationProblems(problems)


def unknown_key(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Words for a key that nobody asked for, with the nearest known one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    names = list(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return _("不认识这一项"), _("也许是 {name}").format(name=near[0])
    return _("不认识这一项"), _("这里可以写：{names}").format(names=", ".join(names))
