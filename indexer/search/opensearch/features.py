"""Weighs the words and strings of an entry, as they are sent to the cluster: each with its weight in whole steps."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import add

import numpy as np

from indexer.search.fields import TEXT_FIELDS, WEIGHTS, FieldTexts
from indexer.search.opensearch.shape import LONGEST_NUMBER, LONGEST_WORD, PARTED
from indexer.search.ranking.bm25f import K1, STEPS, field_factors
from indexer.text.analyzer import is_word
from indexer.text.fold import fold_all_for_words
from indexer.text.segment import cut_for_search
from indexer.text.variants import Likeness, likened

_NUMBERS = re.compile(r"[0-9a-z.%+#&_-]*[0-9][0-9a-z.%+#&_-]*")
"""What may be a number with its unit, as the segmenter leaves it together."""
_OTHER = re.compile(r"[\W_]")
"""What is neither letter nor digit."""
_SENT = re.compile(rf"[^\s{re.escape(PARTED)}]{{1,{LONGEST_WORD}}}")
_MOST_OF_NUMBER = 2_000
"""Characters of such a run whose parts are weighed; what is longer is not written for readers."""
Factors = Mapping[str, float]
"""What one occurrence counts in each weighted field of an entry."""


def shape() -> tuple[object, ...]:
    """Return what determines which words and strings are sent."""
    return _NUMBERS.pattern, _OTHER.pattern, _SENT.pattern, _MOST_OF_NUMBER


def factors_of(texts: list[FieldTexts], averages: Mapping[str, float]) -> list[Factors]:
    """Return what one occurrence counts in each entry; `averages` holds the mean length of each weighted field."""
    rows = field_factors(texts, averages).tolist()
    return [dict(zip(TEXT_FIELDS, row, strict=True)) for row in rows]


def words_of(texts: FieldTexts, factors: Factors) -> dict[str, int]:
    """Return the words of an entry with their weights, from 1 to `STEPS`."""
    counted = (
        (field, (word for folded in fold_all_for_words(list(texts[field])) for word in cut_for_search(folded)))
        for field in WEIGHTS
        if texts[field]
    )
    weights = _weights(counted, factors)
    return {word: weight or 1 for word, weight in weights.items() if is_word(word) and is_sent_word(word)}


def strings_of(folded: Mapping[str, list[str]], factors: Factors) -> dict[str, int]:
    """Return the strings of an entry that are weighed as they stand, variants likened, with their weights.

    They are single characters, pairs of them, and what has digits; what weighs nothing is left out.
    """
    counted = ((field, _strings(likened("\n".join(folded[field]), Likeness.VARIANT))) for field in WEIGHTS)
    weights = _weights(counted, factors)
    return {string: weight for string, weight in weights.items() if weight and " " not in string}


def sent(weights: Mapping[str, int]) -> str:
    """Return words or strings with their weights as they are sent."""
    return " ".join([f"{text}{PARTED}{weight}" for text, weight in weights.items()])


def is_sent_word(word: str) -> bool:
    """Return whether a word can be sent with its weight; only what is no word of any language cannot."""
    return _SENT.fullmatch(word) is not None


def is_weighed_string(text: str) -> bool:
    """Return whether a string, variants likened, is one of those that are weighed as they stand."""
    if len(text) <= 2 and text.isalnum():
        return True
    return 2 <= len(text) <= LONGEST_NUMBER and _NUMBERS.fullmatch(text) is not None


def _strings(text: str) -> Iterable[str]:
    """Return single characters, pairs of them, and what has digits; those with a space are not meant."""
    letters = _OTHER.sub(" ", text)
    return chain(letters, map(add, letters, letters[1:]), _numbers(text))


def _numbers(text: str) -> Iterator[str]:
    for found in _NUMBERS.finditer(text):
        run = found[0][:_MOST_OF_NUMBER]
        for start in range(len(run) - 1):
            for end in range(start + 2, min(len(run), start + LONGEST_NUMBER) + 1):
                part = run[start:end]
                if (end - start > 2 or not part.isalnum()) and any("0" <= char <= "9" for char in part):
                    yield part


def _weights(counted: Iterable[tuple[str, Iterable[str]]], factors: Factors) -> dict[str, int]:
    """Return BM25's saturated weight, in whole steps, of what stands in some fields."""
    sums: dict[str, float] = {}
    for field, strings in counted:
        factor = factors[field]
        counts = Counter(strings)
        if sums:
            for string, count in counts.items():
                sums[string] = sums.get(string, 0.0) + count * factor
        else:
            sums = {string: count * factor for string, count in counts.items()}
    found = np.fromiter(sums.values(), np.float64, len(sums))
    weights = np.rint(found / (K1 + found) * STEPS).astype(np.int64)
    return dict(zip(sums, weights.tolist(), strict=True))
