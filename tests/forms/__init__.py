"""Tests of the form's room."""
