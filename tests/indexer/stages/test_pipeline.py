"""The stages one after another: repeatable, order-free, and safe when one fails."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import ConfigError, FetchError, StoreError
from indexer.manifest import Manifest
from indexer.model import Entry, Page
from indexer.search.factory import open_searcher
from indexer.search.query.tree import SearchRequest
from indexer.stages.importing import import_paths, page_store
from indexer.stages.parsing.stream import parse_pages
from indexer.stages.pipeline import archive_status, check_layouts, index_entries, parse_store
from indexer.store.held import Held


def test_parsing_twice_gives_the_same_bytes(sample: DataFolder, manifest: Manifest, tmp_path: Path) -> None:
    """Also from another import of the same pages."""
    again = DataFolder(tmp_path)
    import_paths(again, [Path(__file__).parents[3] / "corpus"], manifest, None)
    parse_store(again, manifest)
    assert again.entries.read_bytes() == sample.entries.read_bytes()
    assert again.problems.read_bytes() == sample.problems.read_bytes()


def test_order_of_pages_and_number_of_processes_do_not_matter(
    sample: DataFolder, manifest: Manifest, rng: random.Random
) -> None:
    """Enough pages for worker processes, shuffled, give what few pages give one by one."""
    here = [each.page for each in page_store(sample).pages() if isinstance(each, Held)]
    there = [replace(page, url=page.url.replace(".example/", ".invalid/")) for page in here]
    pages = [*here, *there]
    alone = [parse_pages(part, manifest.volumes) for part in (here, there)]
    rng.shuffle(pages)
    together = parse_pages(pages, manifest.volumes)
    for part in range(2):
        assert sorted(together[part], key=repr) == sorted((each for one in alone for each in one[part]), key=repr)


def test_same_page_number_twice_keeps_both(make_page: Callable[..., Page]) -> None:
    """Nothing is dropped when two URLs of a volume carry the same number; the clash is reported."""
    one = make_page("甲事做成。")
    two = make_page("乙事做成。", url=one.url.replace("node6748", "node6749"))
    entries, problems = parse_pages([one, two], [])
    assert [(entry.id, entry.body) for entry in entries] == [("2002-12-1", "甲事做成。"), ("2002-12-1~2", "乙事做成。")]
    assert [found.code for found in problems] == ["same-page-number"]


def test_import_twice_adds_nothing(sample: DataFolder, manifest: Manifest, root: Path) -> None:
    """The count says so."""
    before = len(page_store(sample).captures())
    result = import_paths(sample, [root / "corpus"], manifest, None)
    assert (result.added, len(page_store(sample).captures())) == (0, before)


def test_pages_without_url_are_named(tmp_path: Path, manifest: Manifest) -> None:
    """When no page's URL can be told, nothing is stored and the way out is said."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.html").write_text("<p>x")
    with pytest.raises(FetchError, match="--base-url"):
        import_paths(DataFolder(tmp_path / "data"), [tmp_path / "in"], manifest, None)


def test_same_id_twice_is_refused_before_anything_is_built(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """The file and the id are named."""
    from indexer.files.entrystore import write_entries

    data = DataFolder(tmp_path)
    write_entries(data.entries, [make_entry("a"), make_entry("a")])
    with pytest.raises(StoreError, match="'a' stands twice"):
        index_entries(data)


def test_unknown_layout_is_refused(manifest: Manifest) -> None:
    """By volume, with those that exist."""
    site = manifest.sites[0]
    wrong = replace(site, volumes=(replace(site.volumes[0], layout="nosuch"),))
    with pytest.raises(ConfigError, match="'2001': no layout 'nosuch'; there is eastday-cms"):
        check_layouts(Manifest((wrong,)))


def test_failed_index_build_leaves_the_old_one_answering(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """A broken entries file is refused; what was published stays."""
    from indexer.files.entrystore import write_entries

    data = DataFolder(tmp_path)
    write_entries(data.entries, [make_entry()])
    index_entries(data)
    data.entries.write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(StoreError, match="line 1"):
        index_entries(data)
    assert open_searcher(tmp_path).count(SearchRequest()) == 1


def test_nothing_to_parse_or_index_is_one_clear_line(tmp_path: Path, manifest: Manifest) -> None:
    """Empty stores say which command fills them."""
    data = DataFolder(tmp_path)
    with pytest.raises(StoreError, match="nianjian import"):
        parse_store(data, manifest)
    with pytest.raises(StoreError, match="nianjian parse"):
        index_entries(data)
    data.entries.write_text("")
    with pytest.raises(StoreError, match="no entries"):
        index_entries(data)


def test_status_counts_what_is_there(sample: DataFolder, manifest: Manifest, tmp_path: Path) -> None:
    """An empty folder has a status too."""
    full = archive_status(sample, manifest)
    assert (full["urls"], full["entries"], full["problems"]["no-hyphen-row"]) == (180, 289, 1)
    assert archive_status(DataFolder(tmp_path), manifest)["entries"] == 0
