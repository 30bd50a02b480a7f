"""Finds an entry's place among the hits of a search, so that a reader can go from hit to hit without the list."""

from dataclasses import dataclass, replace

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.tree import MAX_SIZE
from search_app.shown.addresses import search_url
from search_app.shown.links import SearchState


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands among the hits of a search."""

    state: SearchState
    number: int
    """From 1."""
    total: int
    before: Entry | None
    after: Entry | None

    @property
    def back(self) -> str:
        """Address of the results, at this hit."""
        page = (self.number - 1) // self.state.size + 1
        return f"{search_url(self.state.at_page(page))}#n{self.number}"


def place(searcher: Searcher, state: SearchState, entry_id: str, number: int) -> Place | None:
    """Return an entry's place among the hits of a search.

    It is looked for around `number`, where an address says that it was; None if it is not there any longer, since the
    archive has changed, or somebody has changed the address.
    """
    if number < 1:
        return None
    for first, size in (_window(number), ((number - 1) // MAX_SIZE * MAX_SIZE, MAX_SIZE)):
        request = replace(state.request()[0], page=first // size + 1, size=size)
        found = searcher.search(request)
        ids = [hit.entry.id for hit in found.hits]
        if entry_id in ids:
            at = ids.index(entry_id)
            before = found.hits[at - 1].entry if at else _hit(searcher, state, first)
            after = found.hits[at + 1].entry if at + 1 < len(ids) else _hit(searcher, state, first + at + 2)
            return Place(state, first + at + 1, found.total, before, after)
    return None


def _window(number: int) -> tuple[int, int]:
    """Return the smallest page that has a hit with both beside it: how many stand before it, and its size."""
    first, last = max(number - 2, 0), number
    return next((first // size * size, size) for size in range(3, MAX_SIZE) if first // size == last // size)


def _hit(searcher: Searcher, state: SearchState, number: int) -> Entry | None:
    if number < 1:
        return None
    hits = searcher.search(replace(state.request()[0], page=number, size=1)).hits
    return hits[0].entry if hits else None
