"""Says which words and bigrams of a query count, what each weighs, and what lifts an entry beside them.

Points are whole numbers, so that equal scores are equal in any order of adding.  Who has a word, and how much of it, is
the engine's affair.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.ranking.bm25f import K1, STEPS
from indexer.search.shown.results import PartCode
from indexer.text.analyzer import evidence, seam_grams
from indexer.text.variants import Likeness

GRAM = 0.6
"""Weight of a bigram relative to a word; this and the two constants below were set by `tests/relevance`."""
MISPRINT = 0.3
"""Weight of a word in entries that have it only as a look-alike, relative to the word itself."""
STEEP = 1.6
"""Exponent of the inverse document frequency: a rare word says more than its logarithm."""
SHARE = 0.25
"""Share of the best score added if a run of words stands together, and added again if it does so in the title."""
POINT = 1000 * STEPS
"""Points that make a score of 1.  Scores are summed in whole points, so that equal ones are equal in any order of
adding."""
_DIGIT = re.compile("[0-9]")


class Weighed(Struct, frozen=True, gc=False):
    """A word, bigram or look-alike word that counts in favour of an entry which has it."""

    code: PartCode
    """`WORD`, `BIGRAM` or `ALIKE`."""
    text: str
    as_string: bool
    """Whether it is weighed wherever it stands as a string (`term`), and not as a word that the segmenter cut."""
    share: float
    """What it counts relative to a word."""

    @property
    def term(self) -> Term:
        """The string that is weighed; of a look-alike word, only entries count that have it as a look-alike alone."""
        return Term(self.text, Likeness.ALIKE if self.code is PartCode.ALIKE else Likeness.VARIANT)

    def points(self, frequency: int, documents: int) -> int:
        """Return the points of one step of its weight, if `frequency` of the documents contain it.

        For a look-alike word those count, too, that have it as meant.
        """
        return round(self.share * factor(frequency, documents))


def factor(frequency: int, documents: int) -> int:
    """Return the points of one step of a word's weight, if `frequency` of the documents contain the word."""
    steep: float = max(0.0, math.log(documents / (frequency + 1)) + 1) ** STEEP
    return round(steep * (K1 + 1) * POINT / STEPS)


def rarity(frequency: int, documents: int) -> float:
    """Return the rarity that `factor` counts with; 0 for what no document contains."""
    return factor(frequency, documents) * STEPS / (POINT * (K1 + 1)) if frequency else 0.0


def texts_of(leaves: Iterable[Leaf]) -> tuple[Term, ...]:
    """Return the strings whose words and bigrams count: whole runs where there are any."""
    return tuple(each for leaf in leaves for each in ((leaf.whole,) if leaf.whole else leaf.terms))


@lru_cache(1024)
def weighed(texts: tuple[Term, ...], *, seams: bool = False) -> tuple[Weighed, ...]:
    """Return what of some texts counts: words, bigrams, look-alike words; with `seams`, bigrams across those of words.

    That is said of the texts alone: an engine leaves out what no entry has, and look-alike words that the archive has
    only as they are meant.
    """
    return tuple(_weighed(texts, seams=seams))


def runs(leaves: Iterable[Leaf]) -> list[Term]:
    """Return the runs of words that lift an entry in which they stand together."""
    return list(dict.fromkeys(leaf.whole for leaf in leaves if len(leaf.terms) > 1 and leaf.whole))


def lift(most: int) -> int:
    """Return what a run that stands together adds, given the most points that words and bigrams give an entry."""
    return int(SHARE * (most or POINT))


def lift_as_meant(most: int, lifted: int) -> int:
    """Return what an entry gains that has the query's strings as meant, where others have them as look-alikes only.

    It then ranks above all others: `most` are the most points that words and bigrams give one of these, `lifted` what
    their runs can add, each in the text and in the title.
    """
    return most + lifted + 1


def _weighed(texts: tuple[Term, ...], *, seams: bool) -> Iterator[Weighed]:
    found = [evidence(each.text) for each in texts]
    short = all(len(word) == 1 for each in found for word in each.words)
    words = dict.fromkeys(word for each in found for word in (*each.words, *each.parts))
    for word in words:
        # Numbers are printed, and so segmented, in several ways; single characters are seldom segmented as words.
        as_string = _DIGIT.search(word) is not None or (short and len(word) == 1)
        yield Weighed(PartCode.WORD, word, as_string, 1.0)
    grams = dict.fromkeys(gram for each in found for gram in each.grams)
    if seams:
        grams |= dict.fromkeys(gram for each in texts for gram in seam_grams(each.text) if gram not in words)
    for gram in grams:
        yield Weighed(PartCode.BIGRAM, gram, as_string=True, share=GRAM)
    wide = [each for text, each in zip(texts, found, strict=True) if text.likeness is Likeness.ALIKE]
    for word in dict.fromkeys(word for each in wide for word in each.words):
        yield Weighed(PartCode.ALIKE, word, as_string=True, share=MISPRINT)
