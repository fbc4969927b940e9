"""How people ask and see, on the command line. No arithmetic: every number comes from `runs`."""

from morava.cli.app import app, main

__all__ = ["app", "main"]
