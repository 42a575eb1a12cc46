"""A call-back (回电): a promise to phone a customer by a time, and somebody who does it.

First-asked responsibility (首问负责制, S4): from the promise on it always belongs to somebody. It
outlives the day on which it was promised.
"""
