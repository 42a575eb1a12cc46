"""One line to type in. What was typed is text, never markup, with full-width forms made plain."""

from textual.widgets import Input

from hallterm.screens.cells import normal

_LONGEST = 60


class TextField(Input):
    """An input without a frame; `text` is what a person meant.

    secret: shows dots instead of what is typed (PIN).
    """

    def __init__(
        self,
        placeholder: str = "",
        *,
        secret: bool = False,
        longest: int = _LONGEST,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            password=secret,
            max_length=longest,
            select_on_focus=False,
            id=id,
        )

    @property
    def text(self) -> str:
        """What was typed: NFKC, without control signs and outer blanks."""
        return normal(self.value)
