"""The local store: one encrypted SQLite file with log, read tables and person records."""
