"""Keeps pieces of pages that were written lately, as they are sent, by all that they are made of.

A reader turns pages, comes back to a search, or is sent one that others read: what stands around its hits, and what is
said of each, is then the same again.  Each search is answered anew all the same; what is kept is how it is written.
Nothing has to be forgotten: keys have the version of the answers in them, which is another one with every change of the
index, of what is hidden, of who is who and of what volumes are called (`search_app/following/versions.py`).
"""

from collections.abc import Callable, Hashable, Mapping

from indexer.search.cache import BoundedCache, Memo

Pieces = Mapping[str, bytes]
"""Mark-up in UTF-8, by the names of the holes that it fills."""
_PIECES = 6 << 20
"""Bytes of what stands around hits, some 16 KB a search."""
_HITS = 4096
"""Hits, some kilobyte each."""


class Kept:
    """What is kept of the pages of an app, in all languages; safe to share between threads."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._pieces = BoundedCache[Pieces](_PIECES)
        self.hits = Memo[bytes](_HITS)
        """What is said of a hit."""

    def pieces(self, key: Hashable, write: Callable[[], Mapping[str, str]]) -> Pieces:
        """Return pieces of a page; `write` is called for those that are not kept, and must need nothing but the key."""
        found = self._pieces.get(key)
        if found is None:
            found = sent(write())
            self._pieces.put(key, found, sum(map(len, found.values())))
        return found


def sent(pieces: Mapping[str, str]) -> Pieces:
    """Return pieces as they are sent."""
    return {name: piece.encode() for name, piece in pieces.items()}
