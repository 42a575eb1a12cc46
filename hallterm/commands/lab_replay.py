"""`hallterm lab replay`: drive a traced day through the desk."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import arguments
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.words import _

MOST_COUNTERS = 60

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def share(text: str, option: str) -> float:
    """Return a share between 0 and 1.

    Raises:
        WrongUsageError: It isn't one.
    """
    try:
        value = float(arguments.normal(text))
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    sentence = _("{option} 要写 0 到 1 的小数，不是“{text}”")
    raise WrongUsageError(sentence.format(option=option, text=arguments.shown(text)))


@app.command(
    cls=SpokenCommand,
    help=_(
        "按到达记录重演一天：模拟的营业员在模拟的时钟上取号、叫号、办理，最后按级别给出达标率和等候。\n"
        "记录是 CSV，列名 arrived_s,tier,service_s，可以再有 business,identity_s,left_s；\n"
        "时间都是零点起的秒数，service_s 是办理的秒数，级别写 vip、gotone、standard 或卡别。"
    ),
)
def replay(  # noqa: PLR0913 - each is an option of the command line
    trace: Annotated[Path, typer.Argument(metavar="FILE.csv", help=_("到达记录"))],
    *,
    mapping: Annotated[
        str, typer.Option(metavar="FILE.toml", help=_("列对照文件，或自带的一份：bank-1999"))
    ] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help=_("重演哪一天，如 1999-02-03"))] = "",
    counters: Annotated[
        str, typer.Option(metavar="N", help=_("窗口数；0 为按最忙的一小时定"))
    ] = "0",
    store: Annotated[
        Path | None, typer.Option(metavar="FILE.db", help=_("把这一天写进一个新的库文件"))
    ] = None,
    seed: Annotated[str, typer.Option(metavar="N", help=_("抽签的种子"))] = "1",
    park_share: Annotated[
        str, typer.Option(metavar="SHARE", help=_("办理中挂起一次的比例，0 到 1"))
    ] = "0",
    absent_share: Annotated[
        str, typer.Option(metavar="SHARE", help=_("头一次叫到不在的比例，0 到 1"))
    ] = "0",
    as_json: Annotated[bool, typer.Option("--json", help=_("结果写成 JSON"))] = False,
) -> None:
    """Read the options and run."""
    # The store and the simulation load only once the command line has been understood.
    from hallterm.commands.lab_replay_run import Wanted, run  # noqa: PLC0415 - help needs no lab

    run(
        Wanted(
            trace=trace,
            mapping=mapping,
            day=arguments.day(date, "--date") if date else None,
            counters=arguments.whole_number(counters, "--counters", 0, MOST_COUNTERS),
            store=store,
            seed=arguments.whole_number(seed, "--seed", 0, 999_999_999),
            park_share=share(park_share, "--park-share"),
            absent_share=share(absent_share, "--absent-share"),
        ),
        as_json=as_json,
        progress=sys.stderr.isatty(),
    )
