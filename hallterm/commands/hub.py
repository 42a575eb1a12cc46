"""`hallterm hub`: the home of the terminals, its certificates, whom it lets in."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class HubCommands(LazyGroup):
    """Commands about the hub."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "serve": Entry("hallterm.commands.hub_serve", mark("运行中心")),
        "certs": Entry("hallterm.commands.hub_certs", mark("做中心的证书，或换一张新的")),
        "code": Entry("hallterm.commands.hub_code", mark("发一个入网码，十分钟内让一台终端加入")),
        "devices": Entry("hallterm.commands.hub_devices", mark("列出加入的终端")),
        "revoke": Entry("hallterm.commands.hub_revoke", mark("不再接纳一台终端")),
        "aside": Entry("hallterm.commands.hub_aside", mark("已除名的终端后来送来的操作")),
        "erasures": Entry("hallterm.commands.hub_erasures", mark("客户资料的删除到了哪些终端")),
    }


app = typer.Typer(cls=HubCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("中心：把几台终端合成一个厅。在放中心的那台机器上运行。"))
def hub() -> None:
    """Commands about the hub."""
