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

    def values(self) -> list[Value]:
        """Return all values kept."""
        return [value for value, _ in self._kept.values()]


class Memo(Generic[Value]):
    """Keeps many small values, and forgets those not asked for lately; to ask it takes a tenth of a `BoundedCache`'s time.

    There are two halves: what is asked for is in the newer one, and when that is full, the older one is let go.  Threads
    may lose one another's values, never get wrong ones.
    """

    def __init__(self, most: int) -> None:
        """Keep `most` values, or half as many."""
        self._half = most // 2
        self._newer: dict[Hashable, Value] = {}
        self._older: dict[Hashable, Value] = {}

    def get(self, key: Hashable) -> Value | None:
        """Return the value kept for a key, or None."""
        found = self._newer.get(key)
        if found is None:
            found = self._older.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value."""
        if len(self._newer) >= self._half:
            self._older, self._newer = self._newer, {}
        self._newer[key] = value

    def values(self) -> list[Value]:
        """Return all values kept."""
        return [*self._newer.values(), *self._older.values()]


class CacheOf(Generic[Value]):
    """Declares a kind of cache that every open generation has, in the module that fills it."""

    def __init__(self, limit: int) -> None:
        """Let such a cache keep up to `limit` bytes."""
        self.limit = limit


class MemoOf(Generic[Value]):
    """Declares a kind of memo that every open generation has, in the module that fills it."""

    def __init__(self, most: int) -> None:
        """Let such a memo keep `most` values, each of no more than some hundred bytes."""
        self.most = most


class Caches:
    """The caches and memos of one open generation."""

    def __init__(self) -> None:
        """Start without any; each is created when first asked for."""
        self._caches: dict[CacheOf[Any], BoundedCache[Any]] = {}
        self._memos: dict[MemoOf[Any], Memo[Any]] = {}

    def of(self, kind: CacheOf[Value]) -> BoundedCache[Value]:
        """Return this generation's cache of a kind."""
        return self._caches.get(kind) or self._caches.setdefault(kind, BoundedCache(kind.limit))

    def memo(self, kind: MemoOf[Value]) -> Memo[Value]:
        """Return this generation's memo of a kind."""
        return self._memos.get(kind) or self._memos.setdefault(kind, Memo(kind.most))
