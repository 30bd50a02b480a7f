"""How many entries have each of many strings, counted in one pass, is what counting one by one says."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import String, folded
from random_archives import archives, entry_of

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.whoosh.strings import holders as engine
from indexer.search.whoosh.strings.holders import holders
from indexer.search.whoosh.strings.index import StringIndex

Indexed = Callable[[Sequence[Entry]], StringIndex]
FACTORS = st.sampled_from([0, 1, 2, 1 << 16, 0x9E3779B1]).map(np.uint32)
"""With all but the last of these most strings have the hash of another one."""


def one_by_one(entries: Sequence[Entry], text: str) -> int:
    """Count by reading."""
    return sum(
        any(String(text).stands_at(folded(each)) for field in TEXT_FIELDS for each in field_texts(entry)[field])
        for entry in entries
    )


def count(
    strings: StringIndex, texts: Sequence[str], threads: ThreadPoolExecutor, factor: np.uint32, at_once: int
) -> list[int]:
    """Count in one pass, with hashes as they are or worse, some characters at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_FACTOR", factor)
        patch.setattr(engine, "_AT_ONCE", at_once)
        return holders(strings, texts, threads)


@settings(max_examples=80)
@given(archives(), st.data(), FACTORS, st.integers(1, 300))
@example(
    [entry_of(body="工会上海", signature="总工会主席")],
    ["席", "主席", "会主席", "总工会主席", "席工会"],
    np.uint32(0),
    1,
)
@example([entry_of(signature="上上上")], ["上上上", "上上上上", "上上", "龘上上"], np.uint32(0x9E3779B1), 1000)
@example([entry_of()], ["工", "工会", "工会上"], np.uint32(0), 7)
@example([entry_of(body="工")], [], np.uint32(1), 7)
def test_strings_are_counted_in_one_pass_as_one_by_one(
    indexed: Indexed,
    threads: ThreadPoolExecutor,
    entries: Sequence[Entry],
    data: st.DataObject | list[str],
    factor: np.uint32,
    at_once: int,
) -> None:
    """Of one to eight characters: some that stand there, also at the very end, and some that do not."""
    if isinstance(data, list):
        texts = data
    else:
        read = "".join(folded(text) for entry in entries for field in TEXT_FIELDS for text in field_texts(entry)[field])
        pieces = st.builds(
            lambda start, size: read[start : start + size], st.integers(0, max(0, len(read) - 1)), st.integers(1, 8)
        )
        others = st.text(st.sampled_from("工会总上海𠮷龘"), min_size=1, max_size=8)
        drawn = data.draw(st.lists(st.one_of(pieces, pieces, others), max_size=30, unique=True))
        texts = list(filter(None, [*drawn, *(end for size in range(1, 9) if (end := read[-size:]) not in drawn)]))
        texts = list(dict.fromkeys(texts))
    found = count(indexed(entries), texts, threads, factor, at_once)
    assert found == [one_by_one(entries, text) for text in texts]


@pytest.mark.parametrize("factor", [0, 1, 0x9E3779B1])
def test_thousands_of_strings_are_counted_in_one_pass(
    indexed: Indexed, threads: ThreadPoolExecutor, expected: tuple[Entry, ...], factor: int
) -> None:
    """Those of real texts, many of which begin alike."""
    entries = expected[:60]
    bodies = [folded(entry.body) for entry in entries]
    texts = sorted({body[at : at + at % 6 + 1] for body in bodies for at in range(0, len(body), 5)})
    assert len(texts) > 1000
    found = count(indexed(entries), texts, threads, np.uint32(factor), 1000)
    whole = ["\0".join(folded(t) for field in TEXT_FIELDS for t in field_texts(entry)[field]) for entry in entries]
    assert found == [sum(text in each for each in whole) for text in texts]
