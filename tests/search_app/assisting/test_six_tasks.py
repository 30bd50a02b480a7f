"""What assistants are asked to do is done by the SDK's own client, over both transports; each claim is traced."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Filter, SearchRequest
from indexer.text.fold import fold

Ask = Callable[..., dict[str, Any]]
WHERE = ("title", "heading", "body", "signature")


def texts(entry: Entry) -> list[str]:
    """Give the strings of an entry in which searches look."""
    return [*(getattr(entry, name) for name in WHERE), *entry.captions]


def pages(ask: Ask, name: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    """Go through all pages of an answer as the answers say."""
    page = 1
    while page:
        found = ask(name, page=page, **arguments)
        yield found
        page = found["next_page"]


def test_who_wrote_about_something_is_found_and_cited(ask: Ask, searcher: Searcher) -> None:
    """By the entries that a plain scan of the titles finds, each with the names printed below it."""
    found = list(pages(ask, "search", query='标题:"集体合同"', size=2))
    hits = list(chain.from_iterable(page["hits"] for page in found))
    right = {each.id: each for each in searcher.entries(SearchRequest()) if "集体合同" in each.title}
    assert {hit["id"] for hit in hits} == right.keys()
    assert [page["total"] for page in found] == [len(right)] * len(found)
    assert [page["more"] for page in found] == list(range(len(right) - 2, -1, -2)) + [0] * (len(right) % 2)
    for hit in hits:
        first, title = right[hit["id"]].authors[0], right[hit["id"]].title
        assert hit["citation"].startswith(f"{first}")
        assert f"{title}[M/OL]//" in hit["citation"]
        assert hit["marked"] or any("集体合同" in reason for reason in hit["reasons"])


def test_string_that_stands_nowhere_is_proved_to(ask: Ask, searcher: Searcher) -> None:
    """All entries were compared, exactly; what comes near is set apart, and other searches are offered."""
    string = "三方会晤制度"
    assert not any(fold(string) in fold(text) for each in searcher.entries(SearchRequest()) for text in texts(each))
    found = ask("search", query=f'"{string}"')
    basis = found["basis"]
    assert (found["total"], found["occurrences"], found["hits"]) == (0, 0, [])
    assert (basis["exact"], basis["compared"], basis["read_as"]) == (True, 289, f'"{string}"')
    assert basis["how"].startswith("All 289 entries were compared, character by character")
    for step in found["instead"]:
        assert ask("search", **step["arguments"])["total"] == step["total"] > 0
    loose = ask("search", query=f'~"{string}"')
    assert (loose["total"], loose["basis"]["exact"]) == (0, False)


def test_entries_are_counted_by_year(ask: Ask, searcher: Searcher) -> None:
    """As a plain scan counts them; the groups add up to the total."""
    found = ask("count", query='"工会"', by="year")
    right: dict[str, int] = {}
    for entry in searcher.entries(SearchRequest()):
        if any("工会" in fold(text) for text in texts(entry)):
            right[str(entry.year)] = right.get(str(entry.year), 0) + 1
    assert {each["value"]: each["count"] for each in found["groups"]} == right
    assert (found["total"], found["more"]) == (sum(right.values()), 0)
    some = ask("count", query='"工会"', year=[2001, 2002])
    assert {each["value"] for each in some["groups"]} == {"2001", "2002"}
    assert some["total"] == right["2001"] + right["2002"]
    assert some["basis"]["compared"] == searcher.count(SearchRequest(filters=(Filter("year", ("2001", "2002")),)))


def test_long_entry_is_read_whole_in_pieces(ask: Ask, searcher: Searcher) -> None:
    """The pieces, put together, are the text as printed."""
    longest = max(searcher.entries(SearchRequest()), key=lambda each: len(each.body))
    pieces, offset = [], 0
    while offset is not None:
        piece = ask("read_entry", id=longest.id, offset=offset, length=200)
        assert len(piece["text"]) + piece["offset"] + piece["more"] == piece["characters"]
        pieces.append(piece["text"])
        offset = piece["next_offset"]
    assert len(pieces) > 2
    assert "".join(pieces) == "\n".join((longest.body, *filter(None, (*longest.captions, longest.signature))))
    assert (piece["heading"], piece["source"]) == (longest.heading, longest.url)


def test_phrase_is_listed_in_its_lines(ask: Ask, searcher: Searcher) -> None:
    """Every line stands in its entry at its place, and there are as many as a plain scan counts."""
    found = list(pages(ask, "concordance", query='"集体合同"', size=10))
    lines = list(chain.from_iterable(page["lines"] for page in found))
    right = sum(text.count("集体合同") for each in searcher.entries(SearchRequest()) for text in texts(each))
    assert [page["total"] for page in found] == [right] * len(found) == [len(lines)] * len(found)
    for page in found:
        assert {line["id"] for line in page["lines"]} == {each["id"] for each in page["entries"]}
    for line in lines:
        entry = searcher.get(line["id"])
        assert entry
        field = entry.captions if line["field"] == "captions" else (getattr(entry, line["field"]),)
        around = line["left"] + line["node"] + line["right"]
        assert any(text[line["start"] - len(line["left"]) :].startswith(around) for text in field)
        assert line["node"] == "集体合同"


def test_volumes_are_listed_and_searched_through(ask: Ask, searcher: Searcher) -> None:
    """With what each holds; a search through them counts the same entries as a search in each."""
    found = list(pages(ask, "list_volumes", size=4))
    volumes = list(chain.from_iterable(page["volumes"] for page in found))
    assert [(each["yearbook"], each["volume"], each["year"], each["entries"]) for each in volumes] == [
        (each.yearbook, each.volume, each.year, each.entries) for each in searcher.volumes()
    ]
    assert (len(volumes), sum(each["entries"] for each in volumes)) == (found[0]["total"], 289)
    through = ask("trend", queries=["工会", '"信访"'])
    assert [(each["query"], each["basis"]["exact"]) for each in through["searches"]] == [
        ("工会", False),
        ('"信访"', True),
    ]
    for each in through["searches"]:
        for row in each["volumes"]:
            within = SearchRequest(parse(each["query"])[0], (Filter("volume", (row["volume"],)),))
            assert row["found"] == searcher.count(within)
            assert row["occurrences"] == searcher.search(within).occurrences
        assert each["found"] == searcher.count(SearchRequest(parse(each["query"])[0]))
