"""The command line: reads arguments, calls the stages or a searcher, prints; holds no rule of its own."""

from search_app.cli.commands import cli, main

__all__ = ["cli", "main"]
