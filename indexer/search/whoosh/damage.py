"""Says of a generation that gives nonsense that it cannot be used; knows no file.

Every file of a generation is compared with its SHA-256 before it is opened, so this happens to one that is made to
mislead, or to none at all: then the fault is in this program, and the message says that too.
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

REMEDY = "build it again with `nianjian index`"
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
"""What reading arrays, records and JSON raises where they are not what they should be."""
P = ParamSpec("P")
R = TypeVar("R")


class OfFolder(Protocol):
    """What reads from a generation's folder."""

    folder: Path


S = TypeVar("S", bound=OfFolder)


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Raise `StaleIndex` where a generation's files cannot be opened, or do not fit together."""
    try:
        yield
    except (IndexFailure, *_NONSENSE) as error:
        raise StaleIndex(f"index {folder} cannot be read ({type(error).__name__}: {told(error)}); {REMEDY}") from error


def asking(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a method raise `StaleIndex` where its generation gives nonsense."""

    @wraps(method)
    def asked(self: S, *arguments: P.args, **named: P.kwargs) -> R:
        try:
            with np.errstate(invalid="raise", divide="raise", over="raise"):
                return method(self, *arguments, **named)
        except _NONSENSE as error:
            raise StaleIndex(
                f"index {self.folder} gave no answer ({type(error).__name__}: {told(error)}); {REMEDY}, and where that does not help, report it"
            ) from error

    return cast(Callable[Concatenate[S, P], R], asked)  # `wraps` says more of it than its type can hold
