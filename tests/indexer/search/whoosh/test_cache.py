"""What searches keep, and what that costs."""

import gc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.search.cache import BoundedCache, Memo
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.plan import resolve
from indexer.search.query.terms import Term
from indexer.search.query.tree import SearchRequest
from indexer.search.whoosh.answering.answers import ANSWERS, page_of
from indexer.search.whoosh.answering.lookup import OCCURRENCES, SOUGHT, Lookup
from indexer.search.whoosh.openindex import open_index
from indexer.search.whoosh.showing.hits import HIGHLIGHTS, Shown
from indexer.text.variants import Likeness


def test_least_recently_used_values_go_first() -> None:
    """Those too large to be kept drive out none."""
    cache = BoundedCache[str](16 * 1024)
    for name in "abcdefghi":
        cache.put(name, name.upper(), 1000)
        assert cache.get("a") == "A"
    cache.put("huge", "", 3000)
    assert [name for name in "abcdefghi" if cache.get(name)] == list("acdefghi")
    assert cache.get("huge") is None


@given(st.integers(0, 12), st.lists(st.tuples(st.booleans(), st.integers(0, 9))))
def test_memo_gives_what_was_put_last_and_keeps_what_was_asked_for_lately(
    most: int, steps: Sequence[tuple[bool, int]]
) -> None:
    """It holds no more than it may; between one question and the next half as many others have room."""
    memo = Memo[tuple[int, int]](most)
    put: dict[int, tuple[int, int]] = {}
    asked: dict[int, int] = {}
    for at, (is_put, key) in enumerate(steps):
        if is_put:
            put[key] = key, at
            memo.put(key, put[key])
            asked[key] = at
            continue
        found = memo.get(key)
        assert found in (None, put.get(key))
        assert found or key not in asked or at - asked[key] > most // 2 + 1
        if found:
            asked[key] = at
    assert len(memo._newer) + len(memo._older) <= max(most, 2)


def test_memo_forgets_what_nobody_asks_for() -> None:
    """What is asked for again and again stays, however much comes and goes."""
    memo = Memo[str](8)
    memo.put("asked for", "here")
    for number in range(100):
        memo.put(number, str(number))
        assert memo.get("asked for") == "here"
    kept = [number for number in range(100) if memo.get(number)]
    assert (kept, len(kept) in range(1, 8)) == ([*range(100 - len(kept), 100)], True)


def test_memo_gives_threads_no_value_of_another_key(rng: Random) -> None:
    """It may have forgotten any of them."""
    memo = Memo[tuple[int, str]](16)

    def ask(seed: int) -> int:
        drawn, found = Random(seed), 0
        for _ in range(20_000):
            key = drawn.randrange(40)
            kept = memo.get(key)
            assert kept in (None, (key, str(key)))
            found += kept is not None
            if kept is None:
                memo.put(key, (key, str(key)))
        return found

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(ask, [rng.getrandbits(32) for _ in range(4)]))


def test_kept_values_are_passed_over_by_the_garbage_collector(sample: DataFolder, searcher: Searcher) -> None:
    """There are tens of thousands of them, and a reader waits for it."""
    documents = open_index(sample.root / "index" / searcher.generation)
    lookup, request = Lookup(documents), SearchRequest(parse("劳动竞赛")[0])
    numbers = page_of(request, lookup).numbers
    Shown(resolve(request.query).leaves, documents, lookup).hits(numbers, [0.0] * len(numbers))
    gc.collect()
    term = Term("劳动竞赛", Likeness.ALIKE)
    values = [
        documents.caches.memo(SOUGHT).get(term),
        documents.caches.of(OCCURRENCES).get(("", term)),
        *documents.caches.memo(HIGHLIGHTS).values(),
        *documents.caches.of(ANSWERS).values(),
    ]
    assert len(values) > len(numbers) + 2 > 3
    assert all(value is not None and not gc.is_tracked(value) for value in values)
