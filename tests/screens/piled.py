"""Keys that arrive all at once, as they do when the machine is too busy to take them one by one."""

from textual import events
from textual.app import App


def pile_up(app: App[None], *keys: str) -> None:
    """Hand keys to the app before anything has taken the first of them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
