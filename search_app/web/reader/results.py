"""Writes the pieces of the page of a search: what stands around it, its hits, and what is said beside them."""

from collections.abc import Mapping, Sequence
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
from search_app.web.reader.hits import HitList
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words import answers

_FILE = "_results.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A search and its answer, as a page shows it."""

    found: Answered
    notes: Sequence[Note]
    """All notes, also about the address."""
    applied: Sequence[present.Applied]
    panel: Panel
    turns: present.Pages
    view: str
    sizes: Sequence[int]
    compared: int
    """How many entries there are, all of which were compared with a quoted text."""


class Results:
    """The pages of searches in one language; `links` are the addresses of the app."""

    def __init__(self, environment: Environment, links: SimpleNamespace, frame: Frame) -> None:
        """Take the language's environment, and what stands around a search; nothing is read yet."""
        self._environment = environment
        self._links = links
        self._frame = frame
        self._get = Patterns(environment, _FILE).get
        self._hits = HitList(environment, links)

    def pieces(self, shown: Shown) -> Mapping[str, str]:
        """Return the pieces of `results.html`."""
        found, frame = shown.found, self._frame
        state, page, near = found.state, found.page, found.near
        exact = isinstance(found.request.query, Exact) and not found.request.query.alike
        compared = shown.compared if exact and not page.total and not shown.applied else 0
        turns = self._macros.turns(shown.turns) if len(shown.turns.turns) > 1 else ""
        is_told = shown.notes or found.ladder or compared
        return {
            **frame.around(state, page, shown.applied, shown.panel, "/"),
            "read": self._read(found, exact),
            "before": self._macros.before(state, shown.notes, found.ladder, compared) if is_told else "",
            "bar": frame.bar(state, shown.view, page.total) if page.total else "",
            "hits": self._listed(shown),
            "others": self._macros.others(found.others) if found.others else "",
            "pager": frame.pager(state, page.total, shown.sizes, turns) if page.total else "",
            "nearest": self._nearest(shown) if near.hits else "",
        }

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

    def _listed(self, shown: Shown) -> str:
        state, page, names = shown.found.state, shown.found.page, shown.found.names
        if not page.hits:
            return (
                str(self._macros.empty(state, page, shown.applied)) if page.total or not shown.found.near.hits else ""
            )
        first, args = (state.page - 1) * state.size + 1, hit_args(state)
        if state.sort == SORTS[0]:
            listed = self._hits(list(enumerate(page.hits)), first, shown.view, True, names, state.text, args)
            written = [self._get("unseen")({}), listed]
        else:
            written = []
            for volume, hits in present.by_volume(page.hits, names):
                listed = self._hits(hits, first, shown.view, False, names, state.text, args)
                written += [self._macros.heading(volume), listed]
        return "\n".join([*written, self._frame.tray(state, len(page.hits))])

    def _nearest(self, shown: Shown) -> str:
        found = shown.found
        view = "compact" if found.page.total else shown.view
        listed = self._hits(list(enumerate(found.near.hits)), 0, view, True, found.names, found.state.text, "")
        return str(self._macros.nearest(found.state, found.page, found.near, shown.applied, listed))
