"""`hallterm mail`: letters on their way out, and those that come in."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class MailCommands(LazyGroup):
    """Commands about mail."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "status": Entry("hallterm.commands.mail_status", mark("待发、待处理的信件和来件")),
        "send": Entry("hallterm.commands.mail_send", mark("把该发的信件发出去")),
        "fetch": Entry("hallterm.commands.mail_fetch", mark("从邮箱收信")),
        "import": Entry("hallterm.commands.mail_import", mark("导入 .eml 文件")),
        "settle": Entry("hallterm.commands.mail_settle", mark("不确定的信件：说明已到，或重发")),
    }


app = typer.Typer(cls=MailCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("邮件：状态、发信、收信、导入。"))
def mail() -> None:
    """Commands about mail."""
