"""Every type of event that a log may hold, by its stable name."""

from hallterm.domain.stream import Event


def event_types() -> dict[str, type[Event]]:
    """Return the classes of all events, by type."""
    # Importing the modules is what makes their classes known; late, as they import this room.
    from hallterm.domain import day, disputes, numbering  # noqa: F401, PLC0415
    from hallterm.domain.appointment import events as appointment  # noqa: F401, PLC0415
    from hallterm.domain.call_back import events as call_back  # noqa: F401, PLC0415
    from hallterm.domain.checklist import events as checklist  # noqa: F401, PLC0415
    from hallterm.domain.company import events as company  # noqa: F401, PLC0415
    from hallterm.domain.counter import events as counter  # noqa: F401, PLC0415
    from hallterm.domain.errand import events as errand  # noqa: F401, PLC0415
    from hallterm.domain.person import events as person  # noqa: F401, PLC0415
    from hallterm.domain.reception import events as reception  # noqa: F401, PLC0415
    from hallterm.domain.request import events as request  # noqa: F401, PLC0415
    from hallterm.domain.ticket import events as ticket  # noqa: F401, PLC0415

    found: dict[str, type[Event]] = {}
    heap: list[type[Event]] = [Event]
    while heap:
        for child in heap.pop().__subclasses__():
            heap.append(child)
            if "type" in child.__dict__:
                found[child.type] = child
    return found
