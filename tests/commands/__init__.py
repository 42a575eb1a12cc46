"""The command line, run as whole processes and inside one."""
