"""A ticket (号票): one visit of one customer, from identity shown to seen off."""
