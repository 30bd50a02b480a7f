"""Keeps what was last looked up, up to a number of bytes; knows not what it is.

The garbage collector goes through all that is kept, tens of thousands of values, while a reader waits.  It passes over
arrays, strings and structs of them (msgspec's, with `gc=False`), which hold nothing that could hold them in turn.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

_OVERHEAD = 1024
"""Bytes that keeping anything costs: the key, the objects around the arrays."""
Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Least recently used values go first; may be shared by threads."""

    def __init__(self, limit: int) -> None:
        """Keep up to `limit` bytes."""
        self._limit = limit
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give a value that is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of `size` bytes; one of more than an eighth of the limit would drive too many others out."""
        size += _OVERHEAD
        if size * 8 > self._limit:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value, size
            self._size += size
            while self._size > self._limit:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone


class CacheOf(Generic[Value]):
    """A cache that a generation has: the module that fills it says so, beside what it fills it with."""

    def __init__(self, limit: int) -> None:
        """Keep up to `limit` bytes."""
        self.limit = limit


class Caches:
    """The caches of one open generation."""

    def __init__(self) -> None:
        """Begin; a cache is made when it is asked for."""
        self._kept: dict[CacheOf[Any], BoundedCache[Any]] = {}

    def of(self, kind: CacheOf[Value]) -> BoundedCache[Value]:
        """Give the one cache of a kind."""
        return self._kept.get(kind) or self._kept.setdefault(kind, BoundedCache(kind.limit))
