"""What the header and the news line say of the hub."""

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.screen import Screen

from hallterm.screens.hub_watch import HubWatch
from hallterm.screens.shell import Link, Standing
from hallterm.screens.widgets.header import Header
from hallterm.screens.widgets.news import Tone
from hallterm.sync.standing import SyncStanding
from tests.screens.apps import make_app
from tests.screens.sample import FrozenClock

NOW_S = 1_772_413_200.0
NOW_MS = 1_772_413_200_000


class OneHeader(Screen[None]):
    """Nothing but the top line."""

    def compose(self) -> ComposeResult:
        yield Header()


@dataclass
class FakeHub:
    """A hub that stands as a test says."""

    at: SyncStanding = field(default_factory=SyncStanding)
    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Nothing runs."""

    def standing(self) -> SyncStanding:
        return self.at

    def losses(self) -> list[str]:
        told, self.told = self.told, []
        return told

    def close(self) -> None:
        """Nothing runs."""


def watch() -> tuple[FakeHub, Standing, HubWatch]:
    hub, shown = FakeHub(), Standing()
    return hub, shown, HubWatch(hub, shown)


def test_a_start_tells_no_news() -> None:
    hub, shown, one = watch()
    for online, link in ((False, Link.OFFLINE), (True, Link.ONLINE)):
        hub.at = SyncStanding(online=online)
        assert list(one.look(NOW_S)) == []
        assert shown.link is link


def test_losing_and_finding_the_hub_is_told_once() -> None:
    hub, shown, one = watch()
    hub.at = SyncStanding(online=True)
    list(one.look(NOW_S))
    hub.at = SyncStanding(online=False, unsent=3, oldest_ms=NOW_MS - 300_000)
    assert [news.tone for news in one.look(NOW_S)] == [Tone.REFUSED]
    assert list(one.look(NOW_S)) == []
    assert (shown.link, shown.unsent, shown.oldest_s) == (Link.OFFLINE, 3, 300.0)
    hub.at = SyncStanding(online=True)
    assert [news.tone for news in one.look(NOW_S)] == [Tone.DONE]


def test_what_a_person_must_settle_is_told_once_and_shown() -> None:
    hub, shown, one = watch()
    hub.at = SyncStanding(online=True, trouble="device_revoked")
    [news] = one.look(NOW_S)
    assert "停用" in news.text
    assert list(one.look(NOW_S)) == []
    assert shown.link is Link.STOPPED


def test_a_clock_that_is_off_is_told_once() -> None:
    hub, _, one = watch()
    hub.at = SyncStanding(online=True, skew_ms=-61_000)
    [news] = one.look(NOW_S)
    assert "慢 61 秒" in news.text
    assert list(one.look(NOW_S)) == []
    hub.at = SyncStanding(online=True, skew_ms=-1_000)
    assert list(one.look(NOW_S)) == []


async def test_the_header_says_how_many_wait_and_since_when() -> None:
    moment = FrozenClock().now()
    app = make_app(OneHeader)
    async with app.run_test(size=(80, 24)):
        header = app.screen.query_one(Header)
        shown = Standing("建设路营业厅", "3号窗口", "李敏 0231", Link.OFFLINE, 12, 190.0)
        header.show(shown, moment)
        text = header.render().plain
        assert "断线" in text
        assert "未传 12 3 分" in text
        header.show(Standing("建设路营业厅", link=Link.STOPPED, unsent=2, oldest_s=7_300.0), moment)
        assert "停传" in header.render().plain
        header.show(
            Standing("建设路营业厅", link=Link.OFFLINE, unsent=2, oldest_s=3 * 3600.0), moment
        )
        assert "未传 2 3 小时" in header.render().plain
