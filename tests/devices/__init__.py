"""What leaves the program for a machine."""
