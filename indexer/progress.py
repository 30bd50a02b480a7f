"""Defines how long-running work reports its progress."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much is done, and the total, which is 0 if unknown."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""
