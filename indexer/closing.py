"""Closes what holds files at the end of a `with` block."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """What is closed when a `with` block ends, whether or not the block failed."""

    __slots__ = ()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held; calling it again does nothing."""

    def __enter__(self) -> Self:
        """Return the object itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
