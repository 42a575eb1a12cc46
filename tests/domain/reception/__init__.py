"""Tests of receptions."""
