"""The tools follow the archive while they are used, keep to their bounds, and refuse what they cannot answer."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.files.forgotten import Decision, decide
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app.assisting.refusing import Refused
from search_app.assisting.tools import Assistance
from search_app.following.archive import Archive
from search_app.web.site import read_site

Assist = Callable[[Path], Assistance]


def test_generation_published_between_two_calls_answers_the_second(
    tmp_path: Path,
    assist: Assist,
    publish: Callable[[Iterable[Entry]], None],
    make_entry: Callable[..., Entry],
) -> None:
    """With its own name, counts and texts."""
    publish([make_entry("2002-1-1", body="集体合同")])
    tools = assist(tmp_path)
    first = tools.call("search", {"query": '"集体合同"'}).values
    publish([make_entry("2002-1-1", body="集体合同"), make_entry("2002-1-2", body="集体合同、工资协商")])
    second = tools.call("search", {"query": '"集体合同"'}).values
    assert [(each["total"], each["basis"]["entries"]) for each in (first, second)] == [(1, 1), (2, 2)]
    assert first["basis"]["generation"] < second["basis"]["generation"]


def test_decisions_are_followed(tmp_path: Path, assist: Assist, make_entry: Callable[..., Entry]) -> None:
    """A forgotten page is in no answer, and its id is gone without its title; persons are those of the file."""
    data = DataFolder(tmp_path)
    hidden = make_entry("P-1-1", title="书画展", url="http://a.example/1.html")
    write_entries(data.entries, [hidden, make_entry("P-2-1", authors=["陈干涛"], url="http://a.example/2.html")])
    index_entries(data)
    tools = assist(tmp_path)
    assert tools.call("search", {}).values["total"] == 2
    decide(data.forgotten, Decision(hidden.url, "2099-01-01T00:00:00+00:00", ""))
    data.contributors.write_text('[[person]]\nname = "陈千涛"\nforms = ["陈干涛"]\n', "utf-8")
    found = tools.call("search", {"author": ["陈千涛"]}).values
    assert [(hit["id"], hit["authors"], hit["persons"]) for hit in found["hits"]] == [
        ("P-2-1", ("陈干涛",), ("陈千涛",))
    ]
    assert found["basis"]["entries"] == 1
    with pytest.raises(Refused, match=r"^the entry 'P-1-1' is no longer in the archive$"):
        tools.call("read_entry", {"id": "P-1-1"})


def test_id_that_moved_or_is_gone_is_said_to(tmp_path: Path, assist: Assist, make_entry: Callable[..., Entry]) -> None:
    """With the new id, or the title that it had last; an id that means another text says what it meant."""
    data = DataFolder(tmp_path)
    page = "http://a.example/1.html"
    long = "市总工会举办职工书画展，展出作品三百余件，观众达五千人次，反响热烈。"
    first = make_entry("P-1-1", title="书画展", body=long, url=page)
    second = make_entry("P-1-2", title="零星", body="几句零星的话，后来没有了。", url=page)
    third = make_entry("P-1-3", title="集体合同", body=long[::-1], url=page)
    write_entries(data.entries, [first, second, third])
    index_entries(data)
    new = replace(first, title="概况", body="全市工会概况，另起一篇。")
    write_entries(data.entries, [new, replace(first, id="P-1-4"), replace(third, id="P-1-5")])
    index_entries(data)
    tools = assist(tmp_path)
    with pytest.raises(Refused, match="'P-1-3' has the id 'P-1-5' now; read that entry"):
        tools.call("read_entry", {"id": "P-1-3"})
    with pytest.raises(Refused, match="'P-1-2' is no longer in the archive; its title was '零星'"):
        tools.call("read_entry", {"id": "P-1-2"})
    (former,) = tools.call("read_entry", {"id": "P-1-1"}).values["former"]
    assert (former["title"], former["now"]) == ("书画展", "P-1-4")


def test_without_an_index_it_is_said_what_to_run(tmp_path: Path, assist: Assist) -> None:
    """Without naming folders of the server, and it answers as soon as there is one."""
    tools = assist(tmp_path)
    for name, arguments in (("search", {}), ("count", {}), ("list_volumes", {}), ("read_entry", {"id": "x"})):
        with pytest.raises(Refused) as refused:
            tools.call(name, arguments)
        assert (
            str(refused.value)
            == "there is no index yet; whoever runs this archive runs `nianjian build`, then call again"
        )


def test_addresses_are_the_public_ones_where_there_are(sample: DataFolder, manifest: Manifest) -> None:
    """Of entries, results and volumes."""
    site = read_site({"NIANJIAN_PUBLIC_URL": "https://example.org/archive/"})
    tools = Assistance(Archive(sample.root, manifest), site)
    found = tools.call("search", {"query": "工会", "year": [2002], "size": 1}).values
    address = f"https://example.org/archive/entry/{found['hits'][0]['id']}"
    assert found["hits"][0]["address"] == address
    assert found["hits"][0]["citation"].endswith(f"{address}.")
    assert found["address"] == "https://example.org/archive/?q=%E5%B7%A5%E4%BC%9A&year=2002"
    volumes = tools.call("list_volumes", {}).values["volumes"]
    assert volumes[0]["address"] == f"https://example.org/archive/volume/{volumes[0]['volume']}"


@pytest.mark.parametrize(
    ("query", "exact"),
    [
        ('"集体合同"', True),
        ('"集体合同" "餐饮"', True),
        ('标题:"艺术节" -"职工"', True),
        ('"另有?支"', True),
        ("年份:2001-2003", True),
        ("", True),
        ("集体合同", False),
        ('~"集体合同"', False),
        ('"集体合同" 餐饮', False),
        ('"集体合同" -餐饮', False),
        ('"职工" NEAR/5 互助', False),
        ('"职工" NEAR/5 "互助"', True),
        ('""', False),
        ("或", False),
    ],
)
def test_only_what_is_looked_for_as_printed_is_called_exact(on_sample: Assistance, query: str, exact: bool) -> None:
    """A total of 0 proves nothing about words that may differ, nor where nothing was looked for."""
    basis = on_sample.call("search", {"query": query, "size": 1}).values["basis"]
    assert basis["exact"] is exact


@settings(max_examples=40)
@given(size=st.integers(-2, 130), page=st.integers(-1, 9))
def test_search_keeps_to_its_bounds(on_sample: Assistance, size: int, page: int) -> None:
    """At most 50 hits; more are refused, and a page past the end says that nothing is left."""
    asked = {"query": '"劳动模范"', "size": size, "page": page}
    if not (1 <= size <= 50 and page >= 1):
        with pytest.raises(Refused, match="Expected `int`"):
            on_sample.call("search", asked)
        return
    found = on_sample.call("search", asked).values
    first = (page - 1) * size
    assert len(found["hits"]) == max(0, min(size, found["total"] - first))
    assert found["more"] == max(0, found["total"] - first - size)
    assert (found["next_page"] is None) == (found["more"] == 0)


@settings(max_examples=40)
@given(offset=st.integers(-1, 2000), length=st.integers(-1, 9000))
def test_pieces_of_an_entry_keep_to_their_bounds(on_sample: Assistance, offset: int, length: int) -> None:
    """At most 8,000 characters, exactly those asked for."""
    whole = on_sample.call("read_entry", {"id": "S2002-621501-1", "length": 8000}).values["text"]
    asked = {"id": "S2002-621501-1", "offset": offset, "length": length}
    if offset < 0 or not 1 <= length <= 8000 or offset >= len(whole):
        with pytest.raises(Refused, match=r"offset|length"):
            on_sample.call("read_entry", asked)
        return
    piece = on_sample.call("read_entry", asked).values
    assert piece["text"] == whole[offset : offset + length]
    assert piece["more"] == len(whole) - offset - len(piece["text"])


@settings(max_examples=40)
@given(by=st.sampled_from(["year", "volume", "yearbook", "section", "author"]), limit=st.integers(1, 100))
def test_groups_keep_to_their_bound_and_say_how_many_are_left(on_sample: Assistance, by: str, limit: int) -> None:
    """Each count is what a search for that value finds."""
    found = on_sample.call("count", {"query": "工会", "by": by, "limit": limit}).values
    every = on_sample.call("count", {"query": "工会", "by": by, "limit": 100}).values
    assert len(found["groups"]) == min(limit, len(every["groups"]))
    assert len(found["groups"]) + found["more"] == len(every["groups"]) + every["more"]
    first = found["groups"][0]
    value = int(first["value"]) if by == "year" else first["value"]
    assert on_sample.call("count", {"query": "工会", by: [value]}).values["total"] == first["count"]
