"""The command line: thin. Exit codes: 0 done, 1 a demanded check did not hold, 2 the input or the call is wrong."""

from tkdn.cli.app import app, main

__all__ = ["app", "main"]
