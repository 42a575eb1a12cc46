"""The terminal's side of sync: sends what was done here, takes in what the home has ordered."""
