"""Of every character of a page a preview says what became of it, and by which rule."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import page_variations
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from one_page import parse_page

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, write_entries
from indexer.manifest import Manifest
from indexer.model import Page
from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.lines import read_lines, read_tree
from indexer.parse.page.pages import frame_page, layout_of
from indexer.stages.importing import import_paths, page_store
from indexer.stages.pipeline import StoredPages, parse_store
from indexer.stages.preview.asked import preview_asked
from indexer.stages.preview.changes import Changes, changes
from indexer.stages.preview.shown import preview

MakePage = Callable[..., Page]
FRAME = (Rule.ABOVE, Rule.BREADCRUMB, Rule.HEADING_RULE, Rule.HYPHENS, Rule.CLOSE, Rule.BELOW)


def bare(text: str) -> str:
    """Leave white space out."""
    return "".join(text.split())


def visible(page: Page, manifest: Manifest) -> str:
    """Give the text that a reader of the page sees, without white space."""
    layout = layout_of(frame_page(page, manifest.volumes).volume)
    return bare("".join(line.text for line in read_lines(read_tree(decode(page.body).text), layout.apart)))


def test_every_character_of_the_sample_is_in_one_piece_and_understood(sample: DataFolder, manifest: Manifest) -> None:
    """In the page's order, navigation and footer too."""
    for page in StoredPages(sample, manifest):
        pieces = preview((page,), manifest.volumes).pieces
        assert bare("".join(piece.text for piece in pieces)) == visible(page, manifest), page.url
        assert [piece for piece in pieces if piece.kind is Kind.UNKNOWN] == [], page.url


def test_every_character_of_pages_drawn_at_random_is_in_one_piece_and_understood(manifest: Manifest, seed: str) -> None:
    """Whatever frame, breadcrumb, titles and by-lines they have; each piece is the parser's, with its rule."""
    for number in range(200):
        case = page_variations.make(Random(f"{seed} {number}"))
        page = Page(case.url, datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", case.html.encode("gb18030"))
        shown = preview((page,), manifest.volumes)
        assert bare("".join(piece.text for piece in shown.pieces)) == visible(page, manifest), number
        assert [piece for piece in shown.pieces if piece.kind is Kind.UNKNOWN] == [], number
        blocks = Counter((block[-1].rule, bare("".join(piece.text for piece in block))) for block in shown.blocks)
        made = Counter((piece.rule, bare(piece.text)) for piece in parse_page(page, manifest.volumes).pieces)
        assert made <= blocks, number


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(
    st.lists(
        st.sampled_from([*"事。，（）[]【 5日", "（王刚）", "[甲事]", "<br>", "<p>", "-" * 20, "关闭窗口]"]),
        max_size=30,
    )
)
def test_no_character_is_lost_or_doubled_whatever_a_page_holds(
    make_page: MakePage, manifest: Manifest, parts: list[str]
) -> None:
    """Text, rows of hyphens and closing links in any order."""
    page = make_page("".join(parts))
    assert bare("".join(piece.text for piece in preview((page,), []).pieces)) == visible(page, manifest)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "[甲事]<br>做了甲事。（王刚）",
            [
                (Kind.TITLE, "[甲事]", Rule.TITLE_BRACKETS),
                (Kind.BODY, "做了甲事。", Rule.TEXT),
                (Kind.SIGNATURE, "（", Rule.CLOSING),
                (Kind.AUTHOR, "王刚", Rule.CLOSING),
                (Kind.SIGNATURE, "）", Rule.CLOSING),
            ],
        ),
        (
            "做了甲事。<br>作者：王　刚",
            [
                (Kind.BODY, "做了甲事。", Rule.TEXT),
                (Kind.SIGNATURE, "作者：", Rule.LABELLED),
                (Kind.AUTHOR, "王　刚", Rule.LABELLED),
            ],
        ),
        (
            "做了甲事。<br>王大力",
            [(Kind.BODY, "做了甲事。", Rule.TEXT), (Kind.AUTHOR, "王大力", Rule.NAMES)],
        ),
        (
            "<b>甲事办成</b><br>做了甲事。（王刚）<br><center>职工文体</center><br><b>乙事办成</b><br>做了乙事。",
            [
                (Kind.TITLE, "甲事办成", Rule.TITLE_BOLD),
                (Kind.BODY, "做了甲事。", Rule.TEXT),
                (Kind.SIGNATURE, "（", Rule.CLOSING),
                (Kind.AUTHOR, "王刚", Rule.CLOSING),
                (Kind.SIGNATURE, "）", Rule.CLOSING),
                (Kind.HEADING, "职工文体", Rule.HEADING_APART),
                (Kind.TITLE, "乙事办成", Rule.TITLE_BOLD),
                (Kind.BODY, "做了乙事。", Rule.TEXT),
            ],
        ),
        (
            "主席：方正<br>[概况]做了甲事。<br><img src=a.jpg><br>港口一景<br>下一页",
            [
                (Kind.CAPTION, "主席：方正", Rule.OFFICER),
                (Kind.TITLE, "[概况]", Rule.TITLE_BRACKETS),
                (Kind.BODY, "做了甲事。", Rule.TEXT),
                (Kind.CAPTION, "港口一景", Rule.IMAGE),
                (Kind.DROPPED, "下一页", Rule.PAGER),
            ],
        ),
        (
            "<a href=1.html>甲事</a><br><a href=2.html>乙事</a>",
            [(Kind.DROPPED, text, Rule.LINKS) for text in ("甲事", "乙事")],
        ),
    ],
)
def test_rule_is_named(make_page: MakePage, content: str, told: list[tuple[Kind, str, Rule]]) -> None:
    """Of each piece between heading and closing link."""
    pieces = preview((make_page(content),), []).pieces
    assert [piece for piece in pieces if piece.rule not in FRAME] == [Piece(*each) for each in told]


def test_chronicle_names_month_and_date(make_page: MakePage) -> None:
    """Its items have no printed title."""
    pieces = preview((make_page("一月<br>6日，开了会。<br>同日，又开了会。", heading="2001年大事记"),), []).pieces
    assert [piece for piece in pieces if piece.rule not in FRAME] == [
        Piece(Kind.HEADING, "一月", Rule.MONTH),
        Piece(Kind.BODY, "6日，开了会。", Rule.ITEM_DATE),
        Piece(Kind.BODY, "同日，又开了会。", Rule.ITEM_DATE),
    ]


def test_frame_is_told_by_its_parts(make_page: MakePage) -> None:
    """Navigation, breadcrumb, heading, hyphens, closing link, footer."""
    page = make_page("做了甲事。")
    assert preview((page,), []).pieces == (
        Piece(Kind.DROPPED, "2004年年鉴", Rule.ABOVE),
        Piece(Kind.DROPPED, "当前位置：首页 >>2002年鉴信息与信访", Rule.BREADCRUMB),
        Piece(Kind.HEADING, "页题", Rule.HEADING_RULE),
        Piece(Kind.DROPPED, "-" * 77, Rule.HYPHENS),
        Piece(Kind.BODY, "做了甲事。", Rule.TEXT),
        Piece(Kind.DROPPED, "[关闭窗口]", Rule.CLOSE),
        Piece(Kind.DROPPED, "上海市总工会 2006年版权所有", Rule.BELOW),
    )


def test_facts_are_those_of_the_parse(make_page: MakePage, manifest: Manifest) -> None:
    """Year and section of the breadcrumb, encoding of the bytes, titles of the page."""
    shown = preview((make_page("[甲事]做了甲事。（王刚）<br>【乙事】做了乙事。"),), manifest.volumes)
    assert (shown.volume, shown.year, shown.section, shown.heading) == ("2002", 2002, "信息与信访", "页题")
    assert (shown.kind, shown.encoding, shown.titles, shown.layout) == (
        "entries",
        "gb18030",
        "bracket [ 【",
        "eastday-cms",
    )
    assert [entry.title for entry in shown.entries] == ["甲事", "乙事"]


def test_page_that_is_none_of_a_yearbook_is_not_understood(make_page: MakePage) -> None:
    """All its text is shown, and why none of it was taken; bytes that cannot be read have none to show."""
    page = replace(make_page("x"), url="http://other.example/1.html", body=b"<p>one</p><p>two</p>")
    shown = preview((page,), [])
    assert shown.pieces == tuple(Piece(Kind.UNKNOWN, text, Rule.NOTHING) for text in ("one", "two"))
    assert [problem.code for problem in shown.problems] == ["no-yearbook-page"]
    unread = preview((replace(page, body=b"no mark-up"),), [])
    assert (unread.pieces, [problem.code for problem in unread.problems]) == ((), ["not-html"])


@pytest.fixture
def data(tmp_path: Path, root: Path, manifest: Manifest) -> DataFolder:
    """One volume, parsed and not indexed."""
    data = DataFolder(tmp_path / "data")
    import_paths(data, [root / "corpus" / "2002"], manifest, None)
    parse_store(data, manifest)
    return data


def test_text_over_two_pages_is_shown_with_the_frames_between(data: DataFolder, manifest: Manifest) -> None:
    """Whichever page is asked for, by URL or by its entry's id."""
    shown = preview_asked(data, manifest, "S2002-621501-1")
    assert [url[-9:] for url in shown.urls] == ["1501.html", "01_2.html"]
    assert preview_asked(data, manifest, shown.urls[1]) == shown
    assert [entry.id for entry in shown.entries] == ["S2002-621501-1"]
    store = page_store(data, manifest)
    with store.ledger() as ledger:
        pages = [store.latest(ledger, url).page for url in shown.urls]  # type: ignore[union-attr]
    printed = "".join(visible(page, manifest) for page in pages)
    assert bare("".join(piece.text for piece in shown.pieces)) == printed


def test_changes_are_what_another_parse_would_change(data: DataFolder, manifest: Manifest, make_entry) -> None:  # type: ignore[no-untyped-def]
    """Told by id, and by fields; nothing is written."""
    assert changes(data, manifest) == Changes((), {}, ())
    first, second, *others = read_entries(data.entries)
    write_entries(data.entries, [replace(second, title="另题", authors=()), *others, make_entry("zz")])
    before = data.entries.read_bytes()
    assert changes(data, manifest) == Changes((first.id,), {second.id: ("title", "authors")}, ("zz",))
    assert data.entries.read_bytes() == before
