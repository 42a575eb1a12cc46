"""What the hub counts. Numbers only: no name, no id of a device or a person."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from hallterm.hub.post_figures import PostFigures
from hallterm.hub.writer import Round

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

_LONG = frozenset({"/v1/events", "/v1/news", "/v1/pull"})
"""Answers that may wait on purpose; their time says nothing."""


class Metrics:
    """The hub's metrics in a registry of their own."""

    def __init__(
        self,
        waiting: Callable[[], int],
        now_ms: Callable[[], int],
        post: Callable[[], PostFigures],
    ) -> None:
        self._registry = own = CollectorRegistry()
        self._requests = Counter(
            "hallterm_requests", "Answers by path and status", ["path", "status"], registry=own
        )
        self._seconds = Histogram(
            "hallterm_request_seconds",
            "Time to answer, long polls left out",
            ["path"],
            registry=own,
            buckets=_SECONDS,
        )
        self._commands = Counter("hallterm_commands", "Commands taken in", registry=own)
        self._rounds = Histogram(
            "hallterm_commit_pushes", "Pushes in a transaction", registry=own, buckets=_SIZES
        )
        self._commits = Histogram(
            "hallterm_commit_seconds", "Time of a transaction", registry=own, buckets=_SECONDS
        )
        self.facts = Counter("hallterm_facts_sent", "Facts sent to terminals", registry=own)
        self.aside = Counter(
            "hallterm_kept_aside", "Commands of revoked terminals kept aside", registry=own
        )
        self.listening = Gauge(
            "hallterm_listening", "Terminals that wait for news now", registry=own
        )
        gauge = Gauge("hallterm_waiting", "Pushes that wait for the writer", registry=own)
        gauge.set_function(waiting)
        self._watch_post(now_ms, post)

    def _watch_post(self, now_ms: Callable[[], int], post: Callable[[], PostFigures]) -> None:
        """Tell of the forms' letters and faxes what the last round left."""

        def age() -> float:
            oldest = post().oldest_ms
            return 0.0 if oldest is None else max(now_ms() - oldest, 0) / 1000

        gauges: dict[str, tuple[str, Callable[[], float]]] = {
            "waiting": ("Letters and faxes that go out by themselves", lambda: post().waiting),
            "asking": ("Letters that somebody has to settle", lambda: post().asking),
            "unmatched": ("Letters and faxes that fit no request", lambda: post().unmatched),
            "oldest_seconds": ("Age of the oldest letter that is not out", age),
            "failing": ("1 while rounds of the post can't be ended", lambda: post().failing),
        }
        for name, (told, read) in gauges.items():
            gauge = Gauge(f"hallterm_post_{name}", told, registry=self._registry)
            gauge.set_function(read)

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(path, str(status)).inc()
        if path not in _LONG:
            self._seconds.labels(path).observe(seconds)

    def measured(self, one: Round) -> None:
        """Count a transaction of pushes."""
        self._commands.inc(one.commands)
        self._rounds.observe(one.pushes)
        self._commits.observe(one.seconds)

    def text(self) -> bytes:
        """Return all metrics as Prometheus reads them."""
        return generate_latest(self._registry)
