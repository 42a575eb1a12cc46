"""The command line: finds the command, and turns however it ends into words and an exit code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

import hallterm
from hallterm.commands.endings import ended
from hallterm.commands.exits import Exit, WrongUsageError
from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.commands.opening import settings
from hallterm.words import _, mark


class Commands(LazyGroup):
    """Every command of `hallterm`."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "ticket": Entry("hallterm.commands.ticket", mark("取号、叫号、开始、办结、列出号票")),
        "board": Entry("hallterm.commands.board", mark("等候区和各窗口现在的样子")),
        "reception": Entry("hallterm.commands.reception", mark("VIP 接待：列出、小结、统计")),
        "appointment": Entry("hallterm.commands.appointment", mark("预约：列出、预约、到厅、取消")),
        "errand": Entry("hallterm.commands.errand", mark("上门和配送：列出")),
        "request": Entry("hallterm.commands.request", mark("特殊需求：待办、经过、下一步、统计")),
        "form": Entry("hallterm.commands.form", mark("服务协助流转单：制作、核验、密钥")),
        "mail": Entry("hallterm.commands.mail", mark("邮件：状态、发信、收信、导入")),
        "fax": Entry("hallterm.commands.fax", mark("传真：状态、发出、登记")),
        "callback": Entry("hallterm.commands.callback", mark("回电：列出、记结果")),
        "display": Entry("hallterm.commands.display", mark("叫号大屏，给第二块屏幕")),
        "train": Entry("hallterm.commands.train", mark("演练厅：虚构的客户不断到来")),
        "setup": Entry("hallterm.commands.setup", mark("按文件新建营业厅")),
        "customers": Entry("hallterm.commands.customers", mark("导入客户资料")),
        "sync": Entry("hallterm.commands.sync", mark("加入中心，上传和接收")),
        "doctor": Entry("hallterm.commands.doctor", mark("检查数据，必要时重建读表")),
        "backup": Entry("hallterm.commands.backup", mark("把数据备份到一个文件")),
        "hub": Entry("hallterm.commands.hub", mark("中心：让几台终端合成一个厅")),
        "lab": Entry("hallterm.commands.lab", mark("重演和比较一天")),
    }


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None)


@app.callback(
    invoke_without_command=True,
    help=mark("营业厅的窗口、取号和叫号。不写命令就打开本终端的营业厅。"),
)
def hall(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help=mark("显示版本"))] = False,
) -> None:
    """Open this terminal's hall unless a command is named."""
    if version:
        typer.echo(f"hallterm {hallterm.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from hallterm.commands.hall import open_hall  # noqa: PLC0415 - only this opens screens

        raise typer.Exit(open_hall())


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised."""
    as_json = "--json" in arguments
    try:
        speak()
        command = get_command(app)
        # Not its main(): that one ends the process by itself when the output is closed.
        with command.make_context("hallterm", list(arguments)) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except TyperException as error:
        return ended(WrongUsageError(usage_sentence(error)), as_json=as_json)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no traceback reaches a user
        return ended(error, as_json=as_json)
    return Exit.DONE


def speak() -> None:
    """Speak the language of this terminal's settings; wrong ones are told by whoever needs them."""
    from hallterm.configuration import ConfigurationProblems  # noqa: PLC0415 - faults are caught

    with suppress(ConfigurationProblems):
        settings()


def usage_sentence(error: TyperException) -> str:
    """Say what is wrong with a command line."""
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            sentence = _("没有 {option} 这个选项").format(option=option)
        case "BadOptionUsage":
            sentence = _("{option} 后面要写一个值").format(option=option)
        case "MissingParameter" if parameter is not None:
            name = parameter.opts[-1] if parameter.opts else parameter.name
            sentence = _("缺少 {option}").format(option=name)
        case _:
            sentence = error.format_message()
    return sentence


def main() -> None:
    """Run the command line of this process."""
    code = run(sys.argv[1:])
    if code == Exit.OUTPUT_CLOSED:
        # Keeps the interpreter from complaining when it flushes what nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
