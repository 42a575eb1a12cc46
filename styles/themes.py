"""The themes. One rule: what changes is bright, what labels is dim, colour means state only."""

from textual.theme import Theme

Palette = dict[str, str]

_DARK: Palette = {
    "ground": "#11161c",
    "band": "#1b232c",
    "sheet": "#202a35",
    "field": "#2c3947",
    "value": "#e9eef3",
    "text": "#c3ccd5",
    "label": "#8594a3",
    "key": "#ffffff",
    "in-time": "#63b58c",
    "short": "#e8b64c",
    "overdue": "#ff7a72",
    "bar-in-time": "#2f5a4a",
    "bar-short": "#9a7428",
    "bar-overdue": "#b8463f",
    "rest": "#1d252d",
    "cursor": "#2b4560",
    "cursor-text": "#ffffff",
}
_LIGHT: Palette = {
    "ground": "#fafbfb",
    "band": "#e7ebee",
    "sheet": "#dde4ea",
    "field": "#ffffff",
    "value": "#0d1319",
    "text": "#27313b",
    "label": "#5a6773",
    "key": "#000000",
    "in-time": "#136b40",
    "short": "#825100",
    "overdue": "#bd1f1f",
    "bar-in-time": "#a9d3bd",
    "bar-short": "#e0b45c",
    "bar-overdue": "#d9605a",
    "rest": "#e9edf0",
    "cursor": "#bcd8f2",
    "cursor-text": "#06121e",
}
_CONTRAST: Palette = {
    "ground": "#000000",
    "band": "#000000",
    "sheet": "#101010",
    "field": "#303030",
    "value": "#ffffff",
    "text": "#ffffff",
    "label": "#d6d6d6",
    "key": "#ffff00",
    "in-time": "#4dff9a",
    "short": "#ffd600",
    "overdue": "#ff8a80",
    "bar-in-time": "#00a050",
    "bar-short": "#ffd600",
    "bar-overdue": "#ff5a4d",
    "rest": "#383838",
    "cursor": "#003a75",
    "cursor-text": "#ffffff",
}
_SAFE: Palette = {
    **_DARK,
    "in-time": "#56b4e9",
    "short": "#f0e442",
    "overdue": "#ff8a3d",
    "bar-in-time": "#2c5f80",
    "bar-short": "#a79d2b",
    "bar-overdue": "#d55e00",
}
"""Blue, yellow and vermilion differ for every kind of colour blindness (after Okabe and Ito)."""
_SIXTEEN: Palette = {
    "ground": "ansi_black",
    "band": "ansi_black",
    "sheet": "ansi_black",
    "field": "ansi_blue",
    "value": "ansi_bright_white",
    "text": "ansi_white",
    "label": "ansi_white",
    "key": "ansi_bright_white",
    "in-time": "ansi_green",
    "short": "ansi_bright_yellow",
    "overdue": "ansi_bright_red",
    "bar-in-time": "ansi_green",
    "bar-short": "ansi_yellow",
    "bar-overdue": "ansi_red",
    "rest": "ansi_black",
    "cursor": "ansi_blue",
    "cursor-text": "ansi_bright_white",
}

_ANSI: Palette = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_black",
    "block-cursor-foreground": "ansi_black",
    "block-cursor-background": "ansi_white",
    "screen-selection-background": "ansi_bright_blue",
    "screen-selection-foreground": "ansi_black",
}
"""Names that Textual's own style sheet wants of a theme with the terminal's colours."""

DEFAULT_PALETTE = _DARK


def _theme(name: str, palette: Palette, *, dark: bool, ansi: bool = False) -> Theme:
    return Theme(
        name=name,
        primary=palette["in-time"],
        warning=palette["short"],
        error=palette["overdue"],
        success=palette["in-time"],
        accent=palette["in-time"],
        foreground=palette["text"],
        background=palette["ground"],
        surface=palette["ground"],
        panel=palette["sheet"],
        dark=dark,
        ansi=ansi,
        variables={
            **palette,
            **(_ANSI if ansi else {}),
            "input-cursor-background": palette["value"],
            "input-cursor-foreground": palette["ground"],
            "input-selection-background": palette["cursor"],
            "input-selection-foreground": palette["cursor-text"],
        },
    )


THEMES: tuple[Theme, ...] = (
    _theme("dark", _DARK, dark=True),
    _theme("light", _LIGHT, dark=False),
    _theme("high-contrast", _CONTRAST, dark=True),
    _theme("colour-blind-safe", _SAFE, dark=True),
    _theme("sixteen", _SIXTEEN, dark=True, ansi=True),
)
SIXTEEN = "sixteen"
DEFAULT = "dark"


def next_theme(name: str) -> str:
    """Return the theme after this one; after the last comes the first."""
    names = [theme.name for theme in THEMES]
    place = names.index(name) if name in names else -1
    return names[(place + 1) % len(names)]


def theme_for(color_system: str | None) -> str:
    """Return the theme that suits a terminal, by Rich's name for its colours."""
    return SIXTEEN if color_system in {"standard", "windows", None} else DEFAULT
