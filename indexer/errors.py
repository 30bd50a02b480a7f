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
    ├── IndexUnavailable     the cluster that holds the index does not answer now; it may, a little later
    └── StaleIndex           no generation is intact and in this program's format

Odd pages and odd queries are not errors: parsing returns `Problem`s, the grammar returns notes.

An error is a code and values.  The code says what went wrong (`manifest-too-long`) and stays as it is, since scripts and
other languages go by it; the values are data: paths, numbers, names, what a library said.  The English sentence of each
code is in `errors.en.toml`.  It says what, where and what to do next, in one line; `search_app/words/errors.py` has it in other
languages.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import takewhile
from pathlib import PurePath
from types import MappingProxyType


class YearbookError(Exception):
    """Root of all errors that this project raises on purpose.

    >>> error = YearbookError("manifest-too-long", source="m.toml", limit=16)
    >>> error.code, dict(error.values)
    ('manifest-too-long', {'source': 'm.toml', 'limit': 16})
    >>> print(error)
    manifest m.toml is longer than 16 MiB; give a file of [[site]] tables
    """

    def __init__(self, code: str, /, **values: "str | int | PurePath | YearbookError") -> None:
        """Set what went wrong, and the values that the sentence of this code names; paths are kept as text.

        A value may be another error, which then has its own code and values, and is worded inside the sentence.
        """
        super().__init__(code)
        self.code = code
        self._values = {name: str(value) if isinstance(value, PurePath) else value for name, value in values.items()}

    @property
    def values(self) -> "Mapping[str, str | int | YearbookError]":
        """What the sentence names, as data."""
        return MappingProxyType(self._values)

    def __str__(self) -> str:
        """Return the English sentence, or code and values where there is none: wording an error never fails."""
        try:
            return sentences()[self.code].format_map(self._values)
        except Exception:  # whatever it is, it would hide this error
            return f"{self.code} ({self._said()})" if self._values else self.code

    def __repr__(self) -> str:
        """Return class, code and values."""
        return f"{type(self).__name__}({', '.join(filter(None, (repr(self.code), self._said())))})"

    def _said(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self._values.items())


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


class IndexUnavailable(IndexFailure):
    """The cluster that holds the index does not answer now, or not with all of it; asked again later, it may."""


class StaleIndex(IndexFailure):
    """A generation is damaged or was built in another format; the message says what is wrong."""


def told(error: BaseException) -> str:
    """Return a library error's message in one line of at most 200 characters, without control characters.

    >>> told(ValueError("a\\nb \\x1b[2J"))
    'a b ?[2J'
    """
    words = " ".join(str(error).split())
    return "".join(char if char.isprintable() else "?" for char in words)[:200]


def reason_of(error: BaseException) -> str:
    """Return what the system says of an error, without number and path; else the error's own message."""
    return getattr(error, "strerror", None) or str(error)


def near_word(word: str, known: Iterable[str]) -> str:
    """Return the known word that is probably meant; empty if none is near.

    >>> near_word("nots", ["url", "note"])
    'note'
    """
    return next(iter(get_close_matches(word, list(known), 1)), "")


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


@cache
def sentences() -> Mapping[str, str]:
    """Return the English sentence of each code.  They are read when the first is asked for: most commands need none."""
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files("indexer").joinpath("errors.en.toml").read_text("utf-8"))
