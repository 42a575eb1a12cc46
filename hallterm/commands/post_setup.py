"""What the commands about mail and fax stand on: the carrier, the offices, the account."""

from hallterm.commands.exits import WrongUsageError
from hallterm.commands.opening import settings
from hallterm.configuration.mail_target import MailServer
from hallterm.configuration.offices_file import Offices, load_offices
from hallterm.desk.desk import Desk
from hallterm.desk.outgoing import Sender
from hallterm.devices.post_rounds import PostRound
from hallterm.mail.account import Account, PasswordFileError
from hallterm.mail.carriers import Carrier
from hallterm.words import _


def offices() -> Offices:
    """Return to whom forms go.

    Raises:
        ConfigurationProblems: something in the file is wrong.
    """
    return load_offices(*settings().data)


def sender(desk: Desk) -> Sender:
    """Return who letters are from."""
    return _post().sender(desk)


def carrier() -> Carrier:
    """Return what carries letters here.

    Raises:
        WrongUsageError: the password can't be read.
    """
    try:
        return _post().carrier()
    except PasswordFileError as error:
        raise _no_password(error) from error


def account(server: MailServer) -> Account:
    """Return how to use a mail server.

    Raises:
        WrongUsageError: the password can't be read.
    """
    try:
        return _post().account(server)
    except PasswordFileError as error:
        raise _no_password(error) from error


def _post() -> PostRound:
    return PostRound(settings().post, offices())


def _no_password(error: PasswordFileError) -> WrongUsageError:
    sentence = {
        "missing": _("写上 mail_secret：邮箱密码文件的路径"),
        "exposed": _("别人也能读邮箱密码文件 {path}，请把权限改为 600"),
        "empty": _("邮箱密码文件 {path} 是空的"),
    }.get(error.code, _("读不了邮箱密码文件 {path}"))
    return WrongUsageError(sentence.format_map({"path": settings().post.mail_secret}))
