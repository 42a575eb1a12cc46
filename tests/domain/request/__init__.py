"""Special requests: the chain, the gate, four eyes, clocks."""
