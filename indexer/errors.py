"""The error tree: every failure a caller may want to tell apart, and nothing else.

YearbookError
├── ConfigError              settings or manifest wrong
│   └── ManifestLost         the copy of its manifest that an archive was made with is gone, or cannot be read
├── FetchError               a page could not be fetched
├── StoreError               page store or entry store unreadable
├── DecodeError              bytes in no known encoding
└── IndexFailure
    ├── IndexMissing         nothing has been indexed yet
    ├── IndexLocked          another build is running
    └── StaleIndex           no generation is intact and in this program's format

Odd pages and odd queries are not errors: parsing returns `Problem`s, the grammar returns notes.
Every message says what, where and what to do next, in one line; the command line prints it unchanged.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile


class YearbookError(Exception):
    """Root of all errors that this project raises on purpose."""


class ConfigError(YearbookError):
    """A setting, a path given by the user or the manifest is wrong."""


class ManifestLost(ConfigError):  # noqa: N818  (as those of the index)
    """The manifest that an archive was made with is gone, or cannot be read; what rests on it alone cannot be said."""


class FetchError(YearbookError):
    """A page could not be fetched, or not read from where the user pointed."""


class StoreError(YearbookError):
    """The page store or the entry store cannot be read or written; the message names file and place."""


class DecodeError(YearbookError):
    """Bytes are in none of the encodings the archive is known to use."""


class IndexFailure(YearbookError):  # noqa: N818  (`IndexError` is taken by Python)
    """The search index cannot be used."""


class IndexMissing(IndexFailure):
    """No generation has been published in the data folder."""


class IndexLocked(IndexFailure):
    """Another process is building in the same data folder."""


class StaleIndex(IndexFailure):
    """A generation is damaged or was built in another format; the message says what is wrong."""


def told(error: BaseException) -> str:
    """Return a library error's message in one line of at most 200 characters, without control characters.

    >>> told(ValueError("a\\nb \\x1b[2J"))
    'a b ?[2J'
    """
    words = " ".join(str(error).split())
    return "".join(char if char.isprintable() else "?" for char in words)[:200]


def do_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question whether the nearest known word is meant, to end a message with; empty if none is near.

    >>> do_you_mean("nots", ["url", "note"])
    "; do you mean 'note'?"
    """
    found = get_close_matches(word, list(known), 1)
    return f"; do you mean {found[0]!r}?" if found else ""


def most_alike(text: str, known: Iterable[str]) -> str:
    """Return the known URL or id that begins and ends most like `text`; empty if none is known.

    >>> most_alike("2002-12-4", ["2001-12-1", "2002-12-1"])
    '2002-12-1'
    """

    def likeness(other: str) -> int:
        start = _shared(text, other)
        return start + _shared(reversed(text[start:]), reversed(other[start:]))

    return min(known, key=lambda other: (-likeness(other), other), default="")


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many characters both have in common at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
