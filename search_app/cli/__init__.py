"""The command line: reads arguments, calls the stages or a searcher, and prints the results."""

from search_app.cli.commands import cli, main

__all__ = ["cli", "main"]
