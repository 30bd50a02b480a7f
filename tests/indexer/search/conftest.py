"""Every engine in turn, and a plain scan as the judge of all of them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from kept import archives, remove_archives
from plain_folding import plainly
from scanning import ScanningBuilder, open_scanning

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_builder, open_searcher
from indexer.text.variants import Likeness, alternatives

BuiltLast = dict[tuple[Entry, ...], Path]


@pytest.fixture(params=["whoosh", "scan", pytest.param("opensearch", marks=pytest.mark.cluster)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Iterable[Entry]], Searcher]:
    """Give a function that indexes entries with an engine and opens a searcher."""
    if request.param == "opensearch":
        opened: Callable[[Iterable[Entry]], Searcher] = request.getfixturevalue("in_cluster")
        return opened
    file = tmp_path / "entries.jsonl"
    making = {"whoosh": (open_builder, open_searcher, tmp_path), "scan": (ScanningBuilder, open_scanning, file)}
    start, open_again, path = making[request.param]

    def build(entries: Iterable[Entry]) -> Searcher:
        with start(path) as builder:
            for entry in entries:
                builder.add(entry)
        return open_again(path)

    return build


@pytest.fixture
def in_cluster(
    cluster_settings: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    built_last: BuiltLast,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Iterable[Entry]], Searcher]]:
    """Give a function that indexes entries in a cluster, or finds them there: many tests in turn ask the same few."""
    for name, value in cluster_settings.items():
        monkeypatch.setenv(name, value)
    searchers: list[Searcher] = []

    def build(entries: Iterable[Entry]) -> Searcher:
        given = tuple(entries)
        if given not in built_last:
            folder = tmp_path_factory.mktemp("kept")
            with open_builder(folder) as builder:
                for entry in given:
                    builder.add(entry)
            _forget(built_last, cluster_settings)
            built_last[given] = folder
        searchers.append(open_searcher(built_last[given]))
        return searchers[-1]

    yield build
    for each in searchers:
        each.close()


@pytest.fixture(scope="session")
def built_last(cluster_settings: dict[str, str]) -> Iterator[BuiltLast]:
    """What a test has built in a cluster last, by its entries; no more is kept there."""
    built: BuiltLast = {}
    yield built
    _forget(built, cluster_settings)


def _forget(built: BuiltLast, cluster_settings: dict[str, str]) -> None:
    for folder in built.values():
        remove_archives(archives(folder), cluster_settings["NIANJIAN_OPENSEARCH_URL"])
    built.clear()


@pytest.fixture(scope="session")
def searcher(sample: DataFolder) -> Searcher:
    """The sample archive, open."""
    return open_searcher(sample.root)


class Scan:
    """The judge: reads every text of every entry, folded in its own plain way."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.texts = {
            entry.id: [
                self.fold(text)
                for text in (
                    entry.title,
                    "" if entry.heading == entry.title else entry.heading,
                    entry.body,
                    *entry.captions,
                    entry.signature,
                )
            ]
            for entry in entries
        }
        self.alike: dict[Likeness, tuple[dict[int, str], dict[str, list[str]]]] = {}

    @staticmethod
    def fold(text: str) -> str:
        """Fold by the rules, character by character."""
        return plainly(text)

    def containing(self, string: str, likeness: Likeness = Likeness.PRINTED) -> dict[str, int]:
        """Give the ids of the entries that hold a string, with how often."""
        if likeness not in self.alike:
            table = {ord(char): min(members) for char, members in alternatives(likeness).items()}
            self.alike[likeness] = (
                table,
                {name: [text.translate(table) for text in texts] for name, texts in self.texts.items()},
            )
        table, alike = self.alike[likeness]
        wanted = self.fold(string).translate(table)
        counts = {name: sum(text.count(wanted) for text in texts) for name, texts in alike.items()}
        return {name: count for name, count in counts.items() if count}


@pytest.fixture(scope="session")
def scan(expected: tuple[Entry, ...]) -> Scan:
    """The judge over the sample archive."""
    return Scan(expected)
