"""Setting a hall up: the wizard of the first run, and the administrator's later changes."""
