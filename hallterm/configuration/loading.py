"""Reads a folder of operator data into one configuration, or says everything that is wrong."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from hallterm.configuration.authority_file import authority_of
from hallterm.configuration.businesses_file import businesses_of
from hallterm.configuration.checklists_file import checklists_of
from hallterm.configuration.diversion_file import diversion_of
from hallterm.configuration.problems import ConfigurationProblems, Problem
from hallterm.configuration.reading import PACKAGED, Table, parse, read_text
from hallterm.configuration.standards_file import standards_of
from hallterm.domain.business import Businesses
from hallterm.domain.frozen import Frozen
from hallterm.domain.rulebook import Rulebook
from hallterm.domain.standards import Standards

STANDARDS_FILE = "standards.toml"
BUSINESSES_FILE = "businesses.toml"
AUTHORITY_FILE = "authority.toml"
CHECKLISTS_FOLDER = "checklists"
DIVERSION_FILE = "diversion.toml"
TRAINING_FOLDER = "training"

Made = TypeVar("Made")


class Configuration(Rulebook):
    """A rulebook that was read from files here."""


def load(*folders: Path) -> Configuration:
    """Read the operator data; each file is taken from the first folder that holds it.

    Without folders, the data that comes with the program is read.

    Raises:
        ConfigurationProblems: Something is wrong; every problem of every file is in it.
    """
    searched = folders or (PACKAGED,)
    standards, businesses = (_first(searched, n) for n in (STANDARDS_FILE, BUSINESSES_FILE))
    # Operator data of a time before there was one means the program's own.
    diversion = _first((*searched, PACKAGED), DIVERSION_FILE)
    return _together(
        lambda: standards_of(parse(str(standards), read_text(standards))),
        lambda: businesses_of(parse(str(businesses), read_text(businesses))),
        [_reader(path) for path in _checklist_files(searched)],
        _reader(diversion),
        _reader(_authority_file(searched)),
    )


def training_folders(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the folders of operator data for the training hall.

    What the operator wrote comes first there, too; then what makes training fuller: a neighbouring
    hall to send customers to.
    """
    own = tuple(folder for folder in folders if folder != PACKAGED)
    return (*own, PACKAGED / TRAINING_FOLDER, *(folder for folder in folders if folder == PACKAGED))


def configure(
    standards: str,
    businesses: str,
    checklists: Mapping[str, str] | None = None,
    diversion: str = "",
    authority: str | None = None,
) -> Configuration:
    """Make a configuration from the text of its files; checklists: name of a file → its text.

    diversion: empty: no neighbouring halls, and the program's own words.
    authority: None: the program's own.

    Raises:
        ConfigurationProblems: Something is wrong; every problem of every text is in it.
    """
    return _together(
        lambda: standards_of(parse(STANDARDS_FILE, standards)),
        lambda: businesses_of(parse(BUSINESSES_FILE, businesses)),
        [partial(parse, name, text) for name, text in (checklists or {}).items()],
        lambda: parse(DIVERSION_FILE, diversion or "#"),
        _reader(PACKAGED / AUTHORITY_FILE)
        if authority is None
        else partial(parse, AUTHORITY_FILE, authority),
    )


def _reader(path: Path) -> Callable[[], Table]:
    return lambda: parse(str(path), read_text(path))


def _checklist_files(folders: tuple[Path, ...]) -> list[Path]:
    """Return each checklist's file, by name, from the first folder that holds one of that name.

    Operator data that has no folder for them, as before there were any, means the program's own.
    """
    found: dict[str, Path] = {}
    having = [folder for folder in folders if _is_there(folder / CHECKLISTS_FOLDER)]
    for folder in having or [PACKAGED]:
        try:
            names = sorted((folder / CHECKLISTS_FOLDER).glob("*.toml"))
        except OSError:  # a folder that may not be entered: the other files' reading says so
            continue
        for path in names:
            found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def _authority_file(folders: tuple[Path, ...]) -> Path:
    """Return the file; operator data from before there was one means the program's own."""
    found = _first(folders, AUTHORITY_FILE)
    return found if _is_there(found) else PACKAGED / AUTHORITY_FILE


def _first(folders: tuple[Path, ...], name: str) -> Path:
    paths = [folder / name for folder in folders]
    return next((path for path in paths if _is_there(path)), paths[0])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be entered: reading it will say so
        return True


def _together(
    read_standards: Callable[[], Standards],
    read_businesses: Callable[[], Businesses],
    read_checklists: Sequence[Callable[[], Table]],
    read_diversion: Callable[[], Table],
    read_authority: Callable[[], Table],
) -> Configuration:
    problems: list[Problem] = []
    standards = _attempt(read_standards, problems)
    businesses = _attempt(read_businesses, problems)
    read = [_attempt(one, problems) for one in read_checklists]
    tables = [table for table in read if table is not None]
    checklists = _attempt(lambda: checklists_of(tables, businesses), problems)
    diversion = _attempt(lambda: diversion_of(read_diversion(), businesses), problems)
    authority = _attempt(lambda: authority_of(read_authority()), problems)
    if standards is None or businesses is None or checklists is None:
        raise ConfigurationProblems(problems)
    if diversion is None or authority is None or problems:
        raise ConfigurationProblems(problems)
    return Configuration.model_construct(
        standards=standards,
        businesses=dict(businesses),
        checklists=checklists,
        diversion=diversion,
        authority=authority,
        digest=_digest(standards, diversion, authority, *businesses.values(), *checklists.values()),
    )


def _attempt(read: Callable[[], Made], problems: list[Problem]) -> Made | None:
    try:
        return read()
    except ConfigurationProblems as found:
        problems += found.problems
        return None


def _digest(*values: Frozen) -> str:
    content = sha256()
    for value in values:
        content.update(value.model_dump_json().encode())
    return content.hexdigest()
