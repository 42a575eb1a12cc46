"""`hallterm hub serve`: the hub, until a signal ends it."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import shown
from hallterm.commands.exits import RefusedError, WrongUsageError
from hallterm.commands.hub_store import Database, hub_settings
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import say
from hallterm.domain.refusal import Refusal
from hallterm.settings import PostSettings, Settings
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

PORT = 8443


@app.command(
    cls=SpokenCommand,
    help=_("运行中心，直到收到信号为止。先用 hallterm setup 建厅，用 hallterm hub certs 做证书。"),
)
def serve(
    *,
    database: Database = None,
    listen: Annotated[
        str, typer.Option(metavar="HOST:PORT", help=_("在哪个地址上听"))
    ] = f"0.0.0.0:{PORT}",
    plain: Annotated[
        bool, typer.Option("--plain", help=_("不加密；只许本机地址，给测速和反向代理用"))
    ] = False,
    training: Annotated[
        bool, typer.Option("--training", help=_("用一个新的演练厅，结束后删掉"))
    ] = False,
) -> None:
    """Serve the hub."""
    host, port = _address(listen)
    if plain and host not in {"127.0.0.1", "::1"}:
        raise WrongUsageError(_("--plain 只能用在 127.0.0.1 或 [::1] 上"))
    from hallterm.commands.hub_run import run_hub  # noqa: PLC0415 - help needs none of it

    if not training:
        run_hub(hub_settings(database), host, port, plain=plain)
        return
    with tempfile.TemporaryDirectory(prefix="hallterm-hub-") as folder:
        here = trained(Path(folder))
        say(_("另发入网码，请先设置："))
        say(f"  export HALLTERM_STORE={here.store} HALLTERM_KEY={here.key}")
        run_hub(here, host, port, plain=plain, with_code=True)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004 - TCP's last port
        sentence = _("--listen 要写 主机:端口，例如 0.0.0.0:{port}，不是“{text}”")
        raise WrongUsageError(sentence.format(port=PORT, text=shown(text)))
    return host.strip("[]"), int(port)


def trained(folder: Path) -> Settings:
    """Make a training hall with certificates; return the settings under which it is served."""
    from hallterm.clock import SystemClock  # noqa: PLC0415 - only for training
    from hallterm.configuration import load, training_folders  # noqa: PLC0415 - for training
    from hallterm.hub.certificates import (  # noqa: PLC0415 - as above
        certificates_beside,
        make_certificates,
    )
    from hallterm.lab import training  # noqa: PLC0415 - as above

    here, clock = settings(), SystemClock()
    here = replace(here, data=training_folders(here.data))
    made = training.create_training_hall(folder, clock, load(*here.data), durability="FULL")
    if isinstance(made, Refusal):
        raise RefusedError(made)
    made.close()
    key = folder / training.KEY_NAME
    make_certificates(certificates_beside(key), ["localhost", "127.0.0.1"], clock.now())
    # What is practised leaves no building: its post goes into the folder that is thrown away.
    post = PostSettings.below(folder)
    return replace(here, store=folder / training.STORE_NAME, key=key, post=post)
