"""How long work says how far it has come; shows nothing itself."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with stage, done and total; a total of 0 is unknown."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""
