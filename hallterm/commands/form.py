"""`hallterm form`: the service assistance form as PDF, its examination, the offices' keys."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class FormCommands(LazyGroup):
    """Commands about forms."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "make": Entry("hallterm.commands.form_make", mark("把流转单写成一页 PDF")),
        "verify": Entry("hallterm.commands.form_verify", mark("核验流转单文件或二维码")),
        "evidence": Entry("hallterm.commands.form_evidence", mark("取出来信或传真的原件")),
        "keys": Entry("hallterm.commands.form_keys", mark("列出各部门的签名密钥，或换新的")),
    }


app = typer.Typer(cls=FormCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("服务协助流转单：制作、核验、密钥。"))
def form() -> None:
    """Commands about forms."""
