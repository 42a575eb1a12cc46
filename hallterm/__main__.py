"""`python -m hallterm` is `hallterm`."""

from hallterm.entry import main

main()
