"""Whole stories worked through in real terminals: processes behind pseudo-terminals."""
