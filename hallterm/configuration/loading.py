"""Reads a folder of operator data into one configuration, or says everything that is wrong."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from hallterm.configuration.businesses_file import businesses_of
from hallterm.configuration.problems import ConfigurationProblems, Problem
from hallterm.configuration.reading import PACKAGED, parse, read_text
from hallterm.configuration.standards_file import standards_of
from hallterm.domain.business import Business, Businesses
from hallterm.domain.frozen import Frozen
from hallterm.domain.standards import Standards

STANDARDS_FILE = "standards.toml"
BUSINESSES_FILE = "businesses.toml"

Made = TypeVar("Made")


class Configuration(Frozen):
    """The operator data of a hall, checked as a whole."""

    standards: Standards
    businesses: dict[str, Business]
    """Every business by id, in the order of the file."""
    digest: str
    """SHA-256 of the values, hexadecimal: comments and layout don't change it."""


def load(*folders: Path) -> Configuration:
    """Read the operator data; each file is taken from the first folder that holds it.

    Without folders, the data that comes with the program is read.

    Raises:
        ConfigurationProblems: Something is wrong; every problem of every file is in it.
    """
    searched = folders or (PACKAGED,)
    standards, businesses = (_first(searched, n) for n in (STANDARDS_FILE, BUSINESSES_FILE))
    return _both(
        lambda: standards_of(parse(str(standards), read_text(standards))),
        lambda: businesses_of(parse(str(businesses), read_text(businesses))),
    )


def configure(standards: str, businesses: str) -> Configuration:
    """Make a configuration from the text of both files.

    Raises:
        ConfigurationProblems: Something is wrong; every problem of both texts is in it.
    """
    return _both(
        lambda: standards_of(parse(STANDARDS_FILE, standards)),
        lambda: businesses_of(parse(BUSINESSES_FILE, businesses)),
    )


def _first(folders: tuple[Path, ...], name: str) -> Path:
    paths = [folder / name for folder in folders]
    return next((path for path in paths if _is_there(path)), paths[0])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be entered: reading it will say so
        return True


def _both(
    read_standards: Callable[[], Standards], read_businesses: Callable[[], Businesses]
) -> Configuration:
    problems: list[Problem] = []
    standards = _attempt(read_standards, problems)
    businesses = _attempt(read_businesses, problems)
    if standards is None or businesses is None:
        raise ConfigurationProblems(problems)
    return Configuration.model_construct(
        standards=standards, businesses=dict(businesses), digest=_digest(standards, businesses)
    )


def _attempt(read: Callable[[], Made], problems: list[Problem]) -> Made | None:
    try:
        return read()
    except ConfigurationProblems as found:
        problems += found.problems
        return None


def _digest(standards: Standards, businesses: Businesses) -> str:
    content = sha256(standards.model_dump_json().encode())
    for business in businesses.values():
        content.update(business.model_dump_json().encode())
    return content.hexdigest()
