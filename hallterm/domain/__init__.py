"""What a hall is: tiers, promises, tickets, counters, staff, customers.

Pure: no clock, no randomness, no input or output. Times and ids come in as arguments.
"""
