"""Tests of mail, against real servers on this machine."""
