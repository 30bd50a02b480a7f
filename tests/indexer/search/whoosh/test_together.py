"""Strings asked for together are found where they stand so, judged in every short text there is."""

from itertools import product
from pathlib import Path
from random import Random

import pytest
from judge import holds, marked, occurrences, said
from random_archives import build, entry_of

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.tree import Exact, Match, Near, Node, Pattern, SearchRequest

STRINGS = ("工", "会", "工会", "会工", "工工", "会工会")
GAPS = ((0, 0), (0, 1), (1, 1), (1, 2), (0, 3), (2, 3))


@pytest.fixture(scope="module")
def texts() -> list[Entry]:
    """All texts of six characters, of which one is never asked for."""
    return [entry_of(id=f"2001-{at}-1", body="".join(text)) for at, text in enumerate(product("工会。", repeat=6))]


@pytest.fixture(scope="module")
def archive(texts: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """They, indexed."""
    folder: Path = tmp_path_factory.mktemp("texts")
    return build(str(folder), texts)


def drawn(rng: Random) -> Node:
    """Draw two or three strings, near one another or with gaps."""
    strings = tuple(rng.choices(STRINGS, k=rng.choice((2, 2, 3))))
    if rng.random() < 0.3:
        return Pattern(strings, tuple(rng.choices(GAPS, k=len(strings) - 1)))
    return Near(tuple(rng.choice((Exact, Match))(string) for string in strings), rng.randint(0, 3))


def test_strings_together_are_found_and_counted_in_every_short_text(
    archive: Searcher, texts: list[Entry], rng: Random
) -> None:
    """Neither where they overlap, nor where they stand farther apart; what a hit says is as much as is there."""
    for _ in range(40):
        node = drawn(rng)
        judged = [entry for entry in texts if holds(entry, node)]
        request = SearchRequest(node, size=100)
        assert {entry.id for entry in archive.entries(request)} == {entry.id for entry in judged}, node
        page = archive.search(request)
        sought = marked(node)
        counts = {entry.id: occurrences(entry, sought) for entry in judged}
        assert (page.total, page.occurrences) == (len(judged), sum(counts.values())), node
        assert {hit.entry.id: said(hit) for hit in page.hits} == {
            hit.entry.id: counts[hit.entry.id] for hit in page.hits
        }
