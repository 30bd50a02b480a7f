"""`python tests/relevance/foreign.py`: how many foreign entries each class of look-alikes brings into searches.

For words of a newspaper that hold a character of the class, as often as they are in it: the entries that hold only the
word with another character of the class in its place (人口, 入口), beside 1,000 that hold the word itself.  The entries
are the benchmark's 10,000; `lookalikes.txt` carries the figure of each class's noisiest pair.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from prose import make_entries, source

from indexer.search.factory import open_builder, open_searcher
from indexer.search.query.tree import Exact, SearchRequest
from indexer.text.wordlists import lookalikes

COUNT = 10_000
Words = Mapping[str, Sequence[tuple[str, int]]]


def main() -> None:
    """Index the benchmark's entries and measure every class."""
    with tempfile.TemporaryDirectory() as folder:
        with open_builder(Path(folder)) as builder:
            for entry in make_entries(COUNT):
                builder.add(entry)
        searcher = open_searcher(Path(folder))
        kept: dict[str, frozenset[str]] = {}

        def holders(word: str) -> frozenset[str]:
            if word not in kept:
                kept[word] = frozenset(entry.id for entry in searcher.entries(SearchRequest(Exact(word))))
            return kept[word]

        words: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, count in source().words:
            if len(word) <= 4 and count > 1:
                for char in set(word):
                    words[char].append((word, count))
        for group, _, reason in lookalikes():
            print(f"{group}\t{max(foreign(*pair, words, holders) for pair in combinations(group, 2)):.1f}‰\t{reason}")


def foreign(one: str, other: str, words: Words, holders: Callable[[str], frozenset[str]]) -> float:
    """Give the foreign entries beside 1,000 that hold the word itself."""
    pairs = [
        (word, word.replace(old, new), count) for old, new in ((one, other), (other, one)) for word, count in words[old]
    ]
    found = np.array(
        [(count * len(holders(word)), count * len(holders(wrong) - holders(word))) for word, wrong, count in pairs]
    )
    own, strange = found.sum(axis=0) if len(found) else (0, 0)
    return 1000 * float(strange) / max(1.0, float(own))


if __name__ == "__main__":
    main()
