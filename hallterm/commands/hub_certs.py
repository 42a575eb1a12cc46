"""`hallterm hub certs`: the hub's private authority and the certificate it serves with."""

import socket
from typing import Annotated

import typer

from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.words import _, joined

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_(
        "做中心的证书。终端按 --name 写的主机名或地址找中心；换新证书时，已加入的终端照常认得。"
    ),
)
def certs(
    *,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", help=_("中心的主机名或地址，可以写几次；默认是本机名")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Make or renew the certificates."""
    from hallterm.clock import SystemClock  # noqa: PLC0415 - help needs neither
    from hallterm.hub import certificates as made  # noqa: PLC0415 - loads cryptography

    files = made.certificates_beside(settings().key)
    chosen = list(dict.fromkeys([*(names or [socket.gethostname()]), "localhost", "127.0.0.1"]))
    new = made.make_certificates(files, chosen, SystemClock().now())
    ends = made.server_ends(files)
    if as_json:
        emit({"folder": str(files.folder), "names": chosen, "ends": ends.isoformat(), "new": new})
        return
    if new:
        say(_("新做了一个签发机构，请把 {path} 单独保管").format(path=files.authority_key))
    day = ends.date().isoformat()
    say(_("证书做好了，可用到 {day}：{names}").format(day=day, names=joined(chosen)))
