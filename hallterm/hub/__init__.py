"""The hub: one home for the terminals of a hall, over HTTP."""
