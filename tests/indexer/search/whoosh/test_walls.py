"""No error of Whoosh's own reaches a caller."""

import importlib
import inspect

import pytest
from whoosh.index import EmptyIndexError, IndexVersionError

from indexer.errors import IndexMissing, StaleIndex
from indexer.search.whoosh.words.whoosherrors import TABLE, whoosh_errors

MODULES = ["index", "writing", "reading", "fields", "searching", "query.qcore", "filedb.filestore", "filedb.filetables"]


def test_every_public_error_of_whoosh_is_in_the_table() -> None:
    """Itself or by a parent class."""
    errors = {
        kind
        for name in [*MODULES, "codec.base", "matching.mcore"]
        for _, kind in inspect.getmembers(importlib.import_module(f"whoosh.{name}"), inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__.startswith("whoosh")
    }
    assert [kind for kind in errors if not issubclass(kind, tuple(TABLE))] == []


def test_the_most_special_row_counts() -> None:
    """A missing index is not a stale one."""
    with pytest.raises(IndexMissing), whoosh_errors("x"):
        raise EmptyIndexError
    with pytest.raises(StaleIndex, match="nianjian index"), whoosh_errors("x"):
        raise IndexVersionError("old", 1)
