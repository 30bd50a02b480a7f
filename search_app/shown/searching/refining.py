"""Arranges the facets of a search for choosing among them: the values most entries have first, years as bars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from msgspec import Struct

from indexer.search.engine import Searcher
from indexer.search.fields import EVERY, FACETS
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, FacetValue, ResultPage
from indexer.search.suggestible import SuggestionKind
from search_app.shown.links import MAX_VALUES, SearchState, form_arg, last_of, to_args
from search_app.shown.naming import Names
from search_app.shown.searching.suggested import named
from search_app.words import answers

FIRST = 8
"""Values that each group shows at once."""
FOUND = 100
"""Values shown of those in which a reader's text stands."""
BARS = 12
"""Most bars; more years are shown by spans of five."""
_SPAN = 5
_SOUGHT = "find."
"""Begins the name of the argument that says what is looked for in a group."""
_KINDS = {"section": SuggestionKind.SECTION, "author": SuggestionKind.AUTHOR, "yearbook": SuggestionKind.YEARBOOK}


class Choice(Struct, frozen=True, gc=False):
    """A value that a box chooses, and a button excludes."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    box: tuple[str, str]
    """Name and value that the box sends; the button that excludes it sends the same, with `not.` before the name."""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one facet."""

    field: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    more: int
    """How many further values have hits, but are not listed."""
    sought: str = ""
    """What the reader looks for among the values; the listed ones have it."""
    full: bool = False
    """Whether no further value can be chosen."""


class Bar(Struct, frozen=True):
    """A year, or a span of years, as a bar."""

    values: tuple[str, ...]
    label: str
    name: str
    """The same in full."""
    count: int
    share: float
    """Part of all entries counted, 0 to 1."""
    height: float
    """Part of the highest bar, 0 to 1."""
    said: str
    """What its link does, and what it stands for."""
    selected: bool
    excluded: bool
    asked: SearchState
    """The search whose entries it counts."""

    @property
    def state(self) -> SearchState:
        """The search with these years chosen or, if they are, no longer."""
        state = self.asked
        if self.excluded:
            return state.including("year", self.values[0])
        if self.selected:
            return state.removing("year", self.values[0])
        return choosing(state, self.values)


def choosing(state: SearchState, years: Iterable[str]) -> SearchState:
    """Return a search with further years chosen, as many as may be."""
    return state.with_values("year", (*state.selected("year"), *years)[:MAX_VALUES])


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything by which a search can be narrowed."""

    years: tuple[Bar, ...]
    groups: tuple[Group, ...]
    passed: tuple[tuple[str, str], ...]
    """Names and values that its form sends unchanged."""

    @property
    def chooses(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.years or self.groups)


def panel(
    state: SearchState, page: ResultPage, searcher: Searcher, names: Names, args: Mapping[str, Sequence[str]]
) -> Panel:
    """Arrange the facets of a page of results; yearbooks only where there are several.

    `args` are the address's: `find.section=工` shows the sections in whose names that stands.
    """
    years: tuple[Bar, ...] = ()
    groups = []
    for facet in page.facets:
        looked_for = last_of(args, _SOUGHT + facet.field).strip()
        if facet.field == "year":
            whole = searcher.facet(state.request()[0], "year", limit=EVERY) if facet.more else facet
            years = bars(whole.values, state, names)
        elif (facet.values or looked_for) and (facet.field != "yearbook" or names.several):
            groups.append(_group(facet, state, names, looked_for, searcher))
    boxed = [group.field for group in groups]
    passed = [form_arg(name, value) for name, value in _kept(state, boxed)]
    return Panel(years, tuple(groups), tuple(passed))


def sought(args: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return what an address looks for among the values of each facet."""
    return tuple([last_of(args, _SOUGHT + field) for field in FACETS])


def _kept(state: SearchState, boxed: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Return the arguments that no box sends; what is excluded stays, and so do values chosen in groups not shown."""
    return to_args(state.without_selection(boxed))


def _group(facet: Facet, state: SearchState, names: Names, sought: str, searcher: Searcher) -> Group:
    values = facet.values
    more = facet.more
    if sought:
        values, more = _sought(facet.field, state.request()[0], sought, searcher)
    shown = [_choice(facet.field, each, names) for each in values]
    decided = [each for each in shown if each.selected or each.excluded]
    ordered = [*decided, *(each for each in shown if not (each.selected or each.excluded))]
    many = len(ordered) if sought else max(FIRST, len(decided))
    return Group(facet.field, tuple(ordered[:many]), tuple(ordered[many:]), more, sought, state.full(facet.field))


def _choice(field: str, value: FacetValue, names: Names) -> Choice:
    label = names.label(field, value.value)
    return Choice(value.value, label, value.count, value.selected, value.excluded, form_arg(field, value.value))


def _sought(field: str, request: SearchRequest, text: str, searcher: Searcher) -> tuple[tuple[FacetValue, ...], int]:
    """Return the values in which a text stands, or that may be meant by it, and those chosen; and how many are left."""
    every = searcher.facet(request, field, limit=EVERY).values
    meant = {each.value for each in named(text, every, _KINDS[field], searcher)}
    found = [each for each in every if each.selected or each.excluded or each.value in meant]
    return tuple(found[:FOUND]), len(found[FOUND:])


def bars(values: Iterable[FacetValue], state: SearchState, names: Names) -> tuple[Bar, ...]:
    """Return the years as bars, in their order; more than `BARS` by spans of five, unless years are chosen."""
    years = sorted((each for each in values), key=lambda each: (not int(each.value), int(each.value)))
    total = sum(each.count for each in years) or 1
    decided = any(each.selected or each.excluded for each in years)
    span = 1 if len(years) <= BARS or decided else _SPAN
    spans = [list(inside) for _, inside in groupby(years, key=lambda each: int(each.value) // span)]
    highest = max((sum(each.count for each in inside) for inside in spans), default=0) or 1
    return tuple(_bar(inside, state, names, total, highest) for inside in spans)


def _bar(inside: Sequence[FacetValue], state: SearchState, names: Names, total: int, highest: int) -> Bar:
    first, last = inside[0], inside[-1]
    count = sum(each.count for each in inside)
    values = [each.value for each in inside]
    if len(inside) == 1:
        label, name = answers.year(int(first.value)), names.label("year", first.value)
    else:
        label = name = f"{first.value}–{last.value}"
    said = answers.year_bar(name, count, count / total, first.selected, first.excluded)
    shares = count / total, count / highest
    return Bar(tuple(values), label, name, count, *shares, said, first.selected, first.excluded, state)
