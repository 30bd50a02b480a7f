"""A page that is forgotten is nowhere to be found, at once, until that is undone; its record stays untouched."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import ConfigError, StoreError
from indexer.files.entrystore import read_entries
from indexer.files.forgotten import decisions_in_force, forgotten
from indexer.manifest import Manifest
from indexer.search.factory import open_searcher, published_generation
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Filter, SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.stages.deciding import forget_page
from indexer.stages.importing import import_paths, page_store
from indexer.stages.pipeline import index_entries, parse_store
from indexer.stages.verifying import verify


@pytest.fixture
def data(tmp_path: Path, root: Path, manifest: Manifest) -> DataFolder:
    """One volume, built."""
    data = DataFolder(tmp_path / "data")
    import_paths(data, [root / "corpus" / "2002"], manifest, None)
    parse_store(data, manifest)
    index_entries(data)
    return data


def test_forgotten_page_is_hidden_from_every_question_at_once(data: DataFolder, manifest: Manifest) -> None:
    """Hits, totals, facets, contents, counts: as if an archive without it had been indexed."""
    entries = list(read_entries(data.entries))
    page = entries[7].url
    hidden = [entry for entry in entries if entry.url == page]
    forget_page(data, manifest, page + "#top", "隐私", undo=False)
    searcher = open_searcher(data.root)
    assert len(searcher) == len(entries) - len(hidden)
    assert [searcher.get(entry.id) for entry in hidden] == [None] * len(hidden)
    assert {entry.id for entry in searcher.entries(SearchRequest())} == {e.id for e in entries if e.url != page}
    everything = searcher.search(SearchRequest(size=100))
    assert everything.total == len(searcher)
    assert sum(value.count for value in next(f for f in everything.facets if f.field == "year").values) == len(searcher)
    assert sum(volume.entries for volume in searcher.volumes()) == len(searcher)
    quoted = SearchRequest(parse(f'"{hidden[0].body[:12]}"')[0])
    assert (searcher.count(quoted), searcher.search(quoted).occurrences) == (0, 0)
    near = nearest(searcher, SearchRequest(parse(hidden[0].body[:40] + " 不存在的词语")[0], size=50), total=0)
    assert not {hit.entry.id for hit in near.hits} & {entry.id for entry in hidden}
    author = next((name for entry in hidden for name in entry.authors), "")
    if author:
        with_author = SearchRequest(filters=(Filter("author", (author,)),))
        assert not any(entry.url == page for entry in searcher.entries(with_author))


def test_parse_index_and_import_leave_it_out_and_say_so(data: DataFolder, manifest: Manifest, root: Path) -> None:
    """Through rebuilding the ledger, too; undone, everything is as before."""
    before = data.entries.read_bytes(), data.ids.read_bytes()
    page = next(read_entries(data.entries)).url
    files = {path: path.read_bytes() for path in data.warc.glob("*.gz")}
    forget_page(data, manifest, page, "", undo=False)
    page_store(data, manifest).rebuild()
    assert parse_store(data, manifest).forgotten == (page,)
    index_entries(data)
    assert page not in {entry.url for entry in read_entries(data.entries)}
    assert page not in {entry.url for entry in open_searcher(data.root).entries(SearchRequest())}
    again = import_paths(data, [root / "corpus" / "2002"], manifest, None)
    assert [(each.name, "forget" in each.why, each.lost) for each in again.skipped if "forget" in each.why] == [
        (page, True, False)
    ]
    assert not verify(data, manifest).has_losses
    assert {path: path.read_bytes() for path in data.warc.glob("*.gz")} == files
    assert [(each.url, each.reason) for each in decisions_in_force(data.forgotten)] == [(page, "")]
    forget_page(data, manifest, page, "", undo=True)
    parse_store(data, manifest)
    index_entries(data)
    assert (data.entries.read_bytes(), data.ids.read_bytes()) == before
    assert forgotten(data.forgotten) == frozenset()


def test_entries_file_from_elsewhere_is_indexed_without_it(
    data: DataFolder, manifest: Manifest, tmp_path: Path
) -> None:
    """The decision is about the page, wherever its entries come from."""
    from indexer.files.entrystore import write_entries

    entries = list(read_entries(data.entries))
    forget_page(data, manifest, entries[0].url, "", undo=False)
    write_entries(
        tmp_path / "e.jsonl", [replace(entries[0], url=entries[0].url.replace("http:", "HTTP:")), entries[-1]]
    )
    assert index_entries(data, tmp_path / "e.jsonl") == 1


@pytest.mark.parametrize(
    ("url", "undo", "said"), [("http://a.example/x", False, "is held"), ("x", True, "not forgotten")]
)
def test_what_cannot_be_decided_is_one_clear_line(
    data: DataFolder, manifest: Manifest, url: str, undo: bool, said: str
) -> None:
    """A page that is not held, an undo without a decision; twice the same."""
    with pytest.raises(ConfigError, match=said):
        forget_page(data, manifest, url, "", undo=undo)
    page = next(read_entries(data.entries)).url
    forget_page(data, manifest, page, "", undo=False)
    with pytest.raises(ConfigError, match="forgotten already"):
        forget_page(data, manifest, page, "", undo=False)


def test_page_that_goes_on_in_another_hides_the_entry_until_it_is_parsed_again(
    data: DataFolder, manifest: Manifest
) -> None:
    """The entry's text is partly its own; without it, the entry is what its first page says."""
    page = "http://nianjian.cangpu.example/node6000/node6002/node6215/userobject1ai621501_2.html"
    forget_page(data, manifest, page, "", undo=False)
    assert open_searcher(data.root).get("S2002-621501-1") is None
    assert open_searcher(data.root).count(SearchRequest(parse('"蒸汽养护的棚罩"')[0])) == 0
    index_entries(data)
    assert open_searcher(data.root).get("S2002-621501-1") is None, "not parsed again yet"
    parse_store(data, manifest)
    index_entries(data)
    entry = open_searcher(data.root).get("S2002-621501-1")
    assert entry is not None
    assert "蒸汽养护的棚罩" not in entry.body


def test_decisions_that_cannot_be_read_show_nothing(data: DataFolder) -> None:
    """Better no answer than a page that was to be forgotten."""
    for line in (
        '{"url": 1}',
        '{"url": "u", "at": "2026-11-28T00:00:00+00:00", "reason": "", "undo": "no"}',
        "[" * 9999,
    ):
        data.forgotten.write_text(line + "\n", "utf-8")
        with pytest.raises(StoreError, match="line 1"):
            open_searcher(data.root)


def test_copied_entries_file_shows_nothing_of_a_forgotten_page(data: DataFolder, manifest: Manifest) -> None:
    """Its time says nothing: that the page was parsed says that the entries may have its text."""
    page = "http://nianjian.cangpu.example/node6000/node6002/node6215/userobject1ai621501_2.html"
    forget_page(data, manifest, page, "", undo=False)
    os.utime(data.entries, (2**31, 2**31))
    index_entries(data)
    assert open_searcher(data.root).get("S2002-621501-1") is None


def test_index_of_a_clock_that_ran_ahead_shows_nothing_of_a_page_forgotten_since(
    data: DataFolder, manifest: Manifest
) -> None:
    """A decision is later than the index that it found."""
    page = "http://nianjian.cangpu.example/node6000/node6002/node6215/userobject1ai621501_2.html"
    (path,) = data.index.glob(f"{published_generation(data.root)}/manifest.json")
    sealed = json.loads(path.read_bytes())
    path.write_text(json.dumps(sealed | {"created": "2099-01-01T00:00:00.000000+00:00"}), "utf-8")
    forget_page(data, manifest, page, "", undo=False)
    assert open_searcher(data.root).get("S2002-621501-1") is None
