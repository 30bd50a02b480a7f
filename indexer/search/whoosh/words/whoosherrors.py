"""Translates Whoosh's errors into ours, in one place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from whoosh import fields, index, reading, searching, writing
from whoosh.codec import base as codec
from whoosh.filedb import filestore, filetables
from whoosh.matching import mcore
from whoosh.query import qcore

from indexer.errors import IndexFailure, IndexLocked, IndexMissing, StaleIndex

TABLE: Mapping[type[Exception], type[IndexFailure]] = {
    index.EmptyIndexError: IndexMissing,
    index.IndexError: StaleIndex,
    index.LockError: IndexLocked,
    reading.ReaderClosed: IndexFailure,
    reading.TermNotFound: StaleIndex,
    searching.NoTermsException: IndexFailure,
    searching.TimeLimit: IndexFailure,
    writing.IndexingError: IndexFailure,
    fields.FieldConfigurationError: StaleIndex,
    fields.UnknownFieldError: StaleIndex,
    filestore.StorageError: IndexFailure,
    filetables.FileFormatError: StaleIndex,
    codec.OutOfOrderError: IndexFailure,
    mcore.ReadTooFar: IndexFailure,
    mcore.NoQualityAvailable: IndexFailure,
    qcore.QueryError: IndexFailure,
}
"""Our error for each of Whoosh's, subclasses included; a test checks that none is missing."""


@contextmanager
def whoosh_errors(where: str) -> Iterator[None]:
    """Raise our error for any of Whoosh's, chosen by the most specific class in `TABLE`; `where` names the index."""
    try:
        yield
    except tuple(TABLE) as error:
        ours = next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)
        raise ours("index-unusable", path=where, reason=repr(error)) from error
