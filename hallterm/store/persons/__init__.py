"""The person records: current rows, their history, and the keys by which they are found."""
