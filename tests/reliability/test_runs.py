"""A few of the runs that `python -m tests.reliability` makes many of."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.reliability.full import FullDisk
from tests.reliability.proxy import Cut
from tests.reliability.runs import cut, deaths, fill
from tests.reliability.site import Site, make_template

PAUSE = 0.02


@pytest.fixture(scope="module")
async def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site to be copied."""
    folder = tmp_path_factory.mktemp("template")
    await make_template(folder)
    return folder


@pytest.fixture
async def site(template: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """Give a site at work."""
    made = Site(template, tmp_path, terminals=2)
    await made.open(PAUSE)
    yield made
    await made.close()


@pytest.mark.soak
@pytest.mark.parametrize("kind", [Cut.ANSWER_LOST, Cut.BLACK_HOLE, Cut.TORN])
async def test_nothing_that_was_confirmed_is_lost_through_a_cut(site: Site, kind: Cut) -> None:
    result = await cut(site, kind, 1.0, PAUSE)
    assert result.held, result


@pytest.mark.soak
@pytest.mark.parametrize("side", ["hub", "t1"])
async def test_nothing_that_was_confirmed_is_lost_through_deaths(site: Site, side: str) -> None:
    [victim] = [one for one in site.machines if one.folder.name == side]
    async for result in deaths(site, victim, 20, PAUSE, random.Random(1)):  # noqa: S311 - no secret
        assert result.held, result


@pytest.mark.soak
@pytest.mark.skipif(not FullDisk.possible(), reason="only root can mount a small disk")
@pytest.mark.parametrize("side", ["hub", "t1"])
async def test_nothing_that_was_confirmed_is_lost_on_a_full_disk(
    template: Path, tmp_path: Path, side: str
) -> None:
    disk = FullDisk(tmp_path / side)
    site = Site(template, tmp_path, terminals=2)
    try:
        await site.open(PAUSE)
        [victim] = [one for one in site.machines if one.folder.name == side]
        result = await fill(site, victim, disk, 2.0, PAUSE)
    finally:
        await site.close()
        disk.close()
    assert result.held, result
