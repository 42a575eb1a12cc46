"""Tables of the documents, each made by one command."""
