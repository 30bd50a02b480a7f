"""Words are numbered and counted as looking at them one by one does."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.fields import TEXT_FIELDS, WEIGHTS
from indexer.search.ranking.bm25f import STEPS, field_factors, impact
from indexer.search.whoosh.words import vocabulary
from indexer.search.whoosh.words.vocabulary import NUL, Tokens, Vocabulary
from indexer.search.whoosh.words.wordcounts import count_words
from indexer.text.analyzer import analyze, is_word

TOKEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=NUL), min_size=1, max_size=6)
TEXT = st.text(st.sampled_from("总工会职代\n 　aZ二〇〇一年勞動，。𠮷"), max_size=12)
TEXTS = st.fixed_dictionaries(
    {
        name: st.tuples(TEXT) if name in ("title", "body") else st.lists(TEXT, max_size=2).map(tuple)
        for name in TEXT_FIELDS
    }
)


@pytest.fixture(scope="module", params=[1, 18])
def slots(request: pytest.FixtureRequest) -> object:
    """A cache of two slots, which nearly all keys have to share, and one of the usual size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_SLOTS", request.param)
        yield


@given(st.lists(st.lists(st.one_of(TOKEN, st.sampled_from(["工会", "，", "总工会", "a"])), min_size=1)))
def test_equal_tokens_have_equal_numbers(slots: None, lists: list[list[str]]) -> None:
    """Over all texts of a build; long tokens and rare characters too."""
    words = Vocabulary()
    for tokens in lists:
        numbers, are_words = words.number(Tokens(NUL.join(tokens)))
        assert [words.words[number] for number in numbers.tolist()] == tokens
        assert are_words.tolist() == list(map(is_word, tokens))
    assert len(set(words.words)) == len(words.words)


def test_threads_share_a_vocabulary() -> None:
    """No word gets two numbers."""
    words = Vocabulary()
    texts = [[chr(0x4E00 + (start * 37 + at) % 5000) * (at % 6 + 1) for at in range(3000)] for start in range(40)]
    with ThreadPoolExecutor(8) as pool:
        numbered = list(pool.map(lambda tokens: words.number(Tokens(NUL.join(tokens)))[0].tolist(), texts))
    assert len(set(words.words)) == len(words.words)
    for tokens, numbers in zip(texts, numbered, strict=True):
        assert [words.words[number] for number in numbers] == tokens


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_words_of_entries_are_counted_and_weighed(slots: None, texts: list[dict[str, tuple[str, ...]]]) -> None:
    """As analysing each string and adding up says."""
    factors = field_factors(texts, dict.fromkeys(WEIGHTS, 5.0))
    words = Vocabulary()
    postings = count_words(texts, factors, words)
    ends = np.cumsum(postings.counts)
    found = {
        (words.words[word], document): weight
        for word, start, end in zip(postings.words.tolist(), [0, *ends], ends, strict=False)
        for document, weight in zip(
            postings.documents[start:end].tolist(), postings.weights[start:end].tolist(), strict=True
        )
    }
    expected: Counter[tuple[str, int]] = Counter()
    for document, strings in enumerate(texts):
        for field in WEIGHTS:
            for word in (word for string in strings[field] for word in analyze(string)):
                expected[word, document] += float(factors[document, TEXT_FIELDS.index(field)])  # type: ignore[assignment]
    assert found.keys() == expected.keys()
    for key, frequency in expected.items():
        assert found[key] == pytest.approx(max(1, impact(np.float64(frequency)) * STEPS), abs=0.51)
    assert postings.words.tolist() == sorted(set(postings.words.tolist()))
