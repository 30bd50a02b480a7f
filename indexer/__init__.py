"""Turns saved yearbook pages into entries and entries into a searchable index.

This is what a Python program takes: `from indexer import open_searcher, parse_query, SearchRequest`.  All else in the
packages is the project's own, and may move from one version to the next.

| in hand | comes from | gives |
|---|---|---|
| `Searcher` | `open_searcher(folder)` | `ResultPage`, `Facet`, `Entry`, `VolumeCount`, `VolumeFound`, `EntryFound`, `Occurrence`, `Similar`, `Suggestion` |
| `nearest` | `nearest(searcher, request, total)` | `Nearest`: entries that come near where few match |
| `ladder` | `ladder(searcher, request, total)` | `Rung`: what to ask instead, where nothing is found |
| `SearchRequest` | `parse_query(text)`, or nodes (`Match`, `Exact`, …), and `Filter` | what a `Searcher` is asked |
| `IndexBuilder` | `open_builder(folder)` | a new index of the entries it is given, published when its block ends |
| `Entry` | `read_entries(file)`, or made | what is indexed, shown and, with `write_entries`, kept |
| `YearbookError` | all of these | the root of every error that is raised on purpose |

A searcher may be shared by threads.  It answers from the index that was published when it was opened: for a newer one,
open another.  A `with` block closes it; otherwise its files are let go with the
last reference to it.  A builder is one
thread's, and its block closes it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.errors import (
        ConfigError,
        DecodeError,
        FetchError,
        IndexFailure,
        IndexLocked,
        IndexMissing,
        IndexUnavailable,
        ManifestLost,
        StaleIndex,
        StoreError,
        YearbookError,
    )
    from indexer.files.entrystore import read_entries, write_entries
    from indexer.model import Entry
    from indexer.progress import Progress
    from indexer.search.engine import IndexBuilder, Searcher
    from indexer.search.factory import open_builder, open_searcher
    from indexer.search.query.grammar import parse as parse_query
    from indexer.search.query.notes import Note, NoteCode
    from indexer.search.query.tree import (
        All,
        Any,
        Exact,
        Field,
        Filter,
        Match,
        Near,
        Node,
        Not,
        Pattern,
        SearchRequest,
        YearRange,
    )
    from indexer.search.shown.concordance import Occurrence
    from indexer.search.shown.ladder import ladder
    from indexer.search.shown.nearest import nearest
    from indexer.search.shown.results import (
        EntryFound,
        Evidence,
        Facet,
        FacetValue,
        Form,
        Hit,
        Nearest,
        PartCode,
        Printed,
        Reason,
        ResultPage,
        RunReading,
        ScorePart,
        Similar,
        Snippet,
        Span,
        VolumeCount,
        VolumeFound,
    )
    from indexer.search.shown.rungs import Rung, RungCode
    from indexer.search.shown.suggestions import Suggestion
    from indexer.search.suggestible import SuggestionKind

__all__ = [
    "All",
    "Any",
    "ConfigError",
    "DecodeError",
    "Entry",
    "EntryFound",
    "Evidence",
    "Exact",
    "Facet",
    "FacetValue",
    "FetchError",
    "Field",
    "Filter",
    "Form",
    "Hit",
    "IndexBuilder",
    "IndexFailure",
    "IndexLocked",
    "IndexMissing",
    "IndexUnavailable",
    "ManifestLost",
    "Match",
    "Near",
    "Nearest",
    "Node",
    "Not",
    "Note",
    "NoteCode",
    "Occurrence",
    "PartCode",
    "Pattern",
    "Printed",
    "Progress",
    "Reason",
    "ResultPage",
    "RunReading",
    "Rung",
    "RungCode",
    "ScorePart",
    "SearchRequest",
    "Searcher",
    "Similar",
    "Snippet",
    "Span",
    "StaleIndex",
    "StoreError",
    "Suggestion",
    "SuggestionKind",
    "VolumeCount",
    "VolumeFound",
    "YearRange",
    "YearbookError",
    "ladder",
    "nearest",
    "open_builder",
    "open_searcher",
    "parse_query",
    "read_entries",
    "write_entries",
]

_NAMES = {
    "indexer.errors": "ConfigError DecodeError FetchError IndexFailure IndexLocked IndexMissing IndexUnavailable "
    "ManifestLost StaleIndex StoreError YearbookError",
    "indexer.files.entrystore": "read_entries write_entries",
    "indexer.model": "Entry",
    "indexer.progress": "Progress",
    "indexer.search.engine": "IndexBuilder Searcher",
    "indexer.search.factory": "open_builder open_searcher",
    "indexer.search.query.grammar": "parse_query",
    "indexer.search.query.tree": "All Any Exact Field Filter Match Near Node Not Pattern SearchRequest YearRange",
    "indexer.search.query.notes": "Note NoteCode",
    "indexer.search.shown.concordance": "Occurrence",
    "indexer.search.shown.ladder": "ladder",
    "indexer.search.shown.nearest": "nearest",
    "indexer.search.shown.results": "EntryFound Evidence Facet FacetValue Form Hit Nearest PartCode Printed Reason ResultPage "
    "RunReading ScorePart Similar Snippet Span VolumeCount VolumeFound",
    "indexer.search.shown.rungs": "Rung RungCode",
    "indexer.search.shown.suggestions": "Suggestion",
    "indexer.search.suggestible": "SuggestionKind",
}
"""Where the names stand.  Their modules are loaded when one is first asked for: every module of the project loads this
one, and most commands need few of them."""
_PLACES = {name: module for module, names in _NAMES.items() for name in names.split()}
_THERE = {"parse_query": "parse"}
"""Names that are called otherwise where they stand."""

if not TYPE_CHECKING:  # a type checker would take any name for one of these

    def __getattr__(name: str) -> object:
        """Load a name of `__all__` when it is first asked for."""
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_PLACES[name]), _THERE.get(name, name))
        return found


def __dir__() -> list[str]:
    """List what is meant for use."""
    return sorted({*globals(), *__all__})
