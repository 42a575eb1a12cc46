"""The company's side of a hall: its profile, its counters as set up, its staff."""
