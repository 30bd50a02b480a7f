"""Represents a search as a value that converts to URL arguments and back.

A link on the results page is the current search plus or minus one thing.  Independent of Flask.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from indexer.search.fields import FILTERS, YEAR
from indexer.search.query.grammar import parse
from indexer.search.query.notes import Note, note
from indexer.search.query.tree import MAX_SIZE, SORTS, Any, Exact, Filter, SearchRequest, filter_values
from indexer.search.query.written import written
from search_app.words.answers import listed
from search_app.words.argumentcodes import ArgumentCode

DEFAULT_SIZE = 20
MAX_PAGE = 100_000
MAX_HIT = MAX_PAGE * MAX_SIZE
MAX_VALUES = 50
"""Most values to which one facet may be limited; no reader chooses more."""
_CHANGED_BY_FORMS = re.compile(r"[\x00\r\n]")
"""HTML cannot contain NUL or carriage return, and forms send every line break as CR LF."""
_NOT = "not."
"""Begins the name of an argument whose values are excluded."""
_ENCODED = "*"
"""Ends the name of an argument whose value is percent-encoded once more, as in RFC 8187."""
_WAYS = tuple((way, name, _NOT * way + name) for way in (False, True) for name in FILTERS)
"""Each way to limit a search by a field: whether values are excluded, the field, the argument; in the order of filters."""
FILTER_ARGS = frozenset(name for _, _, name in _WAYS)
"""Names of the arguments by which a search is limited."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the reader typed and chose."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = SORTS[0]
    page: int = 1
    size: int = DEFAULT_SIZE
    nearest_page: int = 1
    explain: bool = False
    """Whether each hit shows what its score is made of."""

    @property
    def asks(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.text.strip() or self.filters)

    def request(self) -> tuple[SearchRequest, tuple[Note, ...]]:
        """Return the search to run, and the grammar's notes for the reader."""
        node, notes = parse(self.text)
        if node is None and self.text.strip() and not self.filters:
            node = Any(())  # operators without words ask for nothing, not for everything
        return SearchRequest(node, self.filters, self.sort, self.page, self.size, self.explain), notes

    def asking(self, request: SearchRequest) -> "SearchState | None":
        """Return the search that asks for another query and other filters, from the first page.

        None if nobody can type the query.
        """
        text = "" if request.query is None else written(request.query)
        if text is None:
            return None
        other = replace(self, text=text, filters=request.filters, page=1, nearest_page=1)
        asked = other.request()[0]
        return other if (asked.query, asked.filters) == (request.query, request.filters) else None

    def selected(self, field: str) -> tuple[str, ...]:
        """Return the chosen values of one facet."""
        return filter_values(self.filters, field)

    def excluded(self, field: str) -> tuple[str, ...]:
        """Return the values of one facet that are excluded."""
        return filter_values(self.filters, field, exclude=True)

    def with_values(self, field: str, values: Iterable[str], *, exclude: bool = False) -> "SearchState":
        """Return the search with one facet's selection, or exclusion, replaced, back on its first page."""
        chosen = {(each.exclude, each.field): each.values for each in self.filters}
        chosen[exclude, field] = tuple(dict.fromkeys(values))
        return self._limited(
            tuple([Filter(name, found, way) for way, name, _ in _WAYS if (found := chosen.get((way, name)))])
        )

    def _limited(self, filters: tuple[Filter, ...]) -> "SearchState":
        # A page makes a dozen; `replace` takes four times as long.
        return SearchState(self.text, filters, self.sort, 1, self.size, 1, self.explain)

    def full(self, field: str) -> bool:
        """Return whether one facet has as many values chosen as allowed."""
        return len(self.selected(field)) >= MAX_VALUES

    def adding(self, field: str, value: str) -> "SearchState":
        """Return the search with one more value chosen, and no longer excluded."""
        return self.including(field, value).with_values(field, (*self.selected(field), value))

    def excluding(self, field: str, value: str) -> "SearchState":
        """Return the search with one more value excluded, and no longer chosen."""
        return self.removing(field, value).with_values(field, (*self.excluded(field), value), exclude=True)

    def including(self, field: str, value: str) -> "SearchState":
        """Return the search with one value no longer excluded."""
        left = (each for each in self.excluded(field) if each != value)
        return self.with_values(field, left, exclude=True)

    def removing(self, field: str, value: str) -> "SearchState":
        """Return the search without one chosen value."""
        return self.with_values(field, (each for each in self.selected(field) if each != value))

    def without_selection(self, fields: Iterable[str]) -> "SearchState":
        """Return the search without the values chosen in some fields; excluded ones stay."""
        among = frozenset(fields)
        return self._limited(tuple(each for each in self.filters if each.exclude or each.field not in among))

    def without_filters(self) -> "SearchState":
        """Return the search without any chosen or excluded values."""
        return self._limited(())

    def sorted_by(self, sort: str) -> "SearchState":
        """Return the search in another order, from the first page."""
        return SearchState(self.text, self.filters, sort, 1, self.size, 1, self.explain)

    def sized(self, size: int) -> "SearchState":
        """Return the search with more or fewer hits a page, at the page where the first hit shown now is."""
        return self._turned((self.page - 1) * self.size // size + 1, size)

    def explained(self, explain: bool) -> "SearchState":
        """Return the search with explanations of scores turned on or off."""
        return replace(self, explain=explain)

    def at_nearest(self, page: int) -> "SearchState":
        """Turn to another page of the entries that come near."""
        return replace(self, nearest_page=page)

    def at_page(self, page: int) -> "SearchState":
        """Return the search at another page."""
        return self._turned(page, self.size)

    def _turned(self, page: int, size: int) -> "SearchState":
        return SearchState(self.text, self.filters, self.sort, page, size, self.nearest_page, self.explain)


def to_args(state: SearchState) -> list[tuple[str, str]]:
    """Return the URL arguments of a search as names and values, without defaults."""
    return asked_args(state.text, state.filters) + shown_args(state)


def asked_args(text: str, filters: Iterable[Filter]) -> list[tuple[str, str]]:
    """Return those that say what is found; they come first."""
    args = [("q", text)] if text else []
    return args + [(_NOT * each.exclude + each.field, value) for each in filters for value in each.values]


def shown_args(state: SearchState) -> list[tuple[str, str]]:
    """Return those that say how what is found is shown."""
    args = []
    if state.sort != SORTS[0]:
        args.append(("sort", state.sort))
    if state.page != 1:
        args.append(("page", str(state.page)))
    if state.size != DEFAULT_SIZE:
        args.append(("size", str(state.size)))
    if state.nearest_page != 1:
        args.append(("nearest_page", str(state.nearest_page)))
    if state.explain:
        args.append(("explain", "1"))
    return args


def from_args(args: Mapping[str, Sequence[str]]) -> tuple[SearchState, tuple[Note, ...]]:
    """Read URL arguments; also return notes about wrong ones, for which the defaults are used."""
    wrong: list[Note] = []
    filters = []
    for exclude, field, name in _WAYS:
        if name not in args and name + _ENCODED not in args:  # as of most, and every request passes here
            continue
        values = [value for value in _all(args, name) if value]
        if field == "year" and (odd := [value for value in values if not is_year(value)]):
            wrong.append(note(ArgumentCode.NO_YEAR, name=name, value=brief(odd[0])))
            values = [value for value in values if value not in odd]
        if len(values) > MAX_VALUES:
            wrong.append(note(ArgumentCode.TOO_MANY_VALUES, name=name, limit=MAX_VALUES))
        if values:
            filters.append(Filter(field, tuple(dict.fromkeys(values[:MAX_VALUES])), exclude))
    sort = last_of(args, "sort") or SORTS[0]
    if sort not in SORTS:
        wrong.append(no_sort(sort, SORTS))
        sort = SORTS[0]
    page = number_of(args, "page", 1, 1, MAX_PAGE, wrong)
    size = number_of(args, "size", DEFAULT_SIZE, 1, MAX_SIZE, wrong)
    nearest_page = number_of(args, "nearest_page", 1, 1, MAX_PAGE, wrong)
    explain = bool(number_of(args, "explain", 0, 0, 1, wrong))
    text = (_all(args, "q") or [""])[-1]
    return SearchState(text, tuple(filters), sort, page, size, nearest_page, explain), tuple(wrong)


def no_sort(sort: str, known: Iterable[str]) -> Note:
    """Note that there is no such order."""
    return note(ArgumentCode.NO_SORT, name="sort", value=brief(sort), known=listed(known))


def no_format(form: str, known: Iterable[str]) -> Note:
    """Note that there is no such form of an answer or a file."""
    return note(ArgumentCode.NO_FORMAT, name="format", value=brief(form), known=listed(known))


def brief(value: str) -> str:
    """Return the beginning of an argument's value, for a note about it."""
    return value[:20]


def is_year(text: str) -> bool:
    """Return whether a text is a year that can be filtered by."""
    return re.fullmatch(YEAR, text) is not None


def form_args(state: SearchState, but: Iterable[str]) -> list[tuple[str, str]]:
    """Return the arguments of a search, except those named in `but`, as names and values of form inputs."""
    return [form_arg(name, value) for name, value in to_args(state) if name not in but]


def form_arg(name: str, value: str) -> tuple[str, str]:
    """Return name and value of the input with which a form sends an argument unchanged."""
    if value.isprintable() or not _CHANGED_BY_FORMS.search(value):
        return name, value
    return name + _ENCODED, quote(value, safe="")


def exactly(string: str) -> SearchState | None:
    """Return the search for a string as printed; None if it is too long or contains every kind of quotation mark."""
    text = written(Exact(string))
    return SearchState(text) if text is not None and not parse(text)[1] else None


def as_printed(state: SearchState, run: str) -> SearchState | None:
    """Return the same search for a run as it stands; None if no quotation marks can hold it."""
    exact = exactly(run)
    return exact and replace(state, text=exact.text, page=1, nearest_page=1)


def _all(args: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [*args.get(name, ()), *map(unquote, args.get(name + _ENCODED, ()))]


def last_of(args: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the last value of an argument; empty if there is none."""
    values = args.get(name, ())
    return values[-1] if values else ""


def number_of(
    args: Mapping[str, Sequence[str]], name: str, default: int, least: int, most: int, wrong: list[Note]
) -> int:
    """Return an argument that is a number between `least` and `most`; for a wrong one, note it and return the default."""
    text = last_of(args, name).strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        wrong.append(note(ArgumentCode.NO_NUMBER, name=name, value=brief(text), least=least, most=most))
        return default
    return int(text)
