"""A few of the runs that `python -m tests.reliability` makes many of."""

from pathlib import Path

import pytest

from tests.reliability.runs import Site


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["answer lost", "black hole", "kill terminal", "kill hub"])
async def test_nothing_that_was_confirmed_is_lost(tmp_path: Path, fault: str) -> None:
    site = Site(tmp_path)
    await site.set_up()
    try:
        result = await site.run(fault, 1.0, 0.05)
    finally:
        await site.close()
    assert result.actions > 0
    assert (result.lost, result.unequal) == (0, 0)
    assert result.in_step_s is not None
