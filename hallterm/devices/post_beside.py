"""The post beside whatever runs where requests are decided: an open terminal, or a hub."""

from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.configuration.offices_file import load_offices
from hallterm.desk.desk import Desk, open_desk
from hallterm.devices.post_thread import FIRST_AFTER, PostThread
from hallterm.devices.post_watch import PostWatch
from hallterm.settings import Settings
from hallterm.store.keys import read_key


def post_beside(
    settings: Settings, watch: PostWatch | None = None, *, first_after: float = FIRST_AFTER
) -> PostThread:
    """Begin to look after the post; to be stopped with what it runs beside.

    watch: told what waits after each round.
    first_after: seconds until the first round.

    Raises:
        ConfigurationProblems: the operator's files have faults; all of them are in it.
        StoreFaultError: the key can't be read.
    """
    key, configuration, clock = read_key(settings.key), load(*settings.data), SystemClock()
    offices = load_offices(*settings.data)
    pages: set[tuple[str, int, int]] = set()

    def enter() -> Desk:
        return open_desk(settings.store, key, clock, configuration, settings.device)

    def work() -> str:
        from hallterm.devices import post_rounds  # noqa: PLC0415 - in its thread

        if post_rounds.nothing_to_do(settings.store, key, settings.post):
            return ""
        post = post_rounds.PostRound(settings.post, offices, pages)
        return post_rounds.round_once(enter, post, watch)

    thread = PostThread(work)
    thread.start(first_after)
    return thread
