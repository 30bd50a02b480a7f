"""Writes in HTML what narrows a search, by the patterns of `_panel.html`: values of facets as boxes, years as bars."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from urllib.parse import quote_plus

from jinja2 import Environment

from search_app.shown.links import MAX_VALUES, SearchState
from search_app.shown.searching.refining import Bar, Choice, Group, Panel, choosing
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words.answers import number

_FILE = "_panel.html"
_KEPT = 2048
"""Boxes that are kept as written, some 600 bytes each: every search shows the same values, with other numbers."""
_ANY_YEAR = "\0"
"""Stands for the years in an address, of which none is written so."""
_YEAR = "year"
_FEW = 8
"""Bars that stand as wide as they like."""
_TALLEST = 95
"""Per cent of the room that the highest bar takes."""


class ChoiceList:
    """What narrows a search in one language; `links` are the addresses of the app."""

    def __init__(
        self, environment: Environment, links: SimpleNamespace, hidden: Callable[[Iterable[tuple[str, str]]], str]
    ) -> None:
        """Take the language's environment, and what writes arguments that a form passes on; nothing is read yet."""
        self._hidden = hidden
        self._links = links
        self._get = Patterns(environment, _FILE).get
        self._boxes = lru_cache(_KEPT)(self._write_box)

    def panel(self, shown: Panel, state: SearchState, applied: int, path: str) -> str:
        """Return all that narrows a search, to which so many filters are applied; empty where there is nothing."""
        if not shown.chooses:
            return ""
        years = ("many" if len(shown.years) > _FEW else "few") if shown.years else ""
        return self._get("panel", path, applied > 0, years)(
            {
                "applied": str(applied),
                "passed": self._hidden(shown.passed),
                "bars": self._bars(shown.years, state, path),
                "groups": "\n".join([self._group(each, state, path) for each in shown.groups]),
            }
        )

    def _group(self, group: Group, state: SearchState, path: str) -> str:
        sought, has_rest = bool(group.sought), bool(group.rest or group.more or group.sought)
        fill = self._get("group", group.field, group.full, has_rest, sought, sought and not group.first)
        return fill(
            {
                "first": self._listed(group.first, group, state, path),
                "rest": self._listed(group.rest, group, state, path),
                "number": number(len(group.rest) + group.more),
                "sought": escape(group.sought),
                "missed": mixed_html(group.sought),
                "all": escape(self._links.search_url(state, f"/facet/{group.field}")) if has_rest else "",
            }
        )

    def _listed(self, listed: Sequence[Choice], group: Group, state: SearchState, path: str) -> str:
        return "\n".join([self._box(each, group, state, path) for each in listed])

    def _box(self, each: Choice, group: Group, state: SearchState, path: str) -> str:
        if each.excluded:
            return self._excluded(each, self._links.search_url(state.including(group.field, each.value), path))
        before, after = self._boxes(
            *each.box, each.label, each.selected, group.full and not each.selected, not each.count
        )
        return f"{before}{_counted(each.count)}{after}"

    def _write_box(
        self, name: str, value: str, label: str, selected: bool, disabled: bool, zero: bool
    ) -> tuple[str, str]:
        """Return what stands before and behind the number of entries."""
        filled = {"name": name, "value": escape(value), "label": escape(label)}
        return self._get("choice", selected, disabled, zero)(filled), self._get("counted", selected)(filled)

    def _excluded(self, each: Choice, url: str) -> str:
        name, value = each.box
        filled = {"name": name, "value": escape(value), "label": escape(each.label), "url": escape(url)}
        return self._get("excluded", each.selected)(filled | {"count": _counted(each.count)})

    def _bars(self, years: Sequence[Bar], state: SearchState, path: str) -> str:
        """Return years as bars, each of which is a link that chooses it.

        Most links differ in nothing but their years, and are made of one address.
        """
        room, before, after = MAX_VALUES - len(state.selected(_YEAR)), "", ""
        if years and room:
            url = escape(self._links.search_url(choosing(state, (_ANY_YEAR,)), path))
            before, _, after = url.partition(f"{_YEAR}={quote_plus(_ANY_YEAR)}")
        written = []
        for each in years:
            if each.selected or each.excluded or len(each.values) > room:
                url = escape(self._links.search_url(each.state, path))
            else:
                url = before + "&amp;".join([f"{_YEAR}={value}" for value in each.values]) + after
            written.append(self._bar(each, url))
        return "".join(written)

    def _bar(self, each: Bar, url: str) -> str:
        tall = int(each.height * _TALLEST)
        return self._get("bar", each.selected, each.excluded)(
            {
                "url": url,
                "name": escape(each.name),
                "said": escape(each.said),
                "count": _counted(each.count),
                "top": str(100 - tall),
                "tall": str(tall),
                "label": escape(each.label),
            }
        )


def _counted(count: int) -> str:
    return str(count) if count < 1000 else number(count)
