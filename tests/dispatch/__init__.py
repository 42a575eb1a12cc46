"""Tests of who is next and how long it takes."""
