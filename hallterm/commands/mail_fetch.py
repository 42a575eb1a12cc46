"""`hallterm mail fetch`: takes what is in the mailbox."""

from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.post_setup import account
from hallterm.commands.post_told import tell_collected
from hallterm.configuration.mail_target import MailFolder
from hallterm.desk.collecting import collect, collect_files
from hallterm.mail.imap import NotFetchedError
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("从 mail_in 设定的邮箱或文件夹收信，按编号和签名核对。"))
def mail_fetch(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """Fetch letters."""
    source = settings().post.mail_in
    if source is None:
        raise WrongUsageError(_("没有设定 mail_in；可以用 mail import 导入 .eml 文件"))
    with opened() as desk:
        try:
            if isinstance(source, MailFolder):
                found = collect_files(desk, [source.path])
            else:
                found = collect(desk, account(source))
        except NotFetchedError as error:
            sentence = _("收不了信（{reason}），稍后再试")
            raise WrongUsageError(sentence.format(reason=error)) from error
    tell_collected(found, as_json=as_json)
