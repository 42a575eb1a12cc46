"""Shows how the terminal and its hub stand: in the header always, in the news line what is new."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from hallterm.screens.shell import Link, Standing
from hallterm.screens.widgets.news import Tone
from hallterm.sync.standing import SyncStanding
from hallterm.words import _
from hallterm.words.hub_faults import explain_hub_fault

SKEW_MS = 2_000
"""Skew of the machine's clock from which the person is told (see `hallterm.sync.offset`)."""


class Hub(Protocol):
    """Sync as the screens use it; nothing here waits for the network."""

    def start(self) -> None:
        """Begin, on a thread of its own."""

    def standing(self) -> SyncStanding:
        """Return how it goes."""

    def losses(self) -> list[str]:
        """Return in words what this terminal's people did and their home decided otherwise.

        Each is told once. Reads the store: call it on the desk's thread.
        """

    def close(self) -> None:
        """End."""


@dataclass(frozen=True, slots=True)
class HubNews:
    """A sentence for the news line."""

    text: str
    tone: Tone


class HubWatch:
    """What was last shown of the hub.

    standing: what the header shows; kept up here.
    """

    def __init__(self, hub: Hub, standing: Standing) -> None:
        self.hub = hub
        self._shown = standing
        self._shown.link = Link.OFFLINE
        self._trouble = ""
        self._was_online = self._cut_off = False
        self._skew_told = False

    def look(self, now_s: float) -> Iterator[HubNews]:
        """Bring the header up to date; return what is worth a sentence.

        now_s: the time shown, seconds since the epoch.
        """
        at = self.hub.standing()
        shown = self._shown
        shown.link = Link.STOPPED if at.trouble else Link.ONLINE if at.online else Link.OFFLINE
        shown.unsent = at.unsent
        shown.oldest_s = None if at.oldest_ms is None else max(0.0, now_s - at.oldest_ms / 1000)
        return iter([*self._about_link(at), *self._about_clock(at)])

    def _about_link(self, at: SyncStanding) -> Iterator[HubNews]:
        if at.trouble != self._trouble:
            self._trouble = at.trouble
            if at.trouble:
                yield HubNews(explain_hub_fault(at.trouble), Tone.FAULT)
                return
        was, self._was_online = self._was_online, at.online
        if was and not at.online and not at.trouble:
            self._cut_off = True
            yield HubNews(_("与中心断线，照常工作，恢复后自动上传"), Tone.REFUSED)
        if at.online and self._cut_off:
            self._cut_off = False
            yield HubNews(_("与中心恢复联系"), Tone.DONE)

    def _about_clock(self, at: SyncStanding) -> Iterator[HubNews]:
        if at.skew_ms is not None and abs(at.skew_ms) > SKEW_MS and not self._skew_told:
            self._skew_told = True
            seconds = round(abs(at.skew_ms) / 1000)
            fast = at.skew_ms > 0
            text = (
                _("本机的钟快 {count} 秒，已校正") if fast else _("本机的钟慢 {count} 秒，已校正")
            )
            yield HubNews(text.format(count=seconds), Tone.PLAIN)

    def losses(self) -> list[HubNews]:
        """Return what the home decided otherwise; on the desk's thread."""
        return [HubNews(text, Tone.REFUSED) for text in self.hub.losses()]
