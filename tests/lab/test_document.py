"""Every table of figures in docs/dispatch.md is of the form that `python -m tests.tables` makes."""

from pathlib import Path

import pytest

from tests.bench.dispatch_figures import BARS
from tests.bench.figure import as_table
from tests.tables.dispatch import TABLES, Sizes
from tests.tables.marked import first_cells, tables_in, titles, with_table, without_tables

TEXT = (Path(__file__).parents[2] / "docs" / "dispatch.md").read_text("utf-8")
BY_HAND = ["| where | what |", "| name | who is next |"]
"""Tables without figures."""
NAMES_IN_FIRST = {"variants": 2, "forecast": 2, "real-day": 2}
"""Columns that say what a row is about, where these aren't one."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sizes:
    """Return sizes for which every table is made in seconds, and a real day of forty calls."""
    lines = ["date,arrived_s,type,priority,waited_s,service_s,outcome,server"]
    lines += [f"1999-02-03,{36000 + 20 * k},PS,0,5,180,AGENT,DORIT" for k in range(40)]
    trace = tmp_path_factory.mktemp("trace") / "calls.csv"
    trace.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Sizes(
        days=1,
        seeds=range(401, 402),
        hall_seeds=range(7, 8),
        forecast_days=1,
        variant_days=1,
        rollout_days=0,
        trace=trace,
        bound=False,
    )


@pytest.mark.parametrize("name", [name for name in TABLES if name != "speed"])
def test_a_table_is_of_the_form_that_its_command_makes(name: str, small: Sizes) -> None:
    """To put it right: python -m tests.tables NAME [--trace FILE]."""
    made, shown = list(TABLES[name](small)), tables_in(TEXT)[name]
    assert titles(made)
    assert titles(shown) == titles(made)
    columns = NAMES_IN_FIRST.get(name, 1)
    assert first_cells(shown, columns) == first_cells(made, columns)


def test_the_speed_shown_is_what_the_bench_measures() -> None:
    shown = tables_in(TEXT)["speed"]
    assert titles(shown) == titles(as_table([]).splitlines())
    assert {cells[0] for cells in first_cells(shown)[1:]} == set(BARS)


def test_all_tables_of_figures_are_between_markers() -> None:
    assert set(tables_in(TEXT)) == set(TABLES)
    assert titles(without_tables(TEXT).splitlines()) == BY_HAND


def test_a_table_made_anew_takes_the_place_of_the_old_one() -> None:
    made = with_table(TEXT, "forecast", ["| a |", "| --- |", "| 1 |"])
    assert tables_in(made)["forecast"] == ["| a |", "| --- |", "| 1 |"]
    assert tables_in(made)["seeds"] == tables_in(TEXT)["seeds"]
    with pytest.raises(ValueError, match="no such"):
        with_table(TEXT, "no such", [])
