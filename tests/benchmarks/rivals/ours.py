"""This project's engine."""

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.factory import open_builder
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Filter, SearchRequest
from indexer.search.shown.nearest import nearest
from search_app.following.archive import Archive

_FIELDS = ("id", "volume", "year", "section", "heading", "title", "authors", "signature", "body", "captions", "url")


def version():
    return "nianjian-search"


def build(records, folder):
    with open_builder(folder) as builder:
        for record in records:
            fields = {name: record[name] for name in (*_FIELDS, "position")} | {"yearbook": ""}
            builder.add(Entry.from_record(fields))


class Engine:
    def __init__(self, folder):
        # As the server opens it: the garbage collector leaves alone what lives long.
        self.searcher = Archive(folder, load_manifest()).searcher()

    def ask(self, question):
        request = self._request(question)
        page = self.searcher.search(request)
        near = nearest(self.searcher, request, page.total)  # as the application asks, wherever few entries match
        return {"total": page.total, "hits": page.hits, "nearest": near.hits, "facets": page.facets}

    def ids(self, question):
        request = self._request(question)
        return [entry.id for entry in self.searcher.entries(request)]

    def close(self):
        pass

    def _request(self, question):
        filters = tuple(Filter(field, (value,)) for field, value in question["filters"])
        return SearchRequest(parse(question["text"])[0], filters, page=question["page"], size=10)
