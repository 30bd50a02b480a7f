"""What is suggested to somebody who types: the archive's own names, sections, titles and phrases, and nothing else."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
from flask.testing import FlaskClient
from forked import nianjian
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_suggesting import bare, meant_by
from random_archives import build, entry_of

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.suggestions import request_for
from search_app import create_app

pytestmark = pytest.mark.usefixtures("every_engine")
HERE = Path(__file__).parent
FLOOR = 0.98
"""Share of the inputs whose expected suggestions are all among the first five; only ever raised."""


def lines(name: str) -> list[dict[str, object]]:
    """Read a file of examples."""
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").split("\n") if line]


def test_what_was_expected_before_the_code_is_among_the_first_five(sample: DataFolder) -> None:
    """200 inputs: prefix, middle, pinyin, initials, one wrong character, one missing."""
    searcher = open_searcher(sample.root)
    missed = []
    for each in lines("typed.jsonl"):
        found = [[one.kind.value, one.text] for one in searcher.suggest(str(each["text"]), 5)]
        if not all(wanted in found for wanted in each["expected"]):  # type: ignore[attr-defined]
            missed.append((each, found))
    assert len(missed) <= 200 * (1 - FLOOR), missed


@pytest.mark.parametrize("each", lines("nothing.jsonl"), ids=lambda each: str(each["why"])[:40])
def test_what_means_nothing_gets_an_empty_list(client: FlaskClient, each: dict[str, object]) -> None:
    """With status 200."""
    answer = client.get("/api/v1/suggest", query_string={"q": each["text"]})
    assert (answer.status_code, answer.json["suggestions"]) == (200, [])


def test_every_suggestion_finds_as_many_entries_as_it_says(client: FlaskClient) -> None:
    """By the query it puts into the box, at the address it leads to."""
    seen = Counter()
    for text in (
        "工",
        "gong",
        "z",
        "zjy",
        "概况",
        "青湾",
        "qingwan",
        "海燕",
        "“海燕”",
        "信仿",
        "钱捐",
        "ouy",
        "2002年",
    ):
        for each in client.get("/api/v1/suggest", query_string={"q": text, "limit": 50}).json["suggestions"]:
            page = client.get("/api/v1/search" + each["url"].removeprefix("/")).json
            assert page["total"] == each["count"] > 0, each
            assert page["query"] == each["query"]
            assert client.get(each["url"]).status_code == 200
            seen[each["kind"]] += 1
    assert set(seen) == {"author", "section", "yearbook", "phrase", "title"}


def test_forgotten_pages_suggest_nothing(sample: DataFolder, publish: Callable[[Iterable[Entry]], None], tmp_path: Path,
                                         expected: tuple[Entry, ...]) -> None:  # fmt: skip
    """Neither their titles nor their contributors, and counts are without them."""
    publish(expected)
    searcher = open_searcher(tmp_path)
    gone = next(each for each in expected if each.authors and each.authors[0] == "葛芳")
    left = searcher.without(frozenset({gone.url}))
    assert gone.title in [each.text for each in searcher.suggest(gone.title)]
    assert gone.title not in [each.text for each in left.suggest(gone.title)]
    for text in ("葛芳", "再就业", "女职工"):
        for each in left.suggest(text, 20):
            assert each.count == left.count(request_for(each.kind, each.text)) > 0


@pytest.mark.usefixtures("chinese")
def test_interface_and_command_give_the_same(client: FlaskClient, sample: DataFolder) -> None:
    """Kind, words for it, text, count, query, address; at most as many as asked for."""
    given = client.get("/api/v1/suggest?q=zjy&limit=3").json
    assert list(given) == ["query", "generation", "suggestions"]
    assert list(given["suggestions"][0]) == ["kind", "label", "text", "count", "query", "url"]
    assert len(given["suggestions"]) == 3
    done = nianjian("--data", sample.root, "suggest", "zjy", "--limit", "3", "--json")
    assert (json.loads(done.stdout), done.stderr) == (given, "")
    assert nianjian("--data", sample.root, "suggest", "zjy", "--limit", "1").stdout == "词语\t4 篇\t再就业\n"
    assert nianjian("--data", sample.root, "suggest", "😀").stdout == ""
    assert client.get("/api/v1/suggest?q=a&limit=0").status_code == 400


def test_addresses_begin_with_the_sites_own_path(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the app is one of several on a host."""
    monkeypatch.setenv("NIANJIAN_PUBLIC_URL", "https://example.org/njs")
    found = create_app(sample.root).test_client().get("/njs/api/v1/suggest?q=zjy").json["suggestions"]
    assert all(each["url"].startswith("/njs/?") for each in found)


HAN = "工会总公丁行长单方芳劳労深人入葛钱"
NAMES = st.text(st.sampled_from(HAN + "A9“·"), min_size=1, max_size=6)
TYPED = st.one_of(
    st.text(st.sampled_from(HAN + "a9"), min_size=1, max_size=6),
    st.text(st.sampled_from("gonghuizhrdlefxqas"), min_size=2, max_size=8),
    st.sampled_from(
        ["gonghui", "gh", "hang", "zhang", "chang", "shan", "dan", "gongh", "工h", "laod", "qian", "gefang"]
    ),
)


def test_nothing_is_left_out_and_nothing_is_made_up(
    times: Callable[[int], int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What a plain reading of all names, sections and titles finds, however much there is of it."""

    @settings(max_examples=times(25))
    @given(
        made=st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=8),
        typed=st.lists(TYPED, min_size=1, max_size=8),
    )
    def hold(made: list[tuple[str, str, str]], typed: list[str]) -> None:
        entries = [
            Entry.from_record(
                entry_of(title=title, section=section).to_record() | {"id": f"a-{at}-1", "authors": [name]}
            )
            for at, (title, section, name) in enumerate(made)
        ]
        searcher = build(str(tmp_path_factory.mktemp("names")), entries)
        for text in typed:
            found = searcher.suggest(text, 10_000)
            got = {(each.kind.value, each.text) for each in found if each.kind not in ("phrase", "yearbook")}
            surely, possibly = meant_by(text, entries)
            assert surely <= got <= possibly, (text, surely - got, got - possibly)
            assert len(found) == len({(each.kind, each.text) for each in found})
            for each in found:
                assert searcher.count(request_for(each.kind, each.text)) == each.count

    hold()


def test_order_is_as_typed_then_by_sound_then_with_a_mistake(
    sample: DataFolder, rng: Random, times: Callable[[int], int]
) -> None:
    """And what begins so before what has it inside, whatever is typed."""
    searcher = open_searcher(sample.root)
    titles = [each.title for each in searcher.entries(SearchRequest())]
    for _ in range(times(200)):
        title = rng.choice(titles)
        start = rng.randrange(len(title))
        text = "".join(filter(str.isalnum, title[start : start + rng.randint(1, 3)]))
        if not text or (len(text) == 1 and text.isascii()):
            continue
        ranks = [rank(text, each.text) for each in searcher.suggest(text, 20)]
        assert ranks == sorted(ranks), text


def rank(typed: str, text: str) -> int:
    """Say how far a suggestion is from what was typed."""
    key, wanted = bare(text), bare(typed)
    return 0 if key == wanted else 1 if key.startswith(wanted) else 2 if wanted in key else 3
