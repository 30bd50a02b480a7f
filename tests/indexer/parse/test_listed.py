"""A bracket in running text that an index page lists as a title on the page opens an entry, unsigned ones before it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, read_problems
from indexer.manifest import Manifest
from indexer.model import Entry, Page
from indexer.stages.importing import import_paths
from indexer.stages.parsing.stream import parse_pages
from indexer.stages.pipeline import index_entries, parse_store
from indexer.stages.preview.asked import preview_asked
from indexer.stages.provenance import differing_fields, rebuild_entry
from indexer.stages.verifying import verify

SITE = "http://nianjian.cangpu.example/node6000/node6001/"
PAGE = SITE + "node7/userobject1ai7.html"
TEXT = "年内走访职工百户。{} 办成实事五件。[十佳]职工受到表彰。"


def texts(entries: list[Entry]) -> list[tuple[str, str]]:
    """Give the titles with the bodies of the page's entries."""
    return [(entry.title, entry.body) for entry in entries if entry.url == PAGE]


def pages(make_page: Callable[..., Page], printed: str, *words: str) -> list[Page]:
    """Make an index page with links to a page, in another folder, that has a bracket in its text."""
    listed = "<br>".join(f'<a href="{PAGE}#{at}">{each}</a>' for at, each in enumerate(words))
    listed += f'<br><a href="{SITE}node7/userobject1ai8.html">十佳</a>'
    index = make_page(listed, "目录", "2001年鉴信访", SITE + "index.html", rule="")
    return [index, make_page(TEXT.format(printed), "职工信访", "2001年鉴信访", PAGE)]


@pytest.mark.parametrize(
    ("printed", "listed"),
    [("[帮困]", "帮困"), ("[送温暖活动]", "·[送 温暖活动]"), ("[双优 竞赛]", "双优竞赛")],
)
def test_listed_title_opens_an_entry(
    make_page: Callable[..., Page], manifest: Manifest, printed: str, listed: str, rng: random.Random
) -> None:
    """In whatever order the pages come; what is listed of another page is a title there, not here."""
    made = pages(make_page, printed, "职工信访", listed)
    for _ in range(3):
        rng.shuffle(made)
        entries, problems = parse_pages(made, manifest.volumes)
        assert texts(entries) == [
            ("职工信访", "年内走访职工百户。"),
            (printed[1:-1], "办成实事五件。[十佳]职工受到表彰。"),
        ]
        assert problems == []


@pytest.mark.parametrize("listed", [(), ("职工信访",), ("帮困工作",)])
def test_bracket_that_is_not_listed_stays_in_the_text_and_is_reported(
    make_page: Callable[..., Page], manifest: Manifest, listed: tuple[str, ...]
) -> None:
    """Nothing else on the page tells a title from a word in brackets."""
    entries, problems = parse_pages(pages(make_page, "[帮困救助]", *listed), manifest.volumes)
    assert texts(entries) == [("职工信访", TEXT.format("[帮困救助]"))]
    assert [found.code for found in problems] == ["bracket-not-a-title"]


def test_listed_title_inside_a_sentence_is_none(make_page: Callable[..., Page], manifest: Manifest) -> None:
    """The text speaks of it."""
    made = pages(make_page, "开展[帮困救助]活动。", "帮困救助")
    made[1] = make_page("年内开展[帮困救助]活动，走访百户。", "职工信访", "2001年鉴信访", PAGE)
    entries, problems = parse_pages(made, manifest.volumes)
    assert texts(entries) == [("职工信访", "年内开展[帮困救助]活动，走访百户。")]
    assert problems == []


def test_every_command_reads_the_page_alike(make_page: Callable[..., Page], manifest: Manifest, tmp_path: Path) -> None:
    """Parse, verify, preview, and the entry made again from its record; the index lies in another folder."""
    data = DataFolder(tmp_path / "data")
    for each in pages(make_page, "[帮困救助]", "帮困救助"):
        path = tmp_path / each.url.removeprefix("http://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.body)
    import_paths(data, [tmp_path / "nianjian.cangpu.example"], manifest, "http://nianjian.cangpu.example/")
    parse_store(data, manifest)
    index_entries(data)
    entries = list(read_entries(data.entries))
    assert [title for title, _ in texts(entries)] == ["职工信访", "帮困救助"]
    assert list(read_problems(data.problems)) == []
    assert not verify(data, manifest).has_losses
    assert [each.title for each in preview_asked(data, manifest, PAGE).entries] == ["职工信访", "帮困救助"]
    for entry in entries:
        again = rebuild_entry(data, manifest, entry)
        assert again is not None
        assert differing_fields(again, entry) == []
