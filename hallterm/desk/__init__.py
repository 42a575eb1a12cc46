"""The use cases: load, decide, append and project in one transaction, then tell the listeners."""
