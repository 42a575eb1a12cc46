"""Every command that can be given, by the name under which it travels to a home."""

from functools import cache

from hallterm.domain.stream import Command


@cache
def command_types() -> dict[str, type[Command]]:
    """Return the classes of all commands, by name."""
    # Importing the rules is what makes their classes known; late, as they import this room.
    from hallterm.domain import decide  # noqa: F401, PLC0415
    from hallterm.domain.person import commands  # noqa: F401, PLC0415

    found: dict[str, type[Command]] = {}
    heap: list[type[Command]] = [Command]
    while heap:
        for child in heap.pop().__subclasses__():
            heap.append(child)
            found[child.__name__] = child
    return found
