"""`hallterm lab compare`: policies side by side on the same days."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import arguments
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.words import _

MOST_DAYS, MOST_COUNTERS, MOST_LOAD, MOST_CAP = 1000, 60, 1.5, 6.0
SERVICES = ("plain", "business")
POLICY_NAMES = ("fifo", "strict", "edf", "apq", "ratio", "promise")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def number(text: str, option: str, least: float, most: float) -> float:
    """Return a number within limits.

    Raises:
        WrongUsageError: It isn't one.
    """
    try:
        value = float(arguments.normal(text))
    except ValueError:
        value = float("nan")
    if least <= value <= most:
        return value
    sentence = _("{option} 要写 {least:g} 到 {most:g} 的数，不是“{text}”")
    shown = arguments.shown(text)
    raise WrongUsageError(sentence.format(option=option, least=least, most=most, text=shown))


def one_of(text: str, option: str, names: tuple[str, ...]) -> str:
    """Return the name that was typed.

    Raises:
        WrongUsageError: There is none of that name.
    """
    wanted = arguments.normal(text).lower()
    if wanted in names:
        return wanted
    sentence = _("{option} 不认识“{text}”，可以写：{names}")
    shown = arguments.shown(text)
    raise WrongUsageError(sentence.format(option=option, text=shown, names=", ".join(names)))


@app.command(
    cls=SpokenCommand,
    help=_(
        "在同样的日子里比较几种叫号办法：达标率、等候、超时。\n"
        "不给文件就用模拟的日子；给到达记录就用记录里的一天，列名同 lab replay。"
    ),
)
def compare(  # noqa: PLR0913 - each is an option of the command line
    trace: Annotated[Path | None, typer.Argument(metavar="TRACE.csv", help=_("到达记录"))] = None,
    *,
    days: Annotated[str, typer.Option(metavar="N", help=_("模拟多少天"))] = "60",
    load: Annotated[str, typer.Option(metavar="L", help=_("忙的程度，1 为正好排满"))] = "0.95",
    seed: Annotated[str, typer.Option(metavar="S", help=_("抽签的种子"))] = "1",
    service: Annotated[
        str, typer.Option(metavar="KIND", help=_("办理时长：plain 一种，business 分业务"))
    ] = "business",
    policy: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help=_("只比这些办法，可重复写"))
    ] = None,
    late_cap: Annotated[
        str, typer.Option(metavar="X", help=_("超时的客户最多放到时限的几倍"))
    ] = "",
    counters: Annotated[str, typer.Option(metavar="N", help=_("窗口数；0 为自动"))] = "0",
    mapping: Annotated[
        str, typer.Option(metavar="FILE.toml", help=_("列对照文件，或自带的一份：bank-1999"))
    ] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help=_("记录里的哪一天"))] = "",
    bound: Annotated[
        bool, typer.Option("--bound", help=_("再算无论怎样排都超不过的上限（要装 lab 附加包）"))
    ] = False,
    frontier: Annotated[
        bool, typer.Option("--frontier", help=_("再看 late_cap 不同时的得失"))
    ] = False,
    plot: Annotated[bool, typer.Option("--plot", help=_("画成条形图"))] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help=_("表格写成 Markdown"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("结果写成 JSON"))] = False,
) -> None:
    """Read the options and run."""
    # The simulation loads only once the command line has been understood.
    from hallterm.commands.lab_compare_run import Wanted, run  # noqa: PLC0415 - help needs no lab

    run(
        Wanted(
            trace=trace,
            mapping=mapping,
            day=arguments.day(date, "--date") if date else None,
            days=arguments.whole_number(days, "--days", 1, MOST_DAYS),
            load=number(load, "--load", 0.05, MOST_LOAD),
            seed=arguments.whole_number(seed, "--seed", 0, 999_999_999),
            service=one_of(service, "--service", SERVICES),
            policies=[one_of(name, "--policy", POLICY_NAMES) for name in policy or POLICY_NAMES],
            late_cap=number(late_cap, "--late-cap", 1, MOST_CAP) if late_cap else None,
            counters=arguments.whole_number(counters, "--counters", 0, MOST_COUNTERS),
            bound=bound,
            frontier=frontier,
            plot=plot,
        ),
        as_json=as_json,
        as_markdown=as_markdown,
        progress=sys.stderr.isatty(),
    )
