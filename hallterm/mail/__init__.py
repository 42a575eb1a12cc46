"""Mail: letters made of text and a form, given to a server, fetched, taken apart. No store here."""
