"""Defines the query tree and the search request as plain values, independent of any engine."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.authority import Authority
from indexer.search.fields import FILTERS, SCOPES
from indexer.search.query.proximity import MAX_STRINGS

SORTS = ("relevance", "year-asc", "year-desc", "book")
"""`book` is the printed order (`indexer.search.order.printed_order`)."""
MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class Match:
    """A run of unquoted text: an entry matches if it contains each of the run's words as a substring, after folding."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A quoted string: an entry matches if it contains the string; width, case and white space do not matter."""

    text: str
    alike: bool = False
    """Whether it may also stand there in other forms and with look-alikes, as the words of a run may."""


@dataclass(frozen=True, slots=True)
class Near:
    """Strings that stand in one field, in any order, with at most `distance` characters between neighbours."""

    parts: tuple["Match | Exact", ...]
    distance: int

    def __post_init__(self) -> None:
        """Raise `ValueError` if there are no parts or more than `MAX_STRINGS`."""
        if not 1 <= len(self.parts) <= MAX_STRINGS:
            raise ValueError(f"{len(self.parts)} parts of a NEAR: between 1 and {MAX_STRINGS}")


@dataclass(frozen=True, slots=True)
class All:
    """Every part must match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part must match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not match; its look-alikes do not count, so they exclude nothing."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """The node is looked for in one field only, one of `indexer.search.fields.SCOPES`."""

    name: str
    node: "Node"

    def __post_init__(self) -> None:
        """Raise `ValueError` if there is no such field."""
        if self.name not in SCOPES:
            raise ValueError(f"no scope {self.name!r}; scopes are {', '.join(SCOPES)}")


@dataclass(frozen=True, slots=True)
class YearRange:
    """The volume's year is between `first` and `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Strings that stand in this order in one field, with limited gaps between them: a quotation with wildcards."""

    strings: tuple[str, ...]
    """Folded, none empty."""
    gaps: tuple[tuple[int, int], ...]
    """The least and greatest number of characters after each string but the last."""

    def __post_init__(self) -> None:
        """Raise `ValueError` unless there is one gap between each two strings, and no string is empty."""
        if not self.strings or not all(self.strings) or len(self.gaps) != len(self.strings) - 1:
            raise ValueError(f"{len(self.strings)} strings and {len(self.gaps)} gaps: one gap between each two strings")


Strings = Match | Exact | Pattern | Near
"""Nodes that look for strings; `indexer.search.query.plan` says which."""
Node = Strings | All | Any | Not | Field | YearRange


def joined(kind: type[All] | type[Any], parts: Iterable[Node | None]) -> Node | None:
    """Combine parts into one node: None if there are none, a single part as it is, parts of the same kind merged."""
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            nodes += part.parts
        elif part is not None:
            nodes.append(part)
    if len(nodes) > 1:
        return kind(tuple(nodes))
    return nodes[0] if nodes else None


def parts_of(query: Node | None) -> tuple[Node, ...]:
    """Return what all must match for a query to match; nothing for None."""
    return query.parts if isinstance(query, All) else () if query is None else (query,)


@dataclass(frozen=True, slots=True)
class Filter:
    """An entry passes if it has one of the values in `field`, one of `FILTERS`; an entry must pass every filter."""

    field: str
    values: tuple[str, ...]
    exclude: bool = False
    """Whether an entry passes if it has none of the values instead."""

    def __post_init__(self) -> None:
        """Raise `ValueError` if there is no such field, or the values are no tuple of strings."""
        if self.field not in FILTERS:
            raise ValueError(f"no filter {self.field!r}; filters are {', '.join(FILTERS)}")
        if not isinstance(self.values, tuple) or not all(isinstance(value, str) for value in self.values):
            raise ValueError(f"{self.values!r}: the values of the filter {self.field!r} must be a tuple of strings")


def filter_values(filters: tuple[Filter, ...], field: str, *, exclude: bool = False) -> tuple[str, ...]:
    """Return the values of one facet that filters limit a search to, or exclude."""
    if not filters:  # asked for six times a page
        return ()
    mine = (each for each in filters if (each.field, each.exclude) == (field, exclude))
    return tuple(value for each in mine for value in each.values)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: the query, its filters, and which page of results is wanted."""

    query: Node | None = None
    """None matches everything."""
    filters: tuple[Filter, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = 20
    explain: bool = False
    """Whether each hit lists what its score is made of."""

    def __post_init__(self) -> None:
        """Raise `ValueError` for an unknown sort order, or a page or size out of range."""
        if self.sort not in SORTS:
            raise ValueError(f"no sort {self.sort!r}; sorts are {', '.join(SORTS)}")
        if self.page < 1:
            raise ValueError(f"page {self.page}: pages count from 1")
        if not 0 <= self.size <= MAX_SIZE:
            raise ValueError(f"size {self.size}: between 0 and {MAX_SIZE}")

    def selected(self, field: str) -> tuple[str, ...]:
        """Return the values of one facet that the search is limited to."""
        return filter_values(self.filters, field)

    def is_limited(self, field: str) -> bool:
        """Return whether the search is limited to some values of one facet, be it to none."""
        return any((each.field, each.exclude) == (field, False) for each in self.filters)

    def excluded(self, field: str) -> tuple[str, ...]:
        """Return the values of one facet that no hit may have."""
        return filter_values(self.filters, field, exclude=True)


def meant(request: SearchRequest, authority: Authority) -> SearchRequest:
    """Return a request in which filters name the persons whom printed forms mean."""
    filters = tuple(
        Filter(each.field, tuple(dict.fromkeys(map(authority.person_named, each.values))), each.exclude)
        if each.field == "author"
        else each
        for each in request.filters
    )
    return request if filters == request.filters else replace(request, filters=filters)
