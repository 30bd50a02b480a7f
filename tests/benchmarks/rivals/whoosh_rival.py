"""Plain Whoosh with jieba's ChineseAnalyzer, its own codec, matchers, collectors and highlighter."""

import logging
import warnings

warnings.simplefilter("ignore")  # both warn of their own regular expressions when they are imported

import jieba  # noqa: E402
from jieba.analyse import ChineseAnalyzer  # noqa: E402
from whoosh import __version__, index, sorting  # noqa: E402
from whoosh.fields import ID, KEYWORD, TEXT, Schema  # noqa: E402
from whoosh.query import And, Or, Term  # noqa: E402

FIELDS = ("title", "heading", "body", "signature")
FACETS = ("year", "section", "author")
jieba.setLogLevel(logging.WARNING)


def version():
    return f"Whoosh {'.'.join(map(str, __version__))} + ChineseAnalyzer"


def build(records, folder):
    texts = {name: TEXT(analyzer=ChineseAnalyzer(), stored=True) for name in FIELDS}
    facets = {
        "year": ID(stored=True, sortable=True),
        "section": ID(stored=True, sortable=True),
        "author": KEYWORD(stored=True, commas=True, sortable=True),
    }
    writer = index.create_in(str(folder), Schema(id=ID(stored=True, unique=True), **texts, **facets)).writer(
        limitmb=256
    )
    for record in records:
        writer.add_document(
            id=record["id"],
            year=str(record["year"]),
            section=record["section"],
            author=",".join(record["authors"]),
            **{name: record[name] for name in FIELDS},
        )
    writer.commit()


class Engine:
    def __init__(self, folder):
        self.searcher = index.open_dir(str(folder)).searcher()
        self.analyzer = ChineseAnalyzer()

    def ask(self, question):
        query = self._query(question)
        filters = question["filters"]
        grouping = {
            "year": sorting.FieldFacet("year", maptype=sorting.Count),
            "section": sorting.FieldFacet("section", maptype=sorting.Count),
            "author": sorting.FieldFacet("author", allow_overlap=True, maptype=sorting.Count),
        }
        last = question["page"] * 10
        found = self.searcher.search(query, limit=last, filter=self._filter(filters), groupedby=grouping)
        facets = {field: sorted(found.groups(field).items(), key=lambda each: -each[1])[:20] for field in FACETS}
        for field, _ in filters:  # a facet's counts leave its own selection out of account
            whole = self.searcher.search(query, limit=1, groupedby={field: grouping[field]})
            facets[field] = sorted(whole.groups(field).items(), key=lambda each: -each[1])[:20]
        hits = [
            {**hit.fields(), "score": hit.score, "snippet": hit.highlights("body", top=2)} for hit in found[last - 10 :]
        ]
        return {"total": len(found), "hits": hits, "facets": facets}

    def ids(self, question):
        found = self.searcher.search(self._query(question), limit=None, filter=self._filter(question["filters"]))
        return [hit["id"] for hit in found]

    def close(self):
        self.searcher.close()

    def _query(self, question):
        words = [token.text for string in question["words"] for token in self.analyzer(string)]
        boosts = {"title": 3.0, "heading": 1.5}
        return And([Or([Term(name, word, boost=boosts.get(name, 1.0)) for name in FIELDS]) for word in words])

    def _filter(self, filters):
        return And([Term(field, value) for field, value in filters]) if filters else None
