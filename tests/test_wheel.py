"""The wheel holds everything; built whole, so it is for `make soak`."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.test_rooms import NOT_SHIPPED, TOP, packages_on_disk

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a copy: building leaves files beside the project
    leave = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(TOP, source, symlinks=True, ignore=leave)
    subprocess.run(  # noqa: S603 - pip on our own project
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "-w",
            str(folder),
            str(source),
        ],
        check=True,
    )
    (made,) = folder.glob("hallterm-*.whl")
    return made


def test_every_module_and_data_file_is_in_the_wheel_once(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    for package in packages_on_disk():
        assert f"{package.replace('.', '/')}/__init__.py" in names
    for folder, inside in (("screens", "hallterm/screens"), ("styles", "hallterm/styles")):
        for path in (TOP / folder).rglob("*"):
            if path.is_file() and path.suffix in {".py", ".tcss"}:
                assert f"{inside}/{path.relative_to(TOP / folder).as_posix()}" in names
    for path in (TOP / "data").rglob("*"):
        if path.is_file() and not any(path.match(pattern) for pattern in NOT_SHIPPED):
            assert f"hallterm/data/{path.relative_to(TOP / 'data').as_posix()}" in names
    assert not [n for n in names if n.startswith(("screens/", "styles/", "data/", "tests/"))]


def test_the_program_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """Unpacked beside the installed dependencies, away from the checkout."""
    unpacked = tmp_path / "unpacked"
    with ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        "import hallterm, hallterm.screens.start, hallterm.configuration as c\n"
        f"assert hallterm.__file__.startswith({str(unpacked)!r}), hallterm.__file__\n"
        "c.load(); import hallterm.cli; sys.exit(hallterm.cli.run(['train']))"
    )
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "08:40" in ended.stdout
