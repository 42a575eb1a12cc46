"""A counter (窗口): a place where one member of staff serves one customer at a time."""
