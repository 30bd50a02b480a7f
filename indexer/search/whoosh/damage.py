"""Turns errors that reading a generation raises into `StaleIndex`.

Every file of a generation is compared with its SHA-256 before it is opened, so such errors mean that the generation was
made to mislead or that this program has a fault; the message says that too.
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

import msgspec
import numpy as np

from indexer.errors import IndexFailure, StaleIndex, told

_NONSENSE = (
    ArithmeticError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
    struct.error,
)
"""What reading arrays, records and JSON raises if they are not what they should be."""
P = ParamSpec("P")
R = TypeVar("R")


class OfFolder(Protocol):
    """An object that reads a generation's folder."""

    folder: Path


S = TypeVar("S", bound=OfFolder)


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Raise `StaleIndex` if a generation's files cannot be opened or do not fit together."""
    try:
        yield
    except (IndexFailure, *_NONSENSE) as error:
        raise StaleIndex("index-unreadable", path=folder, kind=type(error).__name__, reason=told(error)) from error


def asking(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Wrap a method so that it raises `StaleIndex` if its generation's contents make no sense."""

    @wraps(method)
    def asked(self: S, *arguments: P.args, **named: P.kwargs) -> R:
        try:
            with np.errstate(invalid="raise", divide="raise", over="raise"):
                return method(self, *arguments, **named)
        except _NONSENSE as error:
            raise StaleIndex(
                "index-no-answer", path=self.folder, kind=type(error).__name__, reason=told(error)
            ) from error

    return cast(Callable[Concatenate[S, P], R], asked)  # `wraps` returns a more specific type than the one declared
