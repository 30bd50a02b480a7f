"""Which entries have a string, and how often, is what reading all texts says: in every scope, for every length."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from judge import String, apart, folded
from random_archives import CHARS, archives, entry_of

from indexer.model import Entry
from indexer.search.fields import ALL_TEXT, SCOPES, TEXT_FIELDS, field_texts
from indexer.search.query.terms import Term
from indexer.search.whoosh.strings import entries as engine
from indexer.search.whoosh.strings.entries import StringEntries
from indexer.search.whoosh.strings.index import PAIR, StringIndex
from indexer.text.fold import fold
from indexer.text.variants import Likeness

Indexed = Callable[[Sequence[Entry]], StringIndex]
EVERYWHERE = (ALL_TEXT, *SCOPES)
TERMS = st.builds(
    Term,
    st.one_of(
        st.text(st.sampled_from("工会上人一1的𠮷𐐨ガ"), min_size=1, max_size=5),
        st.sampled_from(["上上", "上上上", "工会工", "一1", "1一1", "会會", "𠮷𠮷", "龘", "工龘"]),
        st.text(st.sampled_from(CHARS), min_size=1, max_size=5).map(fold).filter(bool),
    ),
    st.sampled_from(Likeness),
)
_CLOSE = st.text(st.sampled_from("上会會工一1𠮷。"), max_size=12)
ARCHIVES = st.one_of(
    archives(),
    # Of few characters, so that strings stand there again and again.
    st.lists(
        st.builds(
            entry_of,
            **dict.fromkeys(("title", "heading", "body", "signature", "section"), _CLOSE),
            **dict.fromkeys(("captions", "authors"), st.lists(_CLOSE, max_size=2)),
        ),
        min_size=1,
        max_size=8,
    ),
)
FEW = [
    entry_of(title="上上上", heading="一1", body="上上上工会工会工。入會", signature="上上"),
    entry_of(),
    entry_of(title="会", heading="会", section="上上工", body="一1一𠮷𠮷"),
    entry_of(body="工", signature="1"),
]


class Stands(NamedTuple):
    """How often a string stands in each entry that has it."""

    apart: dict[int, int]
    """Counted from the left, without overlaps."""
    everywhere: dict[int, int]


def judged(entries: Sequence[Entry], term: Term, scope: str) -> Stands:
    """Read all texts."""
    string = String(term.text, term.likeness)
    stands = Stands({}, {})
    for number, entry in enumerate(entries):
        texts = [text for name in ([scope] if scope else TEXT_FIELDS) for text in field_texts(entry)[name]]
        places = [string.stands_at(folded(text)) for text in texts]
        if any(places):
            stands.apart[number] = sum(len(apart(each)) for each in places)
            stands.everywhere[number] = sum(map(len, places))
    return stands


def have_all_bigrams(entries: Sequence[Entry], term: Term, scope: str) -> list[int]:
    """Give the entries that have each two neighbours of a string, or its one character."""
    parts = ["".join(pair) for pair in pairwise(term.text)] or [term.text]
    having = [judged(entries, Term(part, term.likeness), scope).apart.keys() for part in parts]
    return sorted(set.intersection(*map(set, having)))


@settings(max_examples=60)
@given(ARCHIVES, st.lists(TERMS, min_size=1, max_size=4), st.data(), st.sampled_from([0, 16, 10**6]))
@example(FEW, [Term("上上"), Term("上"), Term("一1", Likeness.VARIANT), Term("会会会")], None, 16)
@example(FEW, [Term("工会"), Term("上上", Likeness.ALIKE), Term("会工")], None, 0)
@example(FEW, [Term("工会工"), Term("𠮷"), Term("吉𠮷", Likeness.VARIANT), Term("𠮷𠮷")], None, 0)
@example([entry_of()], [Term("工"), Term("工会"), Term("工会上")], None, 16)
def test_lists_say_what_reading_every_text_does(
    indexed: Indexed, entries: Sequence[Entry], terms: Sequence[Term], data: st.DataObject | None, one_by_one: int
) -> None:
    """One after the other for one request: what is unpacked once serves all terms and scopes."""
    strings = indexed(entries)
    found = StringEntries(strings)
    everything = list(range(len(entries)))
    among = sorted(data.draw(st.sets(st.sampled_from(everything)))) if data else everything[::2]
    some = np.array(among, dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_ONE_BY_ONE", one_by_one)
        for term in terms:
            sought = strings.sought(term)
            for scope in EVERYWHERE:
                stands = judged(entries, term, scope)
                documents, counts = found.counted(sought, scope)
                assert dict(zip(documents.tolist(), counts.tolist(), strict=True)) == stands.apart, (term, scope)
                assert documents.tolist() == sorted(stands.apart)
                candidates = have_all_bigrams(entries, term, scope)
                assert found.candidates(sought, scope).tolist() == candidates, (term, scope)
                within = [number for number in among if number in candidates]
                assert found.candidates(sought, scope, some).tolist() == within, (term, scope)
                if sought.numbers:  # only what may be there is read for
                    assert found.read(sought, scope, some).tolist() == [stands.apart.get(each, 0) for each in among]
                if not sought.is_listed:
                    continue
                assert candidates == sorted(stands.apart)
                expected = [stands.everywhere.get(each, 0) for each in among]
                assert found.listed(sought, scope, some).tolist() == expected, (term, scope)
                if len(term.text) == PAIR:
                    assert found.total(sought, scope, some) == sum(expected), (term, scope)


@settings(max_examples=60)
@given(ARCHIVES, TERMS)
@example(FEW, Term("上上"))
@example(FEW, Term("一1", Likeness.VARIANT))
@example(FEW, Term("1"))
def test_occurrences_outside_of_bodies_are_given_by_field(
    indexed: Indexed, entries: Sequence[Entry], term: Term
) -> None:
    """In reading order, each with its entry; those of section and author are none."""
    assume(len(term.text) <= PAIR)
    strings = indexed(entries)
    string = String(term.text, term.likeness)
    expected = [
        (number, number * len(TEXT_FIELDS) + at)
        for number, entry in enumerate(entries)
        for at, field in enumerate(TEXT_FIELDS)
        if field != "body"
        for text in field_texts(entry)[field]
        for _ in string.stands_at(folded(text))
    ]
    documents, fields = StringEntries(strings).outside(strings.sought(term))
    assert list(zip(documents.tolist(), fields.tolist(), strict=True)) == expected


@settings(max_examples=60)
@given(ARCHIVES, TERMS)
@example(FEW, Term("上上"))
@example([entry_of(body="工会"), entry_of(title="工會")], Term("工会", Likeness.VARIANT))
def test_what_is_known_of_a_term_before_it_is_looked_up_is_true(
    indexed: Indexed, entries: Sequence[Entry], term: Term
) -> None:
    """At most so many entries have it, and just so many where that is said; only what may overlap does."""
    sought = indexed(entries).sought(term)
    stands = judged(entries, term, ALL_TEXT)
    assert sought.most >= len(stands.apart)
    assert sought.held in (None, len(stands.apart))
    assert sought.overlaps or stands.apart == stands.everywhere
    if sought.forms:
        assert {form for form in sought.forms if judged(entries, Term(form), ALL_TEXT).apart} or not stands.apart


def test_number_of_entries_that_have_a_bigram_stands_in_the_index(indexed: Indexed) -> None:
    """However often it stands there, and in whichever text fields; what stands apart does not count."""
    strings = indexed(
        [
            entry_of(title="上海", body="上海上海", signature="上海"),
            entry_of(title="上海", heading="上海", section="上海"),
            entry_of(section="上海"),
            entry_of(body="海上"),
        ]
    )
    assert [strings.sought(Term(text)).held for text in ("上海", "海上", "海海")] == [2, 2, None]
