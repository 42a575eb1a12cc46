"""The policies by name."""

from hallterm.dispatch import apq, edf, fifo, promise, ratio, strict
from hallterm.dispatch.view import Policy, PolicyName

POLICIES: dict[PolicyName, Policy] = {
    "fifo": fifo.pick,
    "strict": strict.pick,
    "edf": edf.pick,
    "apq": apq.pick,
    "ratio": ratio.pick,
    "promise": promise.pick,
}
"""Every policy a manager may choose, in the order in which the lab shows them."""
