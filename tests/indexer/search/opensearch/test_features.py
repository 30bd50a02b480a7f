"""What is sent of words and strings weighs what the embedded engine finds that it weighs."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, WEIGHTS, field_texts
from indexer.search.opensearch.features import (
    factors_of,
    is_sent_word,
    is_weighed_string,
    sent,
    strings_of,
    words_of,
)
from indexer.search.opensearch.shape import LONGEST_NUMBER, PARTED
from indexer.search.query.terms import Term
from indexer.search.ranking.bm25f import K1, STEPS, field_factors
from indexer.search.ranking.weighing import weighed
from indexer.search.whoosh.words.vocabulary import Vocabulary
from indexer.search.whoosh.words.wordcounts import count_words
from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened


def averages_of(entries: Sequence[Entry]) -> dict[str, float]:
    """Give the mean length of each weighted field."""
    texts = list(map(field_texts, entries))
    return {field: max(1.0, sum(len(t) for each in texts for t in each[field]) / len(texts)) for field in WEIGHTS}


def folded_of(entry: Entry) -> dict[str, list[str]]:
    """Give an entry's folded texts."""
    return {field: list(map(fold, texts)) for field, texts in field_texts(entry).items()}


def test_words_weigh_what_the_embedded_engine_counts(expected: tuple[Entry, ...]) -> None:
    """Every word of every entry of the sample, to the step."""
    averages = averages_of(expected)
    texts = list(map(field_texts, expected))
    vocabulary = Vocabulary()
    counted = count_words(texts, field_factors(texts, averages), vocabulary)
    names = vocabulary.words
    ends = np.cumsum(counted.counts)
    right: list[dict[str, int]] = [{} for _ in expected]
    for word, end, count in zip(counted.words.tolist(), ends.tolist(), counted.counts.tolist(), strict=True):
        for at in range(end - count, end):
            right[int(counted.documents[at])][names[word]] = int(counted.weights[at])
    for entry, text, factors, mine in zip(expected, texts, factors_of(texts, averages), right, strict=True):
        assert words_of(text, factors) == mine, entry.id


def test_strings_weigh_by_where_they_stand(expected: tuple[Entry, ...], rng: Random) -> None:
    """Counted by a plain scan, overlapping ones included, as pairs and characters of the exact index are."""
    averages = averages_of(expected)
    for entry in rng.sample(expected, 30):
        (factors,) = factors_of([field_texts(entry)], averages)
        folded = folded_of(entry)
        weights = strings_of(folded, factors)
        alike = {field: [likened(text, Likeness.VARIANT) for text in texts] for field, texts in folded.items()}
        for string, weight in rng.sample(sorted(weights.items()), min(60, len(weights))):
            total = sum(
                factors[field] * sum(text.startswith(string, at) for at in range(len(text)))
                for field in TEXT_FIELDS
                for text in alike[field]
            )
            assert weight == round(total / (K1 + total) * STEPS), (entry.id, string)


def test_whatever_a_query_looks_for_among_strings_was_sent(expected: tuple[Entry, ...], rng: Random) -> None:
    """Any two characters, and any number of up to eight, that stand in a weighted field."""
    averages = averages_of(expected)
    seen = 0
    for entry in rng.sample(expected, 40):
        (factors,) = factors_of([field_texts(entry)], averages)
        folded = folded_of(entry)
        weights = strings_of(folded, factors)
        body = likened(folded["body"][0], Likeness.VARIANT)
        for at in range(len(body)):
            for size in range(1, LONGEST_NUMBER + 1):
                string = body[at : at + size]
                if len(string) == size and is_weighed_string(string):
                    seen += size > 2
                    assert string in weights, (entry.id, string)
    assert seen > 20


@pytest.mark.parametrize("text", ["2001年", "ＡＰＥＣ", "15.3%", "c919", "13800138000", "二〇〇一", "mp3播放器"])
def test_numbers_are_looked_for_as_they_are_sent(text: str) -> None:
    """A word that is weighed as a string is one of those sent, unless it is too long."""
    for each in weighed((Term(fold(text), Likeness.VARIANT),)):
        string = likened(each.text, Likeness.VARIANT)
        if each.as_string and len(string) <= LONGEST_NUMBER:
            texts = {field: [string] if field == "body" else [] for field in ("title", "heading", "body", "captions")}
            assert string in strings_of(texts, dict.fromkeys(TEXT_FIELDS, 1.0)), string
            assert is_weighed_string(string)


def test_what_parts_words_and_weights_is_in_no_word_that_is_sent() -> None:
    """The cluster cuts at white space, and at the last bar."""
    assert sent({"工会": 213, "c++": 1}) == f"工会{PARTED}213 c++{PARTED}1"
    assert [is_sent_word(word) for word in ("工会", "a|b", "a b", "a\u3000b", "", "x" * 401)] == [True] + [False] * 5
