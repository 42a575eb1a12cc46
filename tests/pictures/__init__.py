"""`make pictures`: the screenshots of the documents, taken from the real app in the training hall."""
