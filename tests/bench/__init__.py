"""Measurements: `make bench` prints them beside a limit of the same run and writes bench.json."""
