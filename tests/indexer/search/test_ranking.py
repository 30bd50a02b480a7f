"""What any engine ranks by: which words count, and a close look at arrays that are filled in a plain way."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from plain_folding import plainly

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import TEXT_FIELDS, WEIGHTS, field_texts
from indexer.search.query.grammar import parse
from indexer.search.query.plan import Leaf, relax, resolve
from indexer.search.query.terms import Term
from indexer.search.query.tree import SearchRequest
from indexer.search.ranking.bm25f import field_factors
from indexer.search.ranking.contributions import score_parts
from indexer.search.ranking.nearness import LOOKED_AT
from indexer.search.ranking.secondlook import Texts, second_look
from indexer.search.ranking.weighing import (
    GRAM,
    MISPRINT,
    POINT,
    Weighed,
    factor,
    lift,
    lift_as_meant,
    rarity,
    runs,
    texts_of,
    weighed,
)
from indexer.search.shown.results import PartCode
from indexer.text.variants import Likeness, likened

_LOOKED = (PartCode.CHARACTERS, PartCode.WINDOW, PartCode.COVERED)


def test_words_bigrams_and_lookalikes_count_in_this_order() -> None:
    """Words with those inside them, bigrams, across seams where asked, then words as look-alikes; each once."""
    texts = (Term("劳动竞赛", Likeness.ALIKE), Term("劳动竞赛", Likeness.VARIANT), Term("2001年", Likeness.VARIANT))
    assert [(each.code, each.text, each.as_string, each.share) for each in weighed(texts)] == [
        (PartCode.WORD, "劳动竞赛", False, 1.0),
        (PartCode.WORD, "劳动", False, 1.0),
        (PartCode.WORD, "竞赛", False, 1.0),
        (PartCode.WORD, "2001", True, 1.0),
        (PartCode.WORD, "年", False, 1.0),
        (PartCode.BIGRAM, "动竞", True, GRAM),
        (PartCode.BIGRAM, "1年", True, GRAM),
        (PartCode.ALIKE, "劳动竞赛", True, MISPRINT),
    ]
    across = {each.text for each in weighed((Term("葛芳的家政"),), seams=True)}
    assert across - {each.text for each in weighed((Term("葛芳的家政"),))} == {"芳的", "的家"}


def test_single_characters_are_weighed_as_strings_only_by_themselves() -> None:
    """Since the segmenter seldom cuts them out of a text; a look-alike word is looked for as one."""
    assert [each.as_string for each in weighed((Term("厂"),))] == [True]
    (alike,) = [each for each in weighed((Term("工会", Likeness.ALIKE),)) if each.code is PartCode.ALIKE]
    assert (alike.term, alike.term.as_meant) == (Term("工会", Likeness.ALIKE), Term("工会", Likeness.VARIANT))


def test_points_are_shares_of_what_a_word_gives() -> None:
    """A rare word gives more; what nobody has is not rare but nothing."""
    word, gram = (Weighed(PartCode.BIGRAM, "动竞", as_string=True, share=share) for share in (1.0, GRAM))
    assert word.points(3, 1000) == factor(3, 1000) > factor(30, 1000)
    assert gram.points(3, 1000) == round(GRAM * factor(3, 1000))
    assert (rarity(0, 1000), rarity(3, 1000) > rarity(30, 1000) > 0) == (0.0, True)


def test_runs_lift_by_a_share_of_the_best() -> None:
    """Each run once, and only such as were cut; nothing lifts what is only alike above what is as meant."""
    run, cut = Term("劳动竞赛先进集体"), (Term("劳动竞赛"), Term("先进集体"))
    leaves = (Leaf("", cut, run), Leaf("title", cut, run), Leaf("", (Term("工会"),), Term("工会")), Leaf("", cut))
    assert runs(leaves) == [run]
    assert texts_of(leaves) == (run, run, Term("工会"), *cut)
    assert (lift(1000), lift(0)) == (250, POINT // 4)
    assert lift_as_meant(1000, 2 * lift(1000)) > 1000 + 2 * lift(1000)


@pytest.mark.parametrize(
    "text", ["劳动竞赛先进集体葛芳", "工会主席 外星飞船 签订合同", "職工 宇宙航天", "帮困送温暖的火星基地"]
)
def test_close_look_says_the_same_of_plain_arrays(searcher: Searcher, expected: tuple[Entry, ...], text: str) -> None:
    """As the embedded engine says of its files."""
    query = parse(text)[0]
    request, relaxed = SearchRequest(query, explain=True), relax(query)
    assert relaxed is not None
    near = searcher.evidence(request, LOOKED_AT, near_enough=True)
    plain = PlainTexts(expected, [each.id for each in near])
    grams = [each.text for each in weighed(texts_of(resolve(query).leaves), seams=True) if len(each.text) == 2]
    found = score_parts(second_look(plain.texts, relaxed, grams, plain.rarity, plain.held))
    for one, other in zip(near, found, strict=True):
        assert {each.code: each.score for each in other} == pytest.approx(
            {each.code: each.score for each in one.parts if each.code in _LOOKED}, abs=2 / POINT
        )
    assert len(near) > 3


class PlainTexts:
    """An archive, and the texts of some of its entries, by reading all of them."""

    def __init__(self, entries: Sequence[Entry], chosen: Sequence[str]) -> None:
        self.folded = {entry.id: list(folded(entry)) for entry in entries}
        self.chosen = chosen
        texts = [field_texts(entry) for entry in entries]
        sums = {field: sum(len(string) for each in texts for string in each[field]) for field in WEIGHTS}
        rows = field_factors(texts, {field: max(1.0, total / len(entries)) for field, total in sums.items()})
        self.factors = dict(zip(self.folded, rows, strict=True))

    def texts(self, letters: Sequence[str]) -> Texts:
        """Number the letters, with their variants, character by character."""
        numbers = {likened(letter, Likeness.VARIANT): at for at, letter in enumerate(letters, 1)}
        codes: list[int] = []
        sizes, factors = [], []
        for name in self.chosen:
            before = len(codes)
            for field, string in self.folded[name]:
                codes += [*(numbers.get(char, 0) for char in likened(string, Likeness.VARIANT)), 0]
                factors += [self.factors[name][TEXT_FIELDS.index(field)]] * (len(string) + 1)
            sizes.append(len(codes) - before)
        return Texts(np.array(codes), np.array(sizes), lambda at: np.array(factors)[at])

    def rarity(self, text: str) -> float:
        """Count the entries that have a string."""
        return rarity(sum(self.has(name, text) for name in self.folded), len(self.folded))

    def held(self, text: str) -> NDArray[np.bool_]:
        """Say which of the entries have it."""
        return np.array([self.has(name, text) for name in self.chosen])

    def has(self, name: str, text: str) -> bool:
        """Say whether one has it, in any form that means the same."""
        wanted = likened(text, Likeness.VARIANT)
        return any(wanted in likened(string, Likeness.VARIANT) for _, string in self.folded[name])


def folded(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give an entry's strings, folded, each with its field."""
    texts = field_texts(entry)
    return ((field, plainly(string)) for field in TEXT_FIELDS for string in texts[field])
