"""The top line, the same on every screen: where and who on the left, connection and time right."""

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.screens.cells import Piece, line, plain
from hallterm.screens.shell import Link, Standing
from hallterm.words import _


def _link_words() -> dict[Link, str]:
    return {
        Link.ALONE: _("单机"),
        Link.ONLINE: _("在线"),
        Link.OFFLINE: _("断线"),
        Link.STOPPED: _("停传"),
    }


LONG_S = 60.0
"""Seconds from which the age of the oldest unsent command is told: a shorter one is on its way."""


def _age(seconds: float | None) -> str:
    """Write an age in whole minutes or hours; empty when it is not worth telling."""
    if seconds is None or seconds < LONG_S:
        return ""
    minutes = int(seconds // 60)
    if minutes < 100:  # noqa: PLR2004 - two digits
        return _(" {minutes} 分").format(minutes=minutes)
    return _(" {hours} 小时").format(hours=minutes // 60)


class Header(Widget):
    """Hall, counter, person; connection, unsent events, clock."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"header--value", "header--label", "header--short"}

    def __init__(self, *, with_link: bool = True) -> None:
        super().__init__()
        self._with_link = with_link
        self._standing = Standing()
        self._time = ""

    def show(self, standing: Standing, moment: Moment) -> None:
        """Show who stands where, and the time; repaints only what is new."""
        time = f"{moment.local:%H:%M:%S}"
        if standing == self._standing and time == self._time:
            return
        self._standing, self._time = replace(standing), time
        self.refresh()

    def render(self) -> Text:
        """Lay out the line."""
        value = self.get_component_rich_style("header--value")
        label = self.get_component_rich_style("header--label")
        short = self.get_component_rich_style("header--short")
        at = self._standing
        left: list[Piece] = [(" ", value)]
        for words in (at.hall, at.counter, at.person):
            if words:
                left += [(plain(words), value), ("   ", label)]
        if at.closed_today:
            left.append((_("今天已经日结"), short))
        broken = at.link in (Link.OFFLINE, Link.STOPPED)
        waiting = broken or at.oldest_s is not None
        link = _link_words()[at.link]
        ending: list[Piece] = []
        if self._with_link:
            ending.append((f"{link}  ", short if broken else label))
        if at.link is not Link.ALONE or at.unsent:
            ending += [
                (_("未传 "), label),
                (f"{at.unsent}", short if waiting and at.unsent else value),
                (f"{_age(at.oldest_s)}   ", short),
            ]
        return line(left, self.size.width, [*ending, (f"{self._time} ", value)])
