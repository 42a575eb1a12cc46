"""`make pictures`: screenshots for the documents, from the real app in the training hall."""
