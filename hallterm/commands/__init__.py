"""One module a command of `hallterm`; each holds a Typer `app` and is loaded when it is run."""
