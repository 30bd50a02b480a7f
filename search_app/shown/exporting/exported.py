"""Gathers what an export says of each entry, of everything found or of chosen ones.  Knows no format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.plan import resolve
from indexer.search.query.tree import Node
from indexer.search.shown.marks import occurrences_of
from indexer.stages.provenance import PageCapture
from search_app.shown.addresses import entry_url
from search_app.shown.citing.reference import Reference, reference
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.present import Gone
from search_app.words import exports

CHOSEN_MOST = 500
"""Entries that may be chosen one by one."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One entry, with what is known of it beside its text."""

    entry: Entry
    occurrences: int | None
    """How often what was sought stands in it; None where no text was sought."""
    persons: tuple[str, ...]
    """Who signed it, each once, as people have decided who is who."""
    volume_title: str
    address: str
    """Its permanent address; empty where the archive has no public one."""
    reference: Reference
    captured: PageCapture | None
    """The capture of its page; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A chosen id that is no entry's."""

    id: str
    gone: Gone | None
    """What became of it; None if it never was an entry's.  Where its text has another id now, that entry is exported."""

    @property
    def said(self) -> str:
        """What a reader is told of it, in the language in use."""
        return exports.foreign(self.id, self.gone.now if self.gone else None, was_known=self.gone is not None)


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes the entries of one export; they stay those of one generation, whatever is published meanwhile."""

    searcher: Searcher
    names: Names
    root: str
    """What the archive's public addresses begin with; empty where it has none."""
    day: date
    """Day of the request, which citations say."""
    captures: Mapping[str, PageCapture]
    """The captures of pages by their URL; empty where they are not known, or not wanted."""

    def found(self, state: SearchState) -> Iterator[Exported]:
        """Yield every entry that a search finds, in its order, as they are asked for."""
        request, _ = state.request()
        for each in self.searcher.found(request):
            yield self.one(each.entry, None if request.query is None else each.occurrences)

    def total(self, state: SearchState) -> int:
        """Return how many entries a search finds."""
        return self.searcher.count(state.request()[0])

    def chosen(
        self, ids: Iterable[str], state: SearchState, became: Callable[[str], Gone | None]
    ) -> tuple[tuple[Exported, ...], tuple[Foreign, ...]]:
        """Return chosen entries, in the order given and each once, with what is sought counted in them; and foreign ids.

        `became` returns what became of an id that no entry has.  Raises `ValueError` for more than `CHOSEN_MOST` ids.
        """
        asked = tuple(dict.fromkeys(ids))
        if len(asked) > CHOSEN_MOST:
            raise ValueError(f"{len(asked)} ids are more than {CHOSEN_MOST}")
        found: dict[str, Entry] = {}
        foreign: list[Foreign] = []
        for each in asked:
            entry = self.searcher.get(each)
            if entry is None:
                gone = became(each)
                entry = self.searcher.get(gone.now) if gone and gone.now else None
                foreign.append(Foreign(each, Gone(None, gone.title) if gone and entry is None else gone))
            if entry is not None:
                found[entry.id] = entry
        query = state.request()[0].query
        return tuple(self.one(entry, occurrences_in(entry, query)) for entry in found.values()), tuple(foreign)

    def one(self, entry: Entry, occurrences: int | None) -> Exported:
        """Return what an export says of one entry."""
        return Exported(
            entry=entry,
            occurrences=occurrences,
            persons=tuple(self.names.persons(entry)),
            volume_title=self.names.title(entry.volume, entry.yearbook),
            address=self.root + entry_url(entry.id) if self.root else "",
            reference=reference(entry, self.names, self.root, self.day),
            captured=self.captures.get(entry.url),
        )


def occurrences_in(entry: Entry, query: Node | None) -> int | None:
    """Return how often what a query looks for stands in an entry, as an engine counts it; None for no query."""
    if query is None:
        return None
    return occurrences_of(entry, resolve(query).leaves)
