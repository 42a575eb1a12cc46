"""The terminal's side of sync."""
