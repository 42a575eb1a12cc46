"""Words of diversion: what to say to the customer, and how a neighbouring hall is named."""

from datetime import datetime

from hallterm.domain.diversion.plan import Neighbour
from hallterm.domain.diversion.words import Way
from hallterm.words.durations import about_minutes
from hallterm.words.language import _, mark, translate

_SAY = {
    Way.COUNTER: mark("您大概还要等{wait}。{place}现在空着，也能办，我带您过去，好吗？"),
    Way.SELF_SERVICE: mark(
        "您大概还要等{wait}。这项业务自助终端就能办，我带您过去，陪您办好，好吗？"
    ),
    Way.CALL_BACK: mark("您大概还要等{wait}。您不用在这里等，我们 {time} 之前打电话给您，好吗？"),
    Way.APPOINTMENT: mark("您大概还要等{wait}。我给您约个时间，到点来就办，您看哪天方便？"),
    Way.OTHER_HALL: mark(
        "您大概还要等{wait}。{place}，过去 {minutes} 分钟，这项业务也能办，您愿意去那边吗？"
    ),
}

_SHORT = {
    Way.COUNTER: mark("窗口"),
    Way.SELF_SERVICE: mark("自助"),
    Way.CALL_BACK: mark("回电"),
    Way.APPOINTMENT: mark("另约"),
    Way.OTHER_HALL: mark("邻厅"),
}


def short_way(way: Way) -> str:
    """Name a way in two characters, for a column."""
    return translate(_SHORT[way])


def way_words(
    way: Way,
    own: str | None,
    wait: float | None,
    place: str,
    due: datetime,
    neighbour: Neighbour | None,
) -> str:
    """Return the words with which a way is offered.

    own: the operator's words; None: the house's. wait: expected seconds; None: unknown. due: until
    when a call-back is promised, local time.
    """
    told = {
        "wait": _("比较久") if wait is None else about_minutes(wait),
        "place": place,
        "time": f"{due:%H:%M}",
        "minutes": str(neighbour.minutes) if neighbour else "",
    }
    return (own or translate(_SAY[way])).format_map(told)


def neighbour_place(hall: Neighbour) -> str:
    """Name a neighbouring hall with its address."""
    return _("{name}（{address}）").format(name=hall.name, address=hall.address)


def neighbour_note(hall: Neighbour) -> str:
    """Tell what staff should know of a neighbouring hall."""
    told = [_("{minutes} 分钟路").format(minutes=hall.minutes)]
    if hall.closes is not None:
        told.append(_("开到 {closes}").format(closes=f"{hall.closes:%H:%M}"))
    return _("，").join([*told, *([hall.phone] if hall.phone else [])])


def lent_note() -> str:
    """Tell that a counter is kept for others."""
    return _("专留给别的级别，经理借用")
