"""Reads and writes `reviewed.toml`, which lists the problems that people have looked at and ticked off.

People may edit the file: comments and order are kept.  A review is added at the end; one that is taken back is removed
with its own lines only.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError, StoreError, near_word
from indexer.files.durable import FolderBusy
from indexer.files.tomltext import (
    NoToml,
    NotText,
    NotUtf8,
    TooDeep,
    TooLong,
    changing,
    parse_toml,
    quoted,
    read_text,
    replace_text,
    with_table,
    without_tables,
)

_TABLE = "reviewed"
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
    with _said_of(path):
        return _parsed(path, read_text(path, _LONGEST))


def add_review(path: Path, review: Review) -> None:
    """Add a review at the end of the file.

    Raises `StoreError` if the file cannot be read, `ConfigError` if it cannot be written or has a form to which nothing
    can be added.
    """
    with _said_of(path), changing(path):
        old = read_text(path, _LONGEST)
        lines = (f"{name} = {quoted(value)}" for name, value in asdict(review).items() if value)
        table = "\n".join((f"[[{_TABLE}]]", *lines))
        _write(path, with_table(old, _ABOUT, table), [*_parsed(path, old), review])


def remove_reviews(path: Path, concerned: Callable[[Review], bool]) -> None:
    """Remove the reviews for which `concerned` is true, with the comments inside their tables; keep everything else.

    Raises as `add_review` does.
    """
    with _said_of(path), changing(path):
        old = read_text(path, _LONGEST)
        known = _parsed(path, old)
        gone = list(map(concerned, known))
        kept = [review for review, is_gone in zip(known, gone, strict=True) if not is_gone]
        _write(path, without_tables(old, _TABLE, gone), kept)


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Say as our own error what is wrong with the file."""
    try:
        yield
    except FolderBusy as error:
        raise ConfigError("reviews-busy", path=path) from error
    except TooLong as error:
        raise StoreError("reviews-too-long", path=path, limit=_LONGEST) from error
    except NotUtf8 as error:
        raise StoreError("reviews-not-utf8", path=path, line=error.line) from error
    except TooDeep as error:
        raise StoreError("reviews-too-deep", path=path) from error
    except NoToml as error:
        raise StoreError("reviews-not-toml", path=path, reason=str(error)) from error


def _write(path: Path, text: str, reviews: Sequence[Review]) -> None:
    """Write the file, after checking that it then contains exactly `reviews`."""
    try:
        is_right = _parsed(path, text) == tuple(reviews)
    except (StoreError, NoToml):
        is_right = False
    if not is_right:
        raise ConfigError("reviews-written-otherwise", path=path)
    try:
        replace_text(path, text)
    except NotText as error:
        raise ConfigError("review-not-text", found=error.found) from error


def _parsed(path: Path, text: str) -> tuple[Review, ...]:
    table = parse_toml(text)
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
