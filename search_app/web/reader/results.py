"""Writes the pieces of the page of a search: what stands around it, its hits, and what is said beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment

from indexer.search.query.notes import Note
from indexer.search.query.tree import SORTS, Exact, Match
from search_app.shown import present
from search_app.shown.addresses import hit_args
from search_app.shown.links import as_printed
from search_app.shown.searching.answered import Answered
from search_app.shown.searching.refining import Panel
from search_app.web.reader.framing import Frame
from search_app.web.reader.hits import HitList, Listing
from search_app.web.reader.keeping import Kept, Pieces, sent
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words import answers

_FILE = "_results.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A search and its answer, as a page shows it."""

    version: str
    """Of the answer: what is written of a search is the same while it is."""
    found: Answered
    notes: Sequence[Note]
    """All notes, also about the address."""
    sought: tuple[str, ...]
    """What is looked for among the values of facets, if anything is, as the address says it."""
    panel: Callable[[], Panel]
    """Makes what narrows the search."""
    turn: Callable[[int], str]
    """Returns the address of another page."""
    view: str
    sizes: Sequence[int]
    compared: int
    """How many entries there are, all of which were compared with a quoted text."""


class Results:
    """The pages of searches in one language; `links` are the addresses of the app."""

    def __init__(
        self, environment: Environment, links: SimpleNamespace, frame: Frame, language: str, kept: Kept
    ) -> None:
        """Take the language's environment, what stands around a search, and what is kept; nothing is read yet."""
        self._environment = environment
        self._links = links
        self._frame = frame
        self._language = language
        self._kept = kept
        self._get = Patterns(environment, _FILE).get
        self._hits = HitList(environment, links, language, kept.hits)

    def pieces(self, shown: Shown) -> Pieces:
        """Return the pieces of `results.html`."""
        found = shown.found
        state, page, near = found.state, found.page, found.near
        exact = isinstance(found.request.query, Exact) and not found.request.query.alike
        compared = shown.compared if exact and not page.total and not state.filters else 0
        is_told = shown.notes or found.ladder or compared
        around = self._around(shown)
        beside = {  # what the address says besides, and what few searches have
            "tongues": self._frame.tongues(),
            "read": self._read(found, exact),
            "before": self._macros.before(state, shown.notes, found.ladder, compared) if is_told else "",
            "others": self._macros.others(found.others) if found.others else "",
            "nearest": self._nearest(shown) if near.hits else "",
        }
        return {**around, **sent(beside), "hits": self._listed(shown, around["tray"])}

    def _around(self, shown: Shown) -> Pieces:
        """Return what stands around the hits, which is the same whenever this page of a search is asked for."""
        state, page, frame = shown.found.state, shown.found.page, self._frame

        def write() -> Mapping[str, str]:
            turns = present.pages(state.page, max(1, -(-page.total // state.size)), shown.turn)
            led = self._macros.turns(turns) if len(turns.turns) > 1 else ""
            applied = present.applied(state, shown.found.names)
            return {
                **frame.around(state, page, applied, shown.panel(), "/"),
                "bar": frame.bar(state, shown.view, page.total) if page.total else "",
                "pager": frame.pager(state, page.total, shown.sizes, led) if page.total else "",
                "tray": frame.tray(state, len(page.hits)) if page.hits else "",
            }

        numbers = page.total, page.occurrences, len(page.hits)
        return self._kept.pieces((self._language, shown.version, state, shown.view, shown.sought, numbers), write)

    @property
    def _macros(self) -> Any:
        return self._environment.get_template(_FILE).module

    def _read(self, found: Answered, exact: bool) -> str:
        """Return how the query was read, or that nothing matches; empty where nothing need be said."""
        page, is_match = found.page, isinstance(found.request.query, Match)
        reading = page.readings[0] if is_match and page.readings else None
        if page.total and not exact and reading is None:
            return ""
        printed = as_printed(found.state, reading.run) if reading and reading.whole else None
        fill = self._get("read", page.total > 0, exact, bool(found.near.hits), reading is not None, printed is not None)
        return fill(
            {
                "said": mixed_html(answers.reading(reading, page.total)) if reading else "",
                "printed": escape(self._links.search_url(printed)) if printed else "",
                "whole": str(reading.whole) if reading else "",
            }
        )

    def _listed(self, shown: Shown, tray: bytes) -> bytes:
        state, page, names = shown.found.state, shown.found.page, shown.found.names
        if not page.hits:
            is_said = page.total or not shown.found.near.hits
            return str(self._macros.empty(state, page, bool(state.filters))).encode() if is_said else b""
        first, is_ranked = (state.page - 1) * state.size + 1, state.sort == SORTS[0]
        of = Listing(shown.version, shown.view == "compact", is_ranked, names, hit_args(state))
        if is_ranked:
            written = [self._get("unseen")({}).encode(), self._hits(list(enumerate(page.hits)), first, of)]
        else:
            written = []
            for volume, hits in present.by_volume(page.hits, names):
                written += [str(self._macros.heading(volume)).encode(), self._hits(hits, first, of)]
        return b"\n".join([*written, tray])

    def _nearest(self, shown: Shown) -> str:
        found = shown.found
        is_compact = bool(found.page.total) or shown.view == "compact"
        of = Listing(shown.version, is_compact, True, found.names, found.state.text)
        listed = self._hits(list(enumerate(found.near.hits)), 0, of).decode()
        return str(self._macros.nearest(found.state, found.page, found.near, bool(found.state.filters), listed))
