"""Builds the address of every page.  Independent of Flask.

Every value that an entry may have gets an address leading back to it: in the path or, if no path can carry it, as an
argument.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import quote, quote_plus

from indexer.search.fields import value_of
from indexer.search.query.tree import Filter
from search_app.shown import links
from search_app.shown.links import SearchState, asked_args, shown_args, to_args

_LAST = datetime.max.replace(tzinfo=UTC)
"""No capture is later; of several, the nearest to a time is shown."""
AT = "at"
"""Argument of an entry's address that says which hit it was."""
_SEGMENT = r"(?!\.\.?(?:/|\Z))[^/\x00-\x1f\x7f-\x9f]+"
"""What may stand between two slashes of a path: browsers remove `.` and `..`, encoded or not, and servers refuse or
drop control characters and empty segments."""
_SEGMENTS = re.compile(f"{_SEGMENT}(?:/{_SEGMENT})*")


def search_url(state: SearchState, path: str = "/") -> str:
    """Return the address of a search."""
    asked = _asked(state.text, state.filters)
    shown = _shown(state.sort, state.page, state.size, state.nearest_page, state.explain)
    args = f"{asked}&{shown}" if asked and shown else asked or shown
    return f"{path}?{args}" if args else path


@lru_cache(512)
def _asked(text: str, filters: tuple[Filter, ...]) -> str:
    return query(asked_args(text, filters))


@lru_cache(512)
def _shown(sort: str, page: int, size: int, nearest_page: int, explain: bool) -> str:
    return query(shown_args(SearchState("", (), sort, page, size, nearest_page, explain)))


def query(args: Iterable[tuple[str, str]]) -> str:
    """Return arguments as `urlencode` writes them, which remembers nothing: a page has twenty addresses with the same texts."""
    return "&".join([f"{_encoded(name)}={_encoded(value)}" for name, value in args])


_encoded = lru_cache(512)(quote_plus)


def lines_url(state: SearchState, size: int = 0, path: str = "/concordance") -> str:
    """Return the address of a search's occurrences in their lines; `size` of them a page, 0 for as many as usual."""
    address = search_url(state, path)
    return f"{address}{'&' if '?' in address else '?'}size={size}" if size else address


def trend_url(texts: Sequence[str], state: SearchState, measure: str, path: str = "/trend") -> str:
    """Return the address of several searches through the volumes, with the filters of one; `measure` may be empty."""
    kept = [(name, value) for name, value in to_args(state) if name in links.FILTER_ARGS]
    return f"{path}?{query([*(('q', text) for text in texts), *kept, *([('measure', measure)] if measure else [])])}"


def receipt_url(state: SearchState, claim: Iterable[tuple[str, str]] = (), path: str = "/receipt") -> str:
    """Return the address of a search's receipt; `claim` are the arguments that say what was found when it was taken.

    Without any, the address leads on to that of a receipt taken now.
    """
    asked = SearchState(state.text, state.filters, state.sort)
    args = query([*to_args(asked), *claim])
    return f"{path}?{args}" if args else path


def export_url(state: SearchState) -> str:
    """Return the address where a reader chooses how to take away all that a search finds."""
    return search_url(SearchState(state.text, state.filters, state.sort), "/export")


def taken_url(entry_id: str, form: str = "") -> str:
    """Return the address of one entry in a format or, without one, where a reader chooses it."""
    return _by_arguments("/export", id=entry_id, format=form or None)


def feed_url(state: SearchState, page: int = 1) -> str:
    """Return the address of the feed of a search; `page` counts from the newest entries back."""
    return search_url(SearchState(state.text, state.filters, page=page), "/feed")


def sitemap_url(volume: str, yearbook: str | None = None, part: int = 1) -> str:
    """Return the address of a volume's site map, or of a further part of it; `yearbook` is as for `volume_url`.

    All site maps have one path, at the top: one further down may not name pages beside it (sitemaps.org).
    """
    number = str(part) if part > 1 else None
    return _by_arguments("/sitemap.xml", volume=value_of(volume), yearbook=yearbook, part=number)


def entry_url(entry_id: str, text: str = "") -> str:
    """Return the address of an entry, with the search whose marks it is to show."""
    if entry_id in (".", ".."):  # a path can carry any other id
        return _by_arguments("/entry/", id=entry_id, q=text or None)
    path = f"/entry/{_id_in_path(entry_id)}"
    return f"{path}?q={_encoded(text)}" if text else path


def hit_args(state: SearchState) -> str:
    """Return the arguments that all hits of a search have in their addresses."""
    return query(to_args(SearchState(state.text, state.filters, state.sort, 1, state.size)))


def hit_url(entry_id: str, args: str, number: int) -> str:
    """Return the address of a hit, with what `hit_args` gives and its number, at the first place that is marked."""
    address = entry_url(entry_id)
    return f"{address}{'&' if '?' in address else '?'}{args}&{AT}={number}#o1"


def volume_url(volume: str, section: str | None = None, yearbook: str | None = None) -> str:
    """Return the address of a volume's contents, or of one of its sections; `section` is the printed name.

    `yearbook` tells volumes of one id apart: the yearbook's value, or None where the id is of one yearbook alone.
    """
    named = None if section is None else value_of(section)
    # The first slash in the path ends the volume's name; the section's may contain further ones.
    if "/" in volume or not _fits_path(volume) or (named and not _fits_path(named)):
        return _by_arguments("/volume/", id=volume, section=named, yearbook=yearbook)
    path = f"/volume/{quote(volume, safe='')}"
    return _by_arguments(f"{path}/{quote(named, safe='')}" if named else path, yearbook=yearbook)


def held_url(volume: str, name: str = "", section: str | None = None, page: int = 1) -> str:
    """Return the address of what is held of a volume: its page or, by name, a list of pages, of one section or of all."""
    path = f"/holdings/{quote(volume, safe='')}" + (f"/{name}" if name else "")
    named = None if section is None else value_of(section)
    return _by_arguments(path, section=named, page=str(page) if page > 1 else None)


def author_url(name: str) -> str:
    """Return the address of a contributor's page."""
    return f"/author/{_in_path(name)}" if _fits_path(name) else _by_arguments("/author/", name=name)


def stored_url(moment: datetime, url: str, way: str = "") -> str:
    """Return the address of a page as captured at a time; `way` is `raw`, `frame` or `part` for what belongs to it."""
    return f"/page/{digits_of(moment)}{'/' if way else ''}{way}?url={quote(url, safe='')}"


def newest_url(url: str) -> str:
    """Return the address that leads to the newest capture of a page; it stays the same whenever it is asked for."""
    return stored_url(_LAST, url)


def digits_of(moment: datetime) -> str:
    """Return a time as web archives write it: 14 digits, UTC."""
    # Not strftime, which writes the year 987 with three digits.
    return re.sub("[^0-9]", "", moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds"))


def under(root: str) -> SimpleNamespace:
    """Return the functions of `links` and this module for an app whose addresses begin with a path.

    Each `…_url` includes it.
    """

    def moved(url: Callable[..., str]) -> Callable[..., str]:
        return lambda *args: root + url(*args)

    # Without a root the functions themselves are used, since a page calls them a hundred times.
    return SimpleNamespace(
        **vars(links),
        **{name: moved(each) if root and name.endswith("_url") else each for name, each in _addresses()},
    )


def _addresses() -> Iterable[tuple[str, Callable[..., str]]]:
    return [(name, each) for name, each in globals().items() if name.endswith("_url") or name == "hit_args"]


@lru_cache(4096)
def _id_in_path(entry_id: str) -> str:
    return quote(entry_id, safe="~@")


@lru_cache(512)
def _in_path(name: str) -> str:
    return quote(name, safe="")


def _fits_path(name: str) -> bool:
    # Most names are letters and digits, and checking that is faster than matching the pattern.
    return name.isalnum() or _SEGMENTS.fullmatch(name) is not None


def _by_arguments(path: str, **args: str | None) -> str:
    given = query([(name, value) for name, value in args.items() if value is not None])
    return f"{path}?{given}" if given else path
