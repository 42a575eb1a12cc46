"""Tests of diversion and of call-backs."""
