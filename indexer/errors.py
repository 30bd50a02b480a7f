"""The error tree: every failure a caller may want to tell apart, and nothing else.

YearbookError
├── ConfigError              settings or manifest wrong
├── FetchError               a page could not be fetched
├── StoreError               page store or entry store unreadable
├── DecodeError              bytes in no known encoding
└── IndexFailure
    ├── IndexMissing         nothing has been indexed yet
    ├── IndexLocked          another build is running
    └── StaleIndex           no generation is whole and shaped as this program shapes one

Odd pages and odd queries are no errors: parsing returns `Problem`s, the grammar returns notes.
Every message says what, where and what to do next, in one line: the command line prints it as it is.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile


class YearbookError(Exception):
    """Root of all errors raised on purpose by this project."""


class ConfigError(YearbookError):
    """A setting, a path given by the user or the manifest is wrong."""


class FetchError(YearbookError):
    """A page could not be fetched or read from where the user pointed."""


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
    """A generation is damaged, or something shaped it otherwise than this program would; the message names what."""


def told(error: BaseException) -> str:
    """Give the words of a library's error in one line that is not endless, and has nothing that a terminal obeys.

    >>> told(ValueError("a\\nb \\x1b[2J"))
    'a b ?[2J'
    """
    words = " ".join(str(error).split())
    return "".join(char if char.isprintable() else "?" for char in words)[:200]


def do_you_mean(word: str, known: Iterable[str]) -> str:
    """Give the question whether the known word that comes nearest is meant, for the end of a message; empty if none is.

    >>> do_you_mean("nots", ["url", "note"])
    "; do you mean 'note'?"
    """
    found = get_close_matches(word, list(known), 1)
    return f"; do you mean {found[0]!r}?" if found else ""


def most_alike(text: str, known: Iterable[str]) -> str:
    """Give the one of many known URLs or ids that begins and ends most like another; empty where none is known.

    >>> most_alike("2002-12-4", ["2001-12-1", "2002-12-1"])
    '2002-12-1'
    """

    def likeness(other: str) -> int:
        start = _shared(text, other)
        return start + _shared(reversed(text[start:]), reversed(other[start:]))

    return min(known, key=lambda other: (-likeness(other), other), default="")


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Count the characters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
