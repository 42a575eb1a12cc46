"""What queueing theory says of a hall with exponential times: the yardstick of the simulation.

All waits are means for M/M/c, in units of the mean service time when the rate is 1.
"""

from collections.abc import Sequence


def erlang_c(counters: int, work: float) -> float:
    """Return the probability that a customer has to wait (Erlang 1917).

    work: arrival rate times mean service time; less than the counters.
    """
    blocked = 1.0
    for count in range(1, counters + 1):
        blocked = work * blocked / (count + work * blocked)
    used = work / counters
    return blocked / (1 - used * (1 - blocked))


def _wait_of_any(counters: int, used: float, rate: float) -> float:
    """Return the mean time until a counter is free for someone who comes while nobody is ahead."""
    return erlang_c(counters, counters * used) / (counters * rate)


def fifo_wait(counters: int, used: float, rate: float = 1.0) -> float:
    """Return the mean wait, first come first served.

    used: share of the counters' time. rate: services per unit of time of one counter.
    """
    return _wait_of_any(counters, used, rate) / (1 - used)


def priority_waits(
    counters: int, used: float, mix: Sequence[float], rate: float = 1.0
) -> list[float]:
    """Return the mean wait of each class under strict priority, first class first (Cobham 1954)."""
    base, waits, before = _wait_of_any(counters, used, rate), [], 0.0
    for share in mix:
        upto = before + used * share
        waits.append(base / ((1 - before) * (1 - upto)))
        before = upto
    return waits


def accumulating_waits(
    counters: int, used: float, mix: Sequence[float], gather: Sequence[float], rate: float = 1.0
) -> list[float]:
    """Return the mean wait of each class when priority accumulates (Kleinrock 1964).

    gather: priority gathered per unit of time, falling from class to class.
    """
    overall = fifo_wait(counters, used, rate)
    waits: list[float] = [0.0] * len(mix)
    for place in reversed(range(len(mix))):
        slower = sum(
            used * mix[k] * waits[k] * (1 - gather[k] / gather[place])
            for k in range(place + 1, len(mix))
        )
        faster = sum(used * mix[k] * (1 - gather[place] / gather[k]) for k in range(place))
        waits[place] = (overall - slower) / (1 - faster)
    return waits


def conserved(waits: Sequence[float], mix: Sequence[float]) -> float:
    """Return what no order can change: the waits weighed by each class's work (Kleinrock 1965).

    Holds when all classes have the same service times and no counter idles while someone waits.
    """
    return sum(share * wait for share, wait in zip(mix, waits, strict=True))
