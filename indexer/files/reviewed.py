"""Reads and writes `reviewed.toml`, which lists the problems that people have looked at and ticked off.

People may edit the file: comments and order are kept.  A review is added at the end; one that is taken back is removed
with its own lines only.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError, StoreError, near_word, reason_of, told
from indexer.files.durable import FolderBusy, locked, replacing
from indexer.files.plain import open_plain

_TABLE = "reviewed"
_HEADER = re.compile(rf"\s*\[\[\s*{_TABLE}\s*\]\]\s*(?:#.*)?")
_LINE = re.compile("[^\n]*\n|[^\n]+")
_PATIENCE = 5.0
"""Seconds: another command that adds a review takes some milliseconds."""
_LONGEST = 64 << 20
"""Longest file in bytes; a review takes one or two hundred."""
_ABOUT = """\
# Problems of `nianjian parse` that people have looked at.  `nianjian reviewed URL CODE` adds to it, and so may you:
# a table [[reviewed]] for each, with url, code and, if you like, a note.
"""


@dataclass(frozen=True, slots=True)
class Review:
    """A ticked-off problem: everything of one code on a page."""

    url: str
    """The page's URL, in any spelling."""
    code: str
    note: str = ""


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Return the reviews in the file's order; none if there is no file.

    Raises `StoreError` naming what is not a review.
    """
    return _parsed(path, _read(path))


def add_review(path: Path, review: Review) -> None:
    """Add a review at the end of the file.

    Raises `StoreError` if the file cannot be read, `ConfigError` if it cannot be written or has a form to which nothing
    can be added.
    """
    with _changing(path):
        old = _read(path)
        lines = (f"{name} = {_quoted(value)}" for name, value in asdict(review).items() if value)
        gap = "\n" if not old or old.endswith("\n") else "\n\n"
        table = "\n".join((f"[[{_TABLE}]]", *lines))
        _write(path, f"{old or _ABOUT}{gap}{table}\n", [*_parsed(path, old), review])


def remove_reviews(path: Path, concerned: Callable[[Review], bool]) -> None:
    """Remove the reviews for which `concerned` is true, with the comments inside their tables; keep everything else.

    Raises as `add_review` does.
    """
    with _changing(path):
        old = _read(path)
        known = _parsed(path, old)
        gone = list(map(concerned, known))
        kept = [review for review, is_gone in zip(known, gone, strict=True) if not is_gone]
        _write(path, "".join(_without(_LINE.findall(old), gone)), kept)


def _without(lines: Sequence[str], gone: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of a file without some of its tables, each cut from its header to its last key."""
    starts = [at for at, line in enumerate(lines) if _HEADER.fullmatch(line.rstrip())]
    dropped: set[int] = set()
    for number, (start, end) in enumerate(pairwise([*starts, len(lines)])):
        if number < len(gone) and gone[number]:
            said = [at for at in range(start, end) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
            dropped.update(range(start, said[-1] + 1))
            if said[-1] + 1 < end and not lines[said[-1] + 1].strip():
                dropped.add(said[-1] + 1)
    return (line for at, line in enumerate(lines) if at not in dropped)


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Lock the file against other commands, whose additions would be lost."""
    try:
        with locked(path.parent, _PATIENCE):
            yield
    except FolderBusy as error:
        raise ConfigError("reviews-busy", path=path) from error


def _write(path: Path, text: str, reviews: Sequence[Review]) -> None:
    """Write the file, after checking that it then contains exactly `reviews`."""
    try:
        is_right = _parsed(path, text) == tuple(reviews)
    except StoreError:
        is_right = False
    if not is_right:
        raise ConfigError("reviews-written-otherwise", path=path)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ConfigError("review-not-text", found=text[error.start : error.end]) from error
    with replacing(path.resolve()) as file:  # it may be a link to a file kept elsewhere
        file.write(data)


def _read(path: Path) -> str:
    """Return the file's text; empty if there is no file."""
    data = b""
    try:
        with suppress(FileNotFoundError, NotADirectoryError), open_plain(path, follow=True) as file:
            data = file.read(_LONGEST + 1)
    except OSError as error:
        raise StoreError("file-unreadable", path=path, reason=reason_of(error)) from error
    if len(data) > _LONGEST:
        raise StoreError("reviews-too-long", path=path, limit=_LONGEST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StoreError("reviews-not-utf8", path=path, line=line) from error


def _parsed(path: Path, text: str) -> tuple[Review, ...]:
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise StoreError("reviews-too-deep", path=path) from error
    except ValueError as error:  # a number of thousands of digits is no error of TOML's own
        raise StoreError("reviews-not-toml", path=path, reason=told(error)) from error
    if unknown := [key for key in table if key != _TABLE]:
        raise StoreError("reviews-key-unknown", path=path, key=unknown[0][:80])
    tables = table.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise StoreError("reviews-no-tables", path=path)
    return tuple(_review(path, number, each) for number, each in enumerate(tables, 1))


def _review(path: Path, number: int, table: dict[str, Any]) -> Review:
    names = [field.name for field in fields(Review)]
    for key, value in table.items():
        if key not in names:
            raise _unknown_key(path, number, key, names)
        if not isinstance(value, str):
            raise StoreError("review-value-no-text", path=path, number=number, key=key)
    for key in names[:2]:
        if not table.get(key, "").strip():
            raise StoreError("review-key-missing", path=path, number=number, key=key)
    return Review(**table)


def _unknown_key(path: Path, number: int, key: str, names: Sequence[str]) -> StoreError:
    known, near = ", ".join(names), near_word(key, names)
    if not near:
        return StoreError("review-key-unknown", path=path, number=number, key=key[:80], known=known)
    return StoreError("review-key-unknown-nearest", path=path, number=number, key=key[:80], known=known, nearest=near)


def _quoted(text: str) -> str:
    """Return a string as TOML writes it, which is as JSON does except for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
