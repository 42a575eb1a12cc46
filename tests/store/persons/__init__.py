"""Person records in the store."""
