"""`python -m hallterm` is `hallterm`."""

from hallterm.cli import main

main()
