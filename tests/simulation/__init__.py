"""Terminals and a hub in a world that loses, delays, doubles and kills; all from one seed."""
