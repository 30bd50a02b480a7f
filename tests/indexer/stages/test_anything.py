"""For any URL and any page, what parsing writes indexing takes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, write_entries
from indexer.manifest import Manifest
from indexer.model import Page
from indexer.parse.entries.parser import entry_id
from indexer.parse.layouts import LAYOUTS
from indexer.search.factory import open_searcher
from indexer.stages.importing import import_paths
from indexer.stages.parsing.stream import parse_pages
from indexer.stages.pipeline import index_entries, parse_store
from indexer.urls import page_key

NAMES = st.text(st.sampled_from("概况工a1.-_ ()[]+%~@&#?=/\\\"'“é\u3000\U00020000"), min_size=1, max_size=30)
URLS = st.one_of(
    NAMES.map("http://nianjian.cangpu.example/node6000/node6002/{}.html".format),
    NAMES.map("http://a.example/{}".format),
    st.text(min_size=1, max_size=40),
    st.sampled_from(["javascript:alert(1)", "file:///c:/x.html", "urn:x:y", "ftp://h/x.html", "http://[", "x" * 300]),
)
TEXTS = st.text(
    st.one_of(st.sampled_from("工会[]【】（）()王刚。，\n<>p/&;年鉴"), st.characters(codec="utf-8")), max_size=200
)


@settings(print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(URLS, TEXTS), min_size=1, max_size=4), st.sampled_from(["S2002", "a/b c", "卷"]))
@example([("http://nianjian.cangpu.example/node6000/node6002/概况.html", "做了事。")], "S2002")
@example([("\x1f", "0")], "S2002")
@example([("http://a.example/x (1).html", "做了事。"), ("http://a.example/x-1-.html", "又做了。")], "S2002")
def test_what_parsing_writes_indexing_takes(
    tmp_path_factory: pytest.TempPathFactory,
    manifest: Manifest,
    make_page: Callable[..., Page],
    found: list[tuple[str, str]],
    volume_id: str,
) -> None:
    """No line has to be mended by hand, whatever a page is called and holds."""
    volumes = [replace(each, id=volume_id) if each.id == "S2002" else each for each in manifest.volumes]
    urls = {page_key(url): text for url, text in found}
    pages = [make_page(text, url=url, encoding="utf-8") for url, text in urls.items()]
    raw = [Page(url + "x", datetime(2006, 5, 1, tzinfo=UTC), 200, "", text.encode()) for url, text in urls.items()]
    entries, _ = parse_pages([*pages, *raw], volumes)
    file = tmp_path_factory.mktemp("any") / "entries.jsonl"
    write_entries(file, sorted(entries, key=lambda entry: entry.id))
    assert list(read_entries(file)) == sorted(entries, key=lambda entry: entry.id)
    assert len({entry.id for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("userobject1ai12.html", "2002-12-1"),
        ("u1a7_2.shtml", "2002-7_2-1"),
        ("show.asp?id=4", "2002-show-1"),
        ("a~b.html", "2002-a~b-1"),
        ("2006-05-01.html", "2002-2006_05_01-1"),
        ("", "2002-index-1"),
        ("概况.html", "2002--~HASH-1"),
        ("x (1).html", "2002-x-1-~HASH-1"),
        ("a+b.html", "2002-a-b~HASH-1"),
    ],
)
def test_ids_that_were_valid_stay_and_others_get_a_hash(name: str, made: str) -> None:
    """Of the page's canonical URL, so that names that look alike in an id stay apart."""
    url = page_key(f"http://a.example/{name}")
    hashed = made.replace("HASH", sha256(url.encode()).hexdigest()[:8])
    assert entry_id("2002", url, 1, LAYOUTS["eastday-cms"]) == hashed


def test_saved_pages_with_any_name_are_built_and_found(
    tmp_path: Path, manifest: Manifest, make_page: Callable[..., Page]
) -> None:
    """Chinese, spaces, signs, doubles: each page is an entry that is found by its text."""
    folder = tmp_path / "nianjian.cangpu.example" / "node6000" / "node6002" / "node6203"
    folder.mkdir(parents=True)
    names = ["概况.html", "概况 (1).html", "a+b.html", "a b.html", "100%.html", "x" * 200 + ".html", "“引”.html"]
    for number, name in enumerate(names):
        body = make_page(f"【事{number}】第{number}件标记之事已经办妥。（王刚）").body
        (folder / name).write_bytes(body)
    data = DataFolder(tmp_path / "data")
    result = import_paths(data, [tmp_path / "nianjian.cangpu.example"], manifest, None)
    assert (result.pages, result.skipped) == (len(names), ())
    parsed = parse_store(data, manifest)
    assert (parsed.entries, parsed.empty) == (len(names), ())
    assert index_entries(data) == len(names)
    ids = [entry.id for entry in read_entries(data.entries)]
    assert all(open_searcher(data.root).get(name) for name in ids)
