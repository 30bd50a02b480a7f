"""Turns what counts in favour of an entry into a query whose score is the entry's.

What a word weighs in an entry was computed when the entry was sent, in whole steps; its rarity is known from how many
entries have it.  Their product is one summand of the score, as in the embedded engine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.search.cache import CacheOf
from indexer.search.fields import ALL_TEXT, WEIGHTS
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.features import is_sent_word, is_weighed_string
from indexer.search.opensearch.matching.strings import (
    any_of,
    but,
    can_be_sent,
    scored,
    standing,
    weighed_standing,
)
from indexer.search.opensearch.questions import Questions
from indexer.search.opensearch.shape import GRAMS, WORDS
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.ranking.bm25f import K1, STEPS
from indexer.search.ranking.weighing import POINT, Weighed, runs, texts_of, weighed
from indexer.search.shown.results import PartCode, ScorePart
from indexer.text.variants import Likeness, alternatives, likened

_HELD = CacheOf[int](16 << 20)
"""How many entries have a word or a string."""
_NAMED = "\n"
"""Stands between a part's code and its text in the name of its query."""


def held(questions: Questions, queries: Sequence[tuple[object, Query]]) -> list[int]:
    """Return how many entries of the generation match some queries, each of which is known by a key.

    Those that are not known are asked for in one go.
    """
    kept = questions.caches.of(_HELD)
    found = [kept.get(key) for key, _ in queries]
    lacking = [at for at, count in enumerate(found) if count is None]
    if lacking:
        for at, count in zip(lacking, questions.counts([queries[at][1] for at in lacking]), strict=True):
            kept.put(queries[at][0], count, 0)
            found[at] = count
    return [count or 0 for count in found]


def held_strings(questions: Questions, scope: str, terms: Sequence[Term]) -> list[int]:
    """Return how many entries have each of some strings in a scope."""
    return held(questions, [((scope, term), standing(scope, term)) for term in terms])


@dataclass(frozen=True, slots=True)
class Scoring:
    """The words and bigrams of a query that some entry has, each as a query with its score."""

    parts: tuple[Query, ...]
    most: float
    """The greatest score that all of them together can give."""
    grams: tuple[str, ...]
    """Those of them that have two characters."""


def scoring(questions: Questions, leaves: tuple[Leaf, ...], entries: int, *, seams: bool = False) -> Scoring:
    """Return what of the leaves counts, given how many entries the generation has."""
    asked = [each for each in weighed(texts_of(leaves), seams=seams) if can_be_sent(each.text) and _can_be_held(each)]
    counted = held(questions, [((each.code, each.text, each.as_string), _holders(each)) for each in asked])
    # A look-alike word is as rare as the word with its look-alikes, though only those entries gain that lack the word.
    wide = [each.term for each in asked if each.code is PartCode.ALIKE]
    of_wide = dict(zip(wide, held_strings(questions, ALL_TEXT, wide), strict=True))
    parts, most, grams = [], 0.0, []
    for each, holders in zip(asked, counted, strict=True):
        if holders:
            step = each.points(of_wide.get(each.term, holders), entries) / POINT
            parts.append(_part(each, step))
            most += step * STEPS
            grams += [each.text] if len(each.text) == 2 else []
    return Scoring(tuple(parts), most, tuple(grams))


def lifted(leaves: Iterable[Leaf], share: float) -> list[Query]:
    """Return what lifts entries in which runs of words stand together, each by `share`."""
    return [
        scored(share, standing(scope, run.as_meant), _name(code, run.text))
        for run in runs(leaves)
        for scope, code in ((ALL_TEXT, PartCode.TOGETHER), ("title", PartCode.TOGETHER_IN_TITLE))
    ]


def only_alike(leaves: Iterable[Leaf]) -> Query | None:
    """Return a query for the entries that have one of the leaves' strings as a look-alike only; None if none can."""
    terms = dict.fromkeys((leaf.scope, term) for leaf in leaves for term in leaf.terms if _can_be_misread(term))
    apart = [but(standing(scope, term), standing(scope, term.as_meant)) for scope, term in terms]
    return any_of(apart) if apart else None


def as_meant(alike: Query, share: float) -> Query:
    """Return what lifts entries that have nothing as a look-alike only."""
    return scored(share, {"bool": {"must_not": [alike]}}, _name(PartCode.AS_MEANT, ""))


def named_parts(named: Mapping[str, float]) -> tuple[ScorePart, ...]:
    """Return what makes up a score, from the scores of named queries."""
    order = list(PartCode)
    split = [(name.partition(_NAMED), score) for name, score in named.items()]
    parts = [
        ScorePart(PartCode(code), text, float(score)) for (code, is_ours, text), score in split if is_ours and score
    ]
    return tuple(sorted(parts, key=lambda each: order.index(each.code)))


def _name(code: PartCode, text: str) -> str:
    return f"{code}{_NAMED}{text}"


def _part(each: Weighed, step: float) -> Query:
    """Return the query of what counts; a step of its weight is worth `step`."""
    name = _name(each.code, each.text)
    kept = _kept(each)
    if kept is not None:
        field, text = kept
        return {"term": {field: {"value": text, "boost": step, "_name": name}}}
    counting = {"bool": {"must": [weighed_standing(each.term, WEIGHTS)], "filter": [_holders(each)]}}
    # Where a string was not weighed before, the length of fields does not count.
    source = "double f = _score; return Math.rint(f / (params.k + f) * params.steps);"
    script = {"source": source, "params": {"k": K1, "steps": STEPS}}
    return {"script_score": {"query": counting, "script": script, "boost": step, "_name": name}}


def _holders(each: Weighed) -> Query:
    """Return a query for the entries in which something counts; a string does so wherever it stands, if only by rarity."""
    if not each.as_string:
        return {"term": {WORDS: each.text}}
    found = standing(ALL_TEXT, each.term)
    return but(found, standing(ALL_TEXT, each.term.as_meant)) if each.code is PartCode.ALIKE else found


def _kept(each: Weighed) -> tuple[str, str] | None:
    """Return the field that keeps what a word or string weighs, and its text there; None if none does."""
    if each.code is PartCode.ALIKE:
        return None
    if not each.as_string:
        return WORDS, each.text
    text = likened(each.text, Likeness.VARIANT)
    return (GRAMS, text) if is_weighed_string(text) else None


def _can_be_held(each: Weighed) -> bool:
    if each.code is PartCode.ALIKE:
        return _can_be_misread(each.term)
    return each.as_string or is_sent_word(each.text)


def _can_be_misread(term: Term) -> bool:
    """Return whether some character of a term has look-alikes beside its other forms."""
    forms, alike = alternatives(Likeness.VARIANT), alternatives(Likeness.ALIKE)
    return term.likeness is Likeness.ALIKE and any(alike.get(char, char) != forms.get(char, char) for char in term.text)
