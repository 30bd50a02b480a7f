"""A few entries read as strings say the same as the arrays do."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import String, apart, folded
from random_archives import CHARS, archives, entry_of

from indexer.model import Entry
from indexer.search.fields import ALL_TEXT, SCOPES, TEXT_FIELDS, field_texts
from indexer.search.query.terms import Term
from indexer.search.whoosh.answering import lookup as engine
from indexer.search.whoosh.answering import weights
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.openindex import open_index
from indexer.search.whoosh.strings.fewtexts import FewTexts
from indexer.search.whoosh.strings.index import StringIndex
from indexer.text.fold import fold
from indexer.text.variants import Likeness

Indexed = Callable[[Sequence[Entry]], StringIndex]
OFTEN = "工会會上一1𠮷。"
"""So few characters that strings of them stand in many places."""


@settings(max_examples=60)
@given(archives(), st.lists(st.text(st.sampled_from(CHARS), min_size=1, max_size=3).map(fold).filter(bool), max_size=3))
@example([entry_of(title="𠮷", body="上上上", signature="𠮷上"), entry_of(title="上上")], ["上上", "𠮷"])
def test_texts_are_those_of_their_entries(indexed: Indexed, entries: Sequence[Entry], forms: Sequence[str]) -> None:
    """Field by field, in whichever order the entries are asked for, repeated characters counted from the left."""
    numbers = [*range(1, len(entries), 2), *range(0, len(entries), 2)]
    few = FewTexts(indexed(entries), numbers)
    for number in numbers:
        row, texts = few.rows[number], field_texts(entries[number])
        for scope in (ALL_TEXT, *TEXT_FIELDS):
            fields = [scope] if scope else TEXT_FIELDS
            read = [folded(text) for field in fields for text in texts[field]]
            counts = [sum(len(apart(String(form).stands_at(text))) for text in read) for form in forms]
            assert few.count(forms, scope, row) == sum(counts)
        limits = few.limits[row]
        assert few.text[limits[0] : limits[-1]] == "".join(
            f"{folded(text)}\0" for field in TEXT_FIELDS for text in texts[field]
        )


@pytest.fixture
def many(make_entry: Callable[..., Entry], rng: Random) -> list[Entry]:
    """Random entries, more than are few."""

    def text(most: int) -> str:
        return "".join(rng.choices(OFTEN, k=rng.randint(0, most)))

    return [
        make_entry(
            f"2001-{at}-1",
            year=2001,
            title=text(6),
            heading=text(6),
            body=text(80),
            captions=[text(5) for _ in range(rng.randint(0, 2))],
            signature=text(4),
            section=text(3),
            authors=[text(3) or "王"],
        )
        for at in range(60)
    ]


def test_few_entries_are_counted_and_weighed_as_many_are(
    publish: Callable[..., object], many: list[Entry], rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By strings, or by lists and arrays: to the last step of a weight."""
    index = open_index(publish(many))  # type: ignore[arg-type]
    seen = 0
    for _ in range(400):
        numbers = np.array(sorted(rng.sample(range(len(many)), rng.randint(1, 12))), dtype=np.int64)
        one = many[rng.choice(numbers.tolist())]
        printed = rng.choice((one.title, one.heading, one.signature, one.body, "".join(rng.choices(OFTEN, k=20))))
        text = fold(printed)[: rng.choice((1, 1, 2, 2, 3, 4))]
        if not text:
            continue
        term, answers = Term(text, rng.choice(list(Likeness))), []
        for most in (0, 16):
            monkeypatch.setattr(engine, "MOST", most)
            lookup = Lookup(index)
            answers.append(
                (
                    weights.of_string(term, numbers, lookup).tolist(),
                    [lookup.counts(scope, term, numbers).tolist() for scope in (ALL_TEXT, *SCOPES)],
                    [lookup.counts(scope, term, numbers[::-1])[::-1].tolist() for scope in (ALL_TEXT, *SCOPES)],
                    [lookup.total(scope, term, numbers) for scope in (ALL_TEXT, *SCOPES)],
                    lookup.narrowed(ALL_TEXT, term, numbers)[
                        lookup.holding(ALL_TEXT, term, lookup.narrowed(ALL_TEXT, term, numbers))
                    ].tolist(),
                )
            )
        assert answers[0] == answers[1], term
        _, counts, backwards, totals, having = answers[0]
        assert counts == backwards
        assert totals == list(map(sum, counts))
        assert having == [number for number, n in zip(numbers.tolist(), counts[0], strict=True) if n]
        read = [
            sum(
                len(apart(String(*term).stands_at(folded(each))))
                for field in TEXT_FIELDS
                for each in field_texts(many[number])[field]
            )
            for number in numbers.tolist()
        ]
        # Document numbers are ranks of ids, which are ordered by their numbers.
        assert counts[0] == read, term
        seen += any(read)
    assert seen > 50
