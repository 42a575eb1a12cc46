"""Terminals and a hub as processes of their own, with a hand on the cable and one on the plug."""
