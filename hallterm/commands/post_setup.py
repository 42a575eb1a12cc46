"""What the commands about mail and fax stand on: the carrier, the offices, the account."""

from hallterm.commands.exits import WrongUsageError
from hallterm.commands.opening import settings
from hallterm.configuration.mail_target import MailFolder, MailServer
from hallterm.configuration.offices_file import Offices, load_offices
from hallterm.desk.desk import Desk
from hallterm.desk.outgoing import Sender
from hallterm.mail.account import Account, PasswordFileError, read_password
from hallterm.mail.carriers import Carrier, FolderCarrier, ServerCarrier
from hallterm.words import _


def offices() -> Offices:
    """Return to whom forms go.

    Raises:
        ConfigurationProblems: something in the file is wrong.
    """
    return load_offices(*settings().data)


def sender(desk: Desk) -> Sender:
    """Return who letters are from."""
    hall = desk.replica.company.hall
    return Sender(settings().post.mail_from, hall.name if hall else "")


def carrier() -> Carrier:
    """Return what carries letters here.

    Raises:
        WrongUsageError: the password can't be read.
    """
    post = settings().post
    if isinstance(post.mail_out, MailFolder):
        return FolderCarrier(post.mail_out.path)
    return ServerCarrier(account(post.mail_out), post.mail_from)


def account(server: MailServer) -> Account:
    """Return how to use a mail server.

    Raises:
        WrongUsageError: the password can't be read.
    """
    post = settings().post
    if not server.user:
        return Account(server, authorities=post.mail_trust)
    if post.mail_secret is None:
        raise WrongUsageError(_("写上 mail_secret：邮箱密码文件的路径"))
    try:
        password = read_password(post.mail_secret)
    except PasswordFileError as error:
        sentence = {
            "exposed": _("别人也能读邮箱密码文件 {path}，请把权限改为 600"),
            "empty": _("邮箱密码文件 {path} 是空的"),
        }.get(error.code, _("读不了邮箱密码文件 {path}"))
        raise WrongUsageError(sentence.format(path=post.mail_secret)) from error
    return Account(server, password, post.mail_trust)
