"""Why a terminal can't do with its hub what a person asked for."""


class HubFaultError(Exception):
    """The hub can't be used.

    code: see `hallterm.words.hub_faults`.
    detail: an address or a name, shown in the text.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail
