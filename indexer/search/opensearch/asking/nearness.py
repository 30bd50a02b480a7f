"""Weighs what of a query entries have that do not match it, for when none or few do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import ALL_TEXT, TEXT_FIELDS, field_texts
from indexer.search.opensearch.asking.weighing import Scoring, held_strings, lifted, named_parts, scoring
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.features import factors_of
from indexer.search.opensearch.matching.strings import NOTHING, all_of, any_of, scored, standing
from indexer.search.opensearch.questions import KEPT, Questions, Read, read_hit
from indexer.search.opensearch.seal import Seal
from indexer.search.query.plan import Plan, Relaxed
from indexer.search.query.terms import Term
from indexer.search.ranking.contributions import Contribution, score_parts
from indexer.search.ranking.nearness import LOOKED_AT, SHARE_OF_POINTS, SHARE_OF_WORDS, least
from indexer.search.ranking.secondlook import Texts, second_look
from indexer.search.ranking.weighing import POINT, factor, lift, rarity
from indexer.search.shown.results import Evidence, ScorePart
from indexer.text.fold import code_points, fold
from indexer.text.variants import Likeness, likened


@dataclass(frozen=True, slots=True)
class Limits:
    """Which entries may come near."""

    visible: Query
    """Those that may be shown and meet the query's other conditions."""
    among: Query
    """Those that do not match and pass the filters."""
    condition: Query | None
    """The query's other conditions, if it has any that name strings."""


class Nearness:
    """What comes near one query."""

    def __init__(self, questions: Questions, seal: Seal, plan: Plan, relaxed: Relaxed, limits: Limits) -> None:
        """Set what is asked, and of whom."""
        self._questions = questions
        self._seal = seal
        self._plan = plan
        self._relaxed = relaxed
        self._limits = limits

    def some(self, limit: int, *, explain: bool) -> tuple[Evidence, ...]:
        """Return the entries that have some of it, ranked by words and bigrams alone."""
        found = scoring(self._questions, self._plan.leaves, self._seal.entries)
        hits = self._best(any_of(list(found.parts)), [], limit, explain=explain) if found.parts else []
        return tuple(self._evidence(read, read.score, parts) for read, parts in hits)

    def enough(self, limit: int, *, explain: bool) -> tuple[Evidence, ...]:
        """Return those that have much of it, the first of them looked at closely."""
        found = scoring(self._questions, self._plan.leaves, self._seal.entries, seams=True)
        chosen, most = self._near_enough(found)
        share = lift(round(most * POINT)) / POINT
        lifts = lifted(self._plan.leaves, share)
        every = any_of([*found.parts, *lifts]) if found.parts or lifts else NOTHING
        hits = self._best(every, [chosen], LOOKED_AT, explain=explain)
        if not hits:
            return ()
        entries = [read.entry for read, _ in hits]
        looked = self._looked(entries, found.grams)
        points = np.array([round(read.score * POINT) for read, _ in hits], dtype=np.int64)
        total = sum((each.points for each in looked), points)
        order = (-total).argsort(kind="stable")[:limit].tolist()
        closely = score_parts(looked) if explain else [()] * len(hits)
        return tuple(
            self._evidence(hits[at][0], float(total[at] / POINT), (*hits[at][1], *closely[at])) for at in order
        )

    def _near_enough(self, found: Scoring) -> tuple[Query, float]:
        """Return a query for the entries that have enough, and the greatest score of those that may be listed."""
        by_points = any_of(list(found.parts)) if found.parts else NOTHING
        words = self._relaxed.weighed
        holders = held_strings(self._questions, ALL_TEXT, words)
        worth = [
            scored(factor(count, self._seal.entries) / POINT, standing(ALL_TEXT, word))
            for word, count in zip(words, holders, strict=True)
            if count
        ]
        by_words = any_of(worth) if worth else NOTHING
        greatest = self._greatest([[by_points], [by_words]])
        shares = zip((by_points, by_words), (SHARE_OF_POINTS, SHARE_OF_WORDS), greatest, strict=True)
        # Scores are rounded to 24 bits: the very entry at the edge may fall on either side.
        enough = [_with_least(query, least(share, most * POINT) / POINT * (1 - 1e-6)) for query, share, most in shares]
        if self._limits.condition is not None:
            enough.append(self._limits.condition)
        chosen = any_of(enough)
        (most,) = self._greatest([[by_points]], [chosen, self._limits.among])
        return chosen, most

    def _greatest(self, scores: Sequence[list[Query]], among: Sequence[Query] = ()) -> list[float]:
        """Return the greatest of each kind of score that any entry has which may be shown and meets the conditions."""
        queries = ({"bool": {"must": each, "filter": [self._limits.visible, *among]}} for each in scores)
        bodies = [{"size": 1, "_source": False, "track_total_hits": False, "query": query} for query in queries]
        return [float(answer["hits"]["max_score"] or 0.0) for answer in self._questions.searches(bodies)]

    def _best(
        self, scores: Query, chosen: list[Query], limit: int, *, explain: bool
    ) -> list[tuple[Read, tuple[ScorePart, ...]]]:
        limited = [self._limits.visible, self._limits.among, *chosen]
        # What is near enough without any word that counts has no score.
        asked = {"bool": {"filter": limited, "should": [scores], "minimum_should_match": 0 if chosen else 1}}
        body = {
            "query": asked,
            "size": limit,
            "track_total_hits": False,
            "sort": [{"_score": "desc"}, {"rank": "asc"}],
            **KEPT,
        }
        named = {"include_named_queries_score": "true"} if explain else {}
        hits = self._questions.search(body, **named)["hits"]["hits"]
        return [(read_hit(hit), named_parts(hit.get("matched_queries", {})) if explain else ()) for hit in hits]

    def _looked(self, entries: list[Entry], grams: tuple[str, ...]) -> list[Contribution]:
        def rarity_of(text: str) -> float:
            (count,) = held_strings(self._questions, ALL_TEXT, [Term(text, Likeness.VARIANT)])
            return rarity(count, self._seal.entries)

        folded = [[likened(fold(text), Likeness.VARIANT) for text in _texts(entry)] for entry in entries]

        def held(text: str) -> NDArray[np.bool_]:
            pattern = likened(text, Likeness.VARIANT)
            return np.array([any(pattern in string for string in strings) for strings in folded], dtype=np.bool_)

        words = dict.fromkeys((*(word.text for word in self._relaxed.words), *grams))
        characters = dict.fromkeys("".join(words))
        asked = [Term(text, Likeness.VARIANT) for text in dict.fromkeys((*characters, *words))]
        held_strings(self._questions, ALL_TEXT, asked)  # all at once, and kept
        texts_for = _Filled(entries, self._seal)
        return second_look(texts_for, self._relaxed, grams, rarity_of, held)

    def _evidence(self, read: Read, score: float, parts: tuple[ScorePart, ...]) -> Evidence:
        texts = [fold(text) for text in _texts(read.entry)]
        had = tuple(
            word.text
            for word in self._relaxed.words
            if any(word.pattern in likened(text, word.likeness) for text in texts)
        )
        return Evidence(read.entry.id, score, had, parts)


class _Filled:
    """Fills the arrays of a close look from entries that were read."""

    def __init__(self, entries: Sequence[Entry], seal: Seal) -> None:
        """Take the entries."""
        self._entries = entries
        self._averages = seal.averages

    def __call__(self, letters: Sequence[str]) -> Texts:
        """Return their texts, each of the letters standing for its variants, too."""
        numbers = {ord(likened(char, Likeness.VARIANT)): at for at, char in reversed(list(enumerate(letters, 1)))}
        texts = [field_texts(entry) for entry in self._entries]
        rows = factors_of(texts, self._averages)
        sizes, factors, strings = [], [], []
        for text, row in zip(texts, rows, strict=True):
            size = 0
            for field in TEXT_FIELDS:
                for string in text[field]:
                    folded = likened(fold(string), Likeness.VARIANT) + "\0"
                    strings.append(folded)
                    factors.append(np.full(len(folded), row[field]))
                    size += len(folded)
            sizes.append(size)
        points = code_points("".join(strings))
        known = np.array(sorted(numbers), dtype=np.uint32)
        at = np.searchsorted(known, points).clip(max=len(known) - 1)
        codes = np.where(known[at] == points, np.array([numbers[code] for code in known.tolist()])[at], 0)
        factor_of = np.concatenate(factors)
        return Texts(codes, np.array(sizes), lambda places: factor_of[places])


def _texts(entry: Entry) -> list[str]:
    texts = field_texts(entry)
    return [text for field in TEXT_FIELDS for text in texts[field]]


def _with_least(query: Query, score: float) -> Query:
    """Return a query for the entries to which another one gives at least a score."""
    return {"function_score": {"query": query, "min_score": score}}


def limits_of(visible: Sequence[Query], condition: Query | None, among: list[Query], *, names_strings: bool) -> Limits:
    """Return which entries may come near, given what each question is limited to."""
    meets = [*visible, condition] if condition is not None else visible
    return Limits(all_of(list(meets)), all_of(among), condition if names_strings else None)
