"""The exact index by itself, without all else that a generation has."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.model import Entry
from indexer.search.fields import APART, TEXT_FIELDS, field_texts
from indexer.search.whoosh.files.recordfile import encode_record
from indexer.search.whoosh.strings.alphabet import Numbering, characters_beyond
from indexer.search.whoosh.strings.folded import folded_strings
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.strings.indexwriter import StringIndexWriter


@pytest.fixture(scope="session")
def threads() -> Iterator[ThreadPoolExecutor]:
    """Two threads to build with."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture(scope="session")
def indexed(threads: ThreadPoolExecutor) -> Callable[[Sequence[Entry]], StringIndex]:
    """Give a function that makes the exact index of entries, whose numbers are their places among these."""

    def index(entries: Sequence[Entry]) -> StringIndex:
        texts = list(map(field_texts, entries))
        beyond = "".join(set[str]().union(*map(characters_beyond, map(encode_record, entries))))
        middle = len(texts) // 2
        with tempfile.TemporaryDirectory() as folder:  # what is mapped stays until it is let go
            writer = StringIndexWriter(Path(folder), beyond, len(texts), threads)
            for scopes in (TEXT_FIELDS, *((scope,) for scope in APART)):
                for some in filter(None, (texts[:middle], texts[middle:])):
                    writer.add(folded_strings(some, scopes, Numbering(beyond)), scopes)
            writer.finish()
            return StringIndex(Path(folder), len(texts))

    return index
