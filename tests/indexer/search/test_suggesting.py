"""Suggestions are the same whichever engine collects them: here from entries as they are, counted by reading."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from plain_folding import plainly

from indexer.authority import Authority, Person
from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import FILTERS, TEXT_FIELDS, WEIGHTS, field_texts, filter_values
from indexer.search.order import tie_break
from indexer.search.query.typed import read_typed
from indexer.search.suggesting.suggestbuilder import SuggestionBuilder
from indexer.search.suggesting.suggested import Held, named, suggested
from indexer.search.suggesting.suggestfiles import file_names
from indexer.search.suggesting.suggestindex import SuggestIndex
from indexer.text.analyzer import analyze

_TYPED = ("工", "工会", "gonghui", "lz", "劳动竟赛", "概", "wang", "2001")


@pytest.fixture(scope="module")
def ordered(expected: tuple[Entry, ...]) -> list[Entry]:
    """The sample's entries in the order of their numbers."""
    return sorted(expected, key=lambda entry: tie_break(entry.year, entry.id))


@pytest.fixture(scope="module")
def values(ordered: list[Entry]) -> dict[str, list[str]]:
    """The values of each facet, in order."""
    return {name: sorted({value for each in ordered for value in filter_values(each)[name]}) for name in FILTERS}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, ordered: list[Entry], values: dict[str, list[str]]) -> Path:
    """A folder of suggestions that no engine has made."""
    builder = SuggestionBuilder[Entry](len(ordered), lambda entry: entry)
    builder.add([entry.title for entry in ordered[:7]], ordered[:7])
    builder.add([entry.title for entry in ordered[7:]], ordered[7:])
    texts = [field_texts(entry) for entry in ordered]
    builder.choose(
        Counter(
            word
            for each in texts
            for word in {word for field in WEIGHTS for string in each[field] for word in analyze(string)}
        )
    )
    folded = [[plainly(string) for field in TEXT_FIELDS for string in each[field]] for each in texts]
    columns = {name: [filter_values(entry)[name] for entry in ordered] for name in FILTERS}
    apart = [plainly(string) for each in texts for field in ("author", "section") for string in each[field]]
    folder = tmp_path_factory.mktemp("suggestions")
    builder.write(
        folder,
        columns,
        values,
        lambda phrases: [sum(any(phrase in string for string in each) for each in folded) for phrase in phrases],
        "".join({*"".join(apart), *(char for each in folded for string in each for char in string)}),
    )
    return folder


def test_files_are_those_that_are_listed_and_the_embedded_engines(
    collected: Path, sample: DataFolder, searcher: Searcher
) -> None:
    """Byte by byte."""
    generation = sample.index / searcher.generation
    assert sorted(path.name for path in collected.iterdir()) == sorted(file_names())
    assert [name for name in file_names() if (collected / name).read_bytes() != (generation / name).read_bytes()] == []


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_is_suggested_is_the_same(
    collected: Path, ordered: list[Entry], values: dict[str, list[str]], searcher: Searcher, *, is_whole: bool
) -> None:
    """Whether or not what was counted at the build holds; with persons for printed authors, too."""
    first, second = values["author"][:2]
    authority = Authority((Person("某甲", (first,)), Person(second, (), years=(2001, 2001))))
    index = SuggestIndex(collected)
    for who, engine in ((Authority(), searcher), (authority, searcher.attributed(authority))):
        held = Held(index, values, lambda number: ordered[number].title, is_whole, who, named(who))
        for text in (*_TYPED, first, second, "某甲"):
            typed = read_typed(text)
            assert typed is not None
            assert suggested(typed, held, partial(map, engine.count), 9) == engine.suggest(text, 9), text
