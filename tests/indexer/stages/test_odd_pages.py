"""Odd pages from a folder to entries and holdings: base, frames, bad spots."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, read_problems, read_reports
from indexer.manifest import Manifest, load_manifest
from indexer.stages.holdings import outside, read_holdings
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import ParseResult, parse_store

FOLDER = "nianjian.cangpu.example/node6000/node6056"
BASE = f'<base href="http://{FOLDER}/">'
PAGE = (
    "<html><head>{head}</head><body><table><tr><td>当前位置：首页 &gt;&gt;2005年鉴综合</td></tr><tr><td>{heading}</td></tr>"
    "<tr><td>" + "-" * 77 + "</td></tr><tr><td>{text}</td></tr><tr><td>[关闭窗口]</td></tr></table></body></html>"
)
Build = Callable[[dict[str, bytes]], tuple[DataFolder, ParseResult]]


def page(text: str, heading: str = "来信来访", head: str = "") -> bytes:
    """Make a page of the bundled manifest's volume of 2005."""
    return PAGE.format(head=head, heading=heading, text=text).encode("gb18030")


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Lay pages at their paths below the volume's folder, import and parse them."""

    def run(pages: dict[str, bytes]) -> tuple[DataFolder, ParseResult]:
        for name, body in pages.items():
            path = tmp_path / "saved" / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        data = DataFolder(tmp_path / "data")
        import_paths(data, [tmp_path / "saved"], load_manifest(), None)
        return data, parse_store(data, load_manifest())

    return run


def test_links_are_relative_to_the_page_s_base_in_chains_and_holdings(build: Build) -> None:
    """One entry over both pages, nothing missing."""
    links = "<a href='node6501/userobject1ai1.html'>甲</a><br><a href='node6501/userobject1ai2.html'>乙</a>"
    going_on = "<p>[信访]群众来信来访</p><p><a href='node6501/userobject1ai2.html'>下一页</a></p>"
    data, result = build(
        {
            "node6501/index.html": page(links, "目录", BASE),
            "node6501/userobject1ai1.html": page(going_on, head=BASE),
            "node6501/userobject1ai2.html": page("<p>逐年减少。（王刚）</p>", head=BASE),
        }
    )
    assert [(each.body, each.authors) for each in read_entries(data.entries)] == [("群众来信来访逐年减少。", ("王刚",))]
    (volume,) = read_holdings(data, load_manifest())
    assert (volume.missing, volume.total("linked"), volume.total("held")) == ((), 2, 2)
    assert not result.has_losses


def test_framed_index_is_a_list_and_what_it_leads_to_is_missed(build: Build) -> None:
    """A frameset has no text: no loss; its frames are pages like others."""
    frames = b"<html><frameset><frame src=left.html><frame src=userobject1ai1.html></frameset></html>"
    data, result = build(
        {"node6501/frames.html": frames, "node6501/userobject1ai1.html": page("群众来访减少。（王刚）")}
    )
    (volume,) = read_holdings(data, load_manifest())
    assert [url.rsplit("/", 1)[1] for url in volume.missing] == ["left.html"]
    assert not result.has_losses


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda body: body.replace("减".encode("gbk"), b"\0" + "减".encode("gbk")), "nul-dropped"),
        (lambda body: b"\xef\xbb\xbf" + body, "false-byte-order-mark"),
        (lambda body: body.replace("（王刚）".encode("gbk"), "（王刚）".encode()), "mixed-encodings"),
    ],
)
def test_bad_spot_is_reported_and_costs_nothing_else(build: Build, spoil: Callable[[bytes], bytes], code: str) -> None:
    """The entry is as it would be without it; no loss."""
    data, result = build({"node6501/userobject1ai1.html": spoil(page("[信访]群众来访减少。（王刚）"))})
    (entry,) = read_entries(data.entries)
    assert (entry.title, entry.body, entry.authors) == ("信访", "群众来访减少。", ("王刚",))
    assert [found.code for found in read_problems(data.problems)] == [code]
    assert not result.has_losses


def test_page_is_of_one_volume_where_scopes_overlap(build: Build) -> None:
    """Of the first that covers it; what is counted by volume adds up."""
    data, _ = build({"node6501/userobject1ai1.html": page("<p>[信访]群众来信。（王刚）</p>")})
    (site,) = [site for site in load_manifest().sites if site.id == "sample"]
    first = next(volume for volume in site.volumes if volume.id == "S2005")
    both = Manifest((replace(site, volumes=(first, replace(first, id="again"))),))
    assert [(volume.id, volume.total("entries")) for volume in read_holdings(data, both)] == [("S2005", 1)]


def test_entries_of_no_volume_are_counted(build: Build) -> None:
    """They are in the index, and no volume's contents has them."""
    data, parsed = build({"node6501/userobject1ai1.html": page("<p>[信访]群众来信。（王刚）</p>")})
    reports = read_reports(data.pages)
    assert parsed.outside == outside(reports, load_manifest().volumes) == (0, 0)
    assert outside(reports, ()) == (1, 1)
    assert parse_store(data, Manifest(())).outside == (1, 1)
