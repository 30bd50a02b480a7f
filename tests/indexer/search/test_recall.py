"""Grep parity: a plain scan over the texts judges every search of the sample archive."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from judge import ways

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import FILTERS, filter_values
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Exact, Filter, Match, SearchRequest
from indexer.search.query.wildcards import escaped

pytestmark = pytest.mark.usefixtures("every_engine")
QUOTES = '"“”「」『』＂„'


def found(searcher: Searcher, request: SearchRequest) -> list[str]:
    """Give the ids of everything found."""
    return [entry.id for entry in searcher.entries(request)]


def test_random_substrings_give_what_the_scan_gives(  # type: ignore[no-untyped-def]
    searcher: Searcher, expected, scan, rng: random.Random, times: Callable[[int], int]
) -> None:
    """2,000 strings of 1 to 12 characters, others each run: quoted, entries and occurrences, none more, none less;
    unquoted, the entries that hold every word."""
    texts = [text for entry in expected for text in (entry.title, entry.body, entry.signature, *entry.captions) if text]
    for _ in range(times(2000)):
        text = rng.choice(texts)
        length = rng.randint(1, 12)
        start = rng.randrange(max(1, len(text) - length + 1))
        string = text[start : start + length]
        judged = scan.containing(string) if scan.fold(string) else None
        if judged is None or any(char in QUOTES for char in string):
            continue
        node, notes = parse(f'"{escaped(string)}"')
        page = searcher.search(SearchRequest(node, size=0))
        assert (notes, page.total, page.occurrences) == ((), len(judged), sum(judged.values())), string
        assert set(found(searcher, SearchRequest(node))) == set(judged), string
        every = set.union(
            *(
                set.intersection(*(set(scan.containing(word.text, word.likeness)) for word in way))
                for way in ways(Match(string))
            )
        )
        assert set(found(searcher, SearchRequest(Match(string)))) == every, string


def test_strings_with_quotes_in_them_are_found_too(searcher: Searcher, expected, scan) -> None:  # type: ignore[no-untyped-def]
    """A tree made by a script may hold any character."""
    strings = {entry.body[at - 3 : at + 4] for entry in expected for at in [entry.body.find("“")] if at > 3}
    for string in strings:
        assert set(found(searcher, SearchRequest(Exact(string)))) == set(scan.containing(string))


def test_every_title_and_contributor_is_found_by_itself(
    searcher: Searcher, expected: tuple[Entry, ...], rng: random.Random, times: Callable[[int], int]
) -> None:
    """Quoted and, for titles, unquoted."""
    for entry in rng.sample(expected, times(len(expected))):
        assert entry.id in found(searcher, SearchRequest(Exact(entry.title)))
        assert entry.id in found(searcher, SearchRequest(Match(entry.title)))
        for author in entry.authors:
            assert entry.id in found(searcher, SearchRequest(Exact(author)))


def test_facet_counts_equal_the_scan_and_the_hits_after_the_click(  # type: ignore[no-untyped-def]
    searcher: Searcher, expected, rng: random.Random, times: Callable[[int], int]
) -> None:
    """In 1,000 random filter states, others each run, for every value shown; one of them is clicked."""
    held = {entry.id: filter_values(entry) for entry in expected}
    values = {field: sorted({value for each in held.values() for value in each[field]}) for field in FILTERS}
    queries = ["", "工会", "职工", '"，"', "工会 -职工", "年份:2002-2004", "深入", "標題:大会 或 二〇〇二年"]
    matching = {text: found(searcher, SearchRequest(parse(text)[0])) for text in queries}

    def passing(text: str, filters: tuple[Filter, ...], but: str = "", despite: str = "") -> list[str]:
        """Give the entries that match and pass: the selection of a facet aside, and there one excluded value."""
        wanted = [each for each in filters if each.exclude or each.field != but]

        def passes(name: str) -> bool:
            for each in wanted:
                asked = {value for value in each.values if not each.exclude or each.field != but or value != despite}
                if bool(asked & set(held[name][each.field])) == each.exclude:
                    return False
            return True

        return [name for name in matching[text] if passes(name)]

    for _ in range(times(1000)):
        text = rng.choice(queries)
        filters = tuple(
            Filter(field, tuple(picked), exclude)
            for exclude in (False, True)
            for field in FILTERS
            if (picked := rng.sample(values[field], rng.choice((0, 0, 0, 1, 2))))
        )
        request = SearchRequest(parse(text)[0], filters)
        page = searcher.search(request)
        assert page.total == len(passing(text, filters))
        for facet in page.facets:
            excluded = request.excluded(facet.field)
            assert {value.value for value in facet.values if value.excluded} == set(excluded)
            counts = Counter(
                value for name in passing(text, filters, facet.field) for value in set(held[name][facet.field])
            )
            listed = sum(value.count > 0 and not value.excluded for value in facet.values)
            assert len(counts.keys() - set(excluded)) - facet.more == listed
            if facet.values:
                value = rng.choice(facet.values)
                others = [each for each in filters if each.field != facet.field]
                left = tuple(each for each in excluded if each != value.value)
                clicked = (Filter(facet.field, (value.value,)), Filter(facet.field, left, exclude=True))
                assert searcher.count(SearchRequest(request.query, (*others, *clicked))) == value.count
            for value in facet.values:
                among = passing(text, filters, facet.field, value.value)
                assert value.count == sum(value.value in held[name][facet.field] for name in among)


@pytest.mark.parametrize(
    "text", ["工", "的", "、", "深人", "apec", "〇", "㛃", "𠮷", "凋研", "沧工总〔2000〕27号", "47457"]
)
def test_one_character_rare_and_damaged_strings_are_found(searcher: Searcher, scan, text: str) -> None:  # type: ignore[no-untyped-def]
    """Whatever word segmentation makes of them."""
    assert set(found(searcher, SearchRequest(Exact(text)))) == set(scan.containing(text))
