"""``hallterm customers``: bring customers in from a file."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Customers 客户资料")


@app.callback()
def customers() -> None:
    """Customers 客户资料."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV, GB18030 or UTF-8")],
    *,
    mapping: Annotated[
        list[str] | None, typer.Option(help="COLUMN=FIELD, for a column with a name of its own")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="result as JSON on stdout")] = False,
) -> None:
    """Bring customers in from a CSV file; running it again changes nothing 导入客户.

    Exit code 0: every row is in. 1: some rows were refused, the others are in. 2: the file or
    the store was refused; what an interrupted run had written stands, run it again.
    """
    from hallterm.commands.customers_import import run  # noqa: PLC0415 - heavy, only for this

    raise typer.Exit(run(file, mapping or [], as_json=as_json))
