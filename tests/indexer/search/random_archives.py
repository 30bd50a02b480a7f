"""Random archives and queries, small enough that everything happens in them."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_builder, open_searcher
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange
from indexer.text.fold import fold

CHARS = "工会总上海市的工人入會１一 \nＡa9，。𠮷𐐀⼯\u200e\t\u0301áｶﾞ"
TEXTS = st.text(st.sampled_from(CHARS), max_size=40)
STRINGS = st.text(st.sampled_from("工会总上海的a9𠮷𐐨人八1áガ"), min_size=1, max_size=4)


EMPTY: dict[str, object] = {
    "id": "2001-0-1",
    "volume": "2001",
    "year": 2001,
    "section": "",
    "heading": "",
    "title": "",
    "authors": (),
    "signature": "",
    "body": "",
    "captions": (),
    "url": "http://example.org/1.html",
    "position": 1,
    "order": 0,
    "yearbook": "",
}


@st.composite
def archives(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Make up to a dozen entries."""
    entries = []
    for number in range(draw(st.integers(1, 12))):
        year = draw(st.integers(2001, 2003))
        title = draw(TEXTS)
        entries.append(
            Entry(
                id=f"{year}-{number}-1",
                volume=str(year),
                year=year,
                section=draw(st.sampled_from(["", "工会", "上海"])),
                heading=title if draw(st.booleans()) else draw(TEXTS),
                title=title,
                authors=tuple(draw(st.lists(st.sampled_from(["王工", "李会", "张海"]), max_size=3))),
                signature=draw(TEXTS),
                body=draw(st.text(st.sampled_from(CHARS), max_size=120)),
                captions=tuple(draw(st.lists(TEXTS, max_size=2))),
                url=f"http://example.org/{draw(st.integers(1, 3))}.html",
                position=1,
                order=draw(st.integers(0, 3)),
                yearbook=draw(st.sampled_from(["", "-", "上海工会年鉴", "总工会年鉴"])),
            )
        )
    return tuple(entries)


def build(folder: str, entries: Sequence[Entry]) -> Searcher:
    """Index entries and open them."""
    with open_builder(Path(folder)) as builder:
        for entry in entries:
            builder.add(entry)
    return open_searcher(Path(folder))


def entry_of(**fields: str) -> Entry:
    """Make an entry that has just these texts."""
    return Entry.from_record(EMPTY | fields)


GAPS = st.sampled_from([(0, 0), (1, 1), (0, 10), (2, 12), (0, 2)])
LEAVES = st.one_of(STRINGS.map(Match), STRINGS.map(Exact), STRINGS.map(lambda text: Exact(text, alike=True)))
NODES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        LEAVES,
        st.builds(Near, st.lists(LEAVES, min_size=2, max_size=3).map(tuple), st.integers(0, 6)),
        st.lists(st.tuples(STRINGS, GAPS), min_size=2, max_size=3).map(
            lambda parts: Pattern(tuple(fold(string) for string, _ in parts), tuple(gap for _, gap in parts[1:]))
        ),
        st.builds(YearRange, st.integers(2001, 2002), st.integers(2002, 2003)),
        st.builds(Field, st.sampled_from(["title", "body", "captions", "author", "section"]), LEAVES),
    ),
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)
