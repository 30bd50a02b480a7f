"""Writes in HTML what stands around a search and its hits, by the patterns of `_search.html`."""

from collections.abc import Iterable, Sequence
from html import escape
from types import SimpleNamespace

from jinja2 import Environment
from markupsafe import Markup

from indexer.search.query.tree import SORTS
from indexer.search.shown.results import ResultPage
from search_app.shown.links import SearchState, form_args
from search_app.shown.present import Applied
from search_app.shown.searching.refining import Panel
from search_app.web.reader.choices import ChoiceList
from search_app.web.reader.languages import switched
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words.answers import number
from search_app.words.language import gettext

_FILE = "_search.html"
_KEPT_BY_FORM = ("q", "page", "nearest_page")
"""Arguments that the search box sends itself, or that another search does not keep."""
_KEPT_BY_TRAY = ("page", "size", "nearest_page", "explain")
"""Arguments that do not say by which search an entry was found."""


class Frame:
    """What stands around a search in one language; `links` are the addresses of the app."""

    def __init__(self, environment: Environment, links: SimpleNamespace) -> None:
        """Take the language's environment; nothing is read yet."""
        self._environment = environment
        self._links = links
        self._get = Patterns(environment, _FILE).get
        self._choices = ChoiceList(environment, links, self.hidden)

    def around(
        self, state: SearchState, page: ResultPage, applied: Sequence[Applied], panel: Panel, path: str
    ) -> dict[str, str]:
        """Return the pieces of `search.html`; `path` says which way what is found is looked at."""
        text, total = escape(state.text), page.total
        several, places = min(total, 2), min(page.occurrences or 0, 2) if total else 0
        counts = {"total": number(total), "places": number(page.occurrences or 0)}
        said = "".join([self._get("applied")({"name": each.name, "label": mixed_html(each.label)}) for each in applied])
        return {
            "title": text or escape(gettext("浏览")),
            "feed": self._get("feed", bool(text))({"feed": escape(self._links.feed_url(state)), "text": text}),
            "form": self.form(state.text, state),
            "skips": self._get("skips", panel.chooses)({}),
            "paper": self._get("paper", bool(text), several)(
                {"text": mixed_html(state.text), "applied": said} | counts
            ),
            "count": self._get("count", several, places)(counts),
            "chips": self._chips(state, applied, path),
            "solo": "" if panel.chooses else " solo",
            "panel": self._choices.panel(panel, state, len(applied), path),
            "ways": self.ways(state, path) if total else "",
        }

    def _chips(self, state: SearchState, applied: Sequence[Applied], path: str) -> str:
        macros = self._environment.get_template(_FILE).module
        return str(macros.chips(applied, state, path)) if applied else self._get("chips", ())({})  # type: ignore[attr-defined]

    def form(self, text: str, state: SearchState | None, autofocus: bool = False) -> Markup:
        """Return the search box, with the search that is shown, if one is."""
        passed = self.hidden(form_args(state, but=_KEPT_BY_FORM)) if state else ""
        return Markup(self._get("form", autofocus)({"text": escape(text), "passed": passed}))

    def tray(self, state: SearchState, shown: int) -> Markup:
        """Return the form that takes ticked hits away, of which so many can be ticked."""
        return Markup(self._get("tray", shown > 1)({"passed": self.hidden(form_args(state, but=_KEPT_BY_TRAY))}))

    def hidden(self, args: Iterable[tuple[str, str]]) -> str:
        """Return arguments that a form passes on unchanged."""
        fill = self._get("hidden")
        return "".join([fill({"name": escape(name), "value": escape(value)}) for name, value in args])

    def ways(self, state: SearchState, path: str) -> Markup:
        """Return the ways to look at what a search finds; `path` is that of the present one."""
        url, ranked = self._links.search_url, state.sorted_by(SORTS[0])
        filled = {
            "entries": url(state if path == "/" else state.at_page(1)),
            "lines": url(state if path == "/concordance" else ranked, "/concordance"),
            "trend": url(ranked, "/trend"),
        }
        return Markup(self._get("ways", path, bool(state.text))(_escaped(filled)))

    def bar(self, state: SearchState, view: str, total: int) -> Markup:
        """Return the orders and ways of showing that can be chosen for so many hits."""
        url = self._links.search_url
        filled = {sort: url(state.sorted_by(sort)) for sort in SORTS if sort != state.sort} if total > 1 else {}
        filled |= {"here": url(state) + ("&" if state.asks else "?"), "export": self._links.export_url(state)}
        return Markup(self._get("bar", state.sort, view, SORTS if total > 1 else ())(_escaped(filled)))

    def pager(self, state: SearchState, total: int, sizes: Sequence[int], turns: str) -> Markup:
        """Return what leads on from so many hits; `turns` is the mark-up that leads to their other pages."""
        links, shown = self._links, state.size if state.size in sizes else 0
        offered = tuple(sizes) if total > sizes[0] else ()
        filled = {f"size-{size}": links.search_url(state.sized(size)) for size in offered if size != shown}
        filled |= {
            "receipt": links.receipt_url(state),
            "feed": links.feed_url(state),
            "explain": links.search_url(state.explained(not state.explain)) if state.text else "",
        }
        fill = self._get("pager", shown, offered, bool(state.text), state.explain)
        return Markup(fill(_escaped(filled) | {"turns": turns}))

    def tongues(self) -> Markup:
        """Return the languages in which the page can be read."""
        return Markup(self._get("tongues")({"here": escape(switched())}))


def _escaped(filled: dict[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in filled.items()}
