"""The query as a tree of values that knows no engine."""

from dataclasses import dataclass, replace

from indexer.search.fields import FACETS, SCOPES
from indexer.search.query.proximity import MAX_STRINGS

SORTS = ("relevance", "year-asc", "year-desc", "book")
"""`book` is the printed order (`indexer.search.order.printed_order`)."""
MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class Match:
    """A run of text: an entry matches when it contains each of its words as a substring, after folding."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A quoted string: an entry matches when it contains the string; width, case and white space aside."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Parts that stand in one field with at most `distance` characters between one and the next, in any order."""

    parts: tuple["Match | Exact", ...]
    distance: int

    def __post_init__(self) -> None:
        """Reject more parts than can be looked for together (`ValueError`)."""
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
    """The part must not match; look-alikes of what it asks for leave nothing out."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """The node looks at one scope only (`indexer.search.fields.SCOPES`)."""

    name: str
    node: "Node"

    def __post_init__(self) -> None:
        """Reject a scope that there is not (`ValueError`)."""
        if self.name not in SCOPES:
            raise ValueError(f"no scope {self.name!r}; scopes are {', '.join(SCOPES)}")


@dataclass(frozen=True, slots=True)
class YearRange:
    """The volume's year lies in the closed range."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Quoted strings that stand in this order in one field, with gaps of so many characters between them."""

    strings: tuple[str, ...]
    """Folded, none empty."""
    gaps: tuple[tuple[int, int], ...]
    """After each string but the last: the least and the greatest number of characters."""

    def __post_init__(self) -> None:
        """Reject what has not one gap between each two strings (`ValueError`)."""
        if not self.strings or not all(self.strings) or len(self.gaps) != len(self.strings) - 1:
            raise ValueError(f"{len(self.strings)} strings and {len(self.gaps)} gaps: one gap between each two strings")


Strings = Match | Exact | Pattern | Near
"""Nodes that ask for strings: `indexer.search.query.leaves` says for which."""
Node = Strings | All | Any | Not | Field | YearRange


@dataclass(frozen=True, slots=True)
class Filter:
    """An entry passes when it has one of the values; different filters must all pass."""

    field: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        """Reject a field that is no facet (`ValueError`)."""
        if self.field not in FACETS:
            raise ValueError(f"no facet {self.field!r}; facets are {', '.join(FACETS)}")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: what is asked, what it is limited to, and which page of it is wanted."""

    query: Node | None = None
    """None matches everything."""
    filters: tuple[Filter, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = 20
    explain: bool = False
    """Whether hits say what their scores are made of."""

    def __post_init__(self) -> None:
        """Reject values no engine can answer (`ValueError`)."""
        if self.sort not in SORTS:
            raise ValueError(f"no sort {self.sort!r}; sorts are {', '.join(SORTS)}")
        if self.page < 1:
            raise ValueError(f"page {self.page}: pages count from 1")
        if not 0 <= self.size <= MAX_SIZE:
            raise ValueError(f"size {self.size}: between 0 and {MAX_SIZE}")

    def selected(self, field: str) -> tuple[str, ...]:
        """Give the values of one facet that the search is limited to."""
        return tuple(value for each in self.filters if each.field == field for value in each.values)

    def with_filters(self, field: str, values: tuple[str, ...]) -> "SearchRequest":
        """Give the same search with one facet's selection replaced, on its first page."""
        others = tuple(each for each in self.filters if each.field != field)
        chosen = (Filter(field, values),) if values else ()
        order = {name: at for at, name in enumerate(FACETS)}
        return replace(self, filters=tuple(sorted(others + chosen, key=lambda each: order[each.field])), page=1)
