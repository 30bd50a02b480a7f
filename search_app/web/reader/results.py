"""Writes the pieces of the page of a search: what stands around it, its hits, and what is said beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment

from indexer.search.query.tree import SORTS, Exact, Match
from search_app.shown import present
from search_app.shown.addresses import hit_args
from search_app.shown.searching.answered import Answered
from search_app.shown.searching.refining import Panel
from search_app.web.reader.framing import Frame
from search_app.web.reader.hits import HitList

_FILE = "_results.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A search and its answer, as a page shows it."""

    found: Answered
    notes: Sequence[Any]
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
        self._frame = frame
        self._hits = HitList(environment, links)

    def pieces(self, shown: Shown) -> Mapping[str, str]:
        """Return the pieces of `results.html`."""
        found, frame = shown.found, self._frame
        state, page, near = found.state, found.page, found.near
        macros: Any = self._environment.get_template(_FILE).module
        exact = isinstance(found.request.query, Exact) and not found.request.query.alike
        reading = page.readings[0] if isinstance(found.request.query, Match) and page.readings else None
        compared = shown.compared if exact and not page.total and not shown.applied else 0
        turns = macros.turns(shown.turns) if len(shown.turns.turns) > 1 else ""
        is_told = shown.notes or found.ladder or compared
        return {
            **frame.around(state, page, shown.applied, shown.panel, "/"),
            "read": macros.read(state, page, near, exact, reading) if exact or reading or not page.total else "",
            "before": macros.before(state, shown.notes, found.ladder, compared) if is_told else "",
            "bar": frame.bar(state, shown.view, page.total) if page.total else "",
            "hits": self._listed(shown, macros),
            "others": macros.others(found.others) if found.others else "",
            "pager": frame.pager(state, page.total, shown.sizes, turns) if page.total else "",
            "nearest": self._nearest(shown, macros) if near.hits else "",
        }

    def _listed(self, shown: Shown, macros: Any) -> str:
        state, page, names = shown.found.state, shown.found.page, shown.found.names
        if not page.hits:
            return macros.empty(state, page, shown.applied) if page.total or not shown.found.near.hits else ""
        first, args = (state.page - 1) * state.size + 1, hit_args(state)
        if state.sort == SORTS[0]:
            listed = self._hits(list(enumerate(page.hits)), first, shown.view, True, names, state.text, args)
            written = [macros.unseen(), listed]
        else:
            written = []
            for volume, hits in present.by_volume(page.hits, names):
                listed = self._hits(hits, first, shown.view, False, names, state.text, args)
                written += [macros.heading(volume), listed]
        return "\n".join([*written, self._frame.tray(state, len(page.hits))])

    def _nearest(self, shown: Shown, macros: Any) -> str:
        found = shown.found
        view = "compact" if found.page.total else shown.view
        listed = self._hits(list(enumerate(found.near.hits)), 0, view, True, found.names, found.state.text, "")
        return macros.nearest(found.state, found.page, found.near, shown.applied, listed)
