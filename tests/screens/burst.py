"""Keys that arrive all at once, as they do when the machine is too busy to take them one by one."""

from textual import events
from textual.app import App
from textual.keys import Keys


def burst(app: App[None], *keys: str) -> None:
    """Hand keys to the app before anything has taken the first of them."""
    for key in keys:
        character = "\r" if key == Keys.Enter else key
        app.post_message(events.Key(key, character))
