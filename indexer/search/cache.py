"""Caches what was last looked up, up to a number of bytes.

The garbage collector goes through everything kept, tens of thousands of values, while a reader waits.  It passes over
arrays, strings and structs of them (msgspec's, with `gc=False`), which cannot hold what holds them.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

_OVERHEAD = 1024
"""Bytes added for each value: its key, and the objects around the arrays."""
Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Drops the least recently used values first; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        """Keep values of up to `limit` bytes in all."""
        self._limit = limit
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return the value kept for a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of `size` bytes.

        One that takes more than an eighth of the limit is not kept: it would drive out too many others.
        """
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
    """Declares a kind of cache that every open generation has, in the module that fills it."""

    def __init__(self, limit: int) -> None:
        """Let such a cache keep up to `limit` bytes."""
        self.limit = limit


class Caches:
    """The caches of one open generation."""

    def __init__(self) -> None:
        """Start without caches; each is created when first asked for."""
        self._kept: dict[CacheOf[Any], BoundedCache[Any]] = {}

    def of(self, kind: CacheOf[Value]) -> BoundedCache[Value]:
        """Return this generation's cache of a kind."""
        return self._kept.get(kind) or self._kept.setdefault(kind, BoundedCache(kind.limit))
