"""The engines compared: each answers a query with ids, best first."""

import math
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from indexer.model import Entry
from indexer.search.factory import open_builder, open_searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.text.segment import cut

DEPTH = 50
Ranker = Callable[[str], Sequence[str]]
OURS = "this engine"


def rankers(entries: Sequence[Entry], folder: Path) -> Mapping[str, Ranker]:
    """Index the entries for each engine."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "Whoosh, ChineseAnalyzer, all words": whoosh_ranker(entries, folder, all_words=True),
        "Whoosh, ChineseAnalyzer, any word": whoosh_ranker(entries, folder, all_words=False),
        "BM25, jieba words": bm25_ranker(entries),
        OURS: our_ranker(entries, folder),
    }


def our_ranker(entries: Sequence[Entry], folder: Path) -> Ranker:
    """Ask this engine, as its search box does."""
    with open_builder(folder / "ours") as builder:
        for entry in entries:
            builder.add(entry)
    searcher = open_searcher(folder / "ours")

    def rank(query: str) -> Sequence[str]:
        request = SearchRequest(parse(query)[0], size=DEPTH)
        page = searcher.search(request)
        return [hit.entry.id for hit in page.hits + nearest(searcher, request, page.total).hits]

    return rank


def whoosh_ranker(entries: Sequence[Entry], folder: Path, *, all_words: bool) -> Ranker:
    """Ask plain Whoosh: its own parser, weighting and searcher, jieba's analyzer, the same field weights as ours."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in
    from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources, which warns
        from jieba.analyse import ChineseAnalyzer

    analyzer = ChineseAnalyzer()
    boosts = {"title": 3.0, "heading": 1.5, "body": 1.0, "captions": 0.6, "signature": 1.0}
    schema = Schema(
        id=ID(stored=True), **{name: TEXT(analyzer=analyzer, field_boost=boost) for name, boost in boosts.items()}
    )
    index = create_in(tempfile.mkdtemp(dir=folder), schema)
    writer = index.writer()
    for entry in entries:
        writer.add_document(
            id=entry.id,
            title=entry.title,
            heading=entry.heading,
            body=entry.body,
            captions="\n".join(entry.captions),
            signature=entry.signature,
        )
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(list(boosts), schema, group=AndGroup if all_words else OrGroup)

    def rank(query: str) -> Sequence[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(query), limit=DEPTH)]

    return rank


def bm25_ranker(entries: Sequence[Entry], k1: float = 1.2, b: float = 0.75) -> Ranker:
    """Rank by BM25 over jieba words of the whole entry, any word matching."""
    counts = [
        Counter(cut("\n".join((entry.title, entry.heading, entry.body, *entry.captions, entry.signature))))
        for entry in entries
    ]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths)
    holders = Counter(word for count in counts for word in count)

    def rank(query: str) -> Sequence[str]:
        scores: Counter[str] = Counter()
        for word in set(cut(query)):
            if not any(map(str.isalnum, word)):
                continue
            weight = math.log(1 + (len(entries) - holders[word] + 0.5) / (holders[word] + 0.5))
            for entry, count, length in zip(entries, counts, lengths, strict=True):
                if found := count[word]:
                    scores[entry.id] += weight * found * (k1 + 1) / (found + k1 * (1 - b + b * length / mean))
        return [entry_id for entry_id, _ in scores.most_common(DEPTH)]

    return rank
