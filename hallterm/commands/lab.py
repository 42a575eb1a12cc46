"""``hallterm lab``: traces and simulated days."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Traces and simulated days 演练与模拟")


@app.callback()
def lab() -> None:
    """Traces and simulated days 演练与模拟."""


@app.command()
def replay(  # noqa: PLR0913 - each argument is an option of the command line
    trace: Annotated[Path, typer.Argument(help="CSV: arrived_s, tier, service_s …")],
    *,
    mapping: Annotated[
        str, typer.Option(help="TOML of columns and values, or a shipped one: bank-1999")
    ] = "",
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="day to replay")
    ] = None,
    counters: Annotated[
        int, typer.Option(min=0, max=60, help="0: as many as the fullest hour needs")
    ] = 0,
    store: Annotated[Path | None, typer.Option(help="new store file to keep the day in")] = None,
    seed: Annotated[int, typer.Option(help="for what is drawn by lot")] = 1,
    park_share: Annotated[float, typer.Option(min=0, max=1, help="services parked once")] = 0.0,
    absent_share: Annotated[
        float, typer.Option(min=0, max=1, help="customers absent when first called")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="figures as JSON")] = False,
) -> None:
    """Drive a traced day through the desk and print its figures 重演一天."""
    # Everything that loads the store waits until the command line has been understood.
    from hallterm.commands.lab_replay import Wanted, run  # noqa: PLC0415

    run(
        Wanted(
            trace=trace,
            mapping=mapping,
            day=day.date() if day else None,
            counters=counters,
            store=store,
            seed=seed,
            park_share=park_share,
            absent_share=absent_share,
        ),
        as_json=as_json,
    )
