"""The local store: an encrypted SQLite file with the log, the read tables and the person records."""
