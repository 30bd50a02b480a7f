"""A page's families and traps, one rule a test; whole pages are in test_golden."""

import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from one_page import parse_page

from indexer.model import Page
from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.parse.entries.parser import ParsedPage, parse_chain
from indexer.parse.page.pages import chain_pages, frame_page

MakePage = Callable[..., Page]


def codes(parsed: ParsedPage) -> list[str]:
    """Give the codes of a page's problems."""
    return [found.code for found in parsed.problems]


def bodies(parsed: ParsedPage) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give title, body and authors of each entry."""
    return [(entry.title, entry.body, entry.authors) for entry in parsed.entries]


@pytest.mark.parametrize("brackets", ["[]", "［］", "【】", "〖〗", "〔〕"])
def test_entries_run_on_in_one_cell(make_page: MakePage, brackets: str) -> None:
    """A title bracket follows a signature, in every width and kind (F3b)."""
    opening, closing = brackets
    page = make_page(f"{opening}甲事{closing}甲做了事。（王刚） {opening}乙事{closing}乙做了事。(李明)")
    assert bodies(parse_page(page, [])) == [("甲事", "甲做了事。", ("王刚",)), ("乙事", "乙做了事。", ("李明",))]


def test_text_before_the_first_title_is_an_entry_titled_by_the_heading(make_page: MakePage) -> None:
    """An overview comes first (F3a)."""
    parsed = parse_page(make_page("全年做了许多事。（王刚）<br>[乙事]乙做了事。(李明)", heading="综述"), [])
    assert bodies(parsed) == [("综述", "全年做了许多事。", ("王刚",)), ("乙事", "乙做了事。", ("李明",))]


def test_bracketed_heading_is_the_title(make_page: MakePage) -> None:
    """The heading's brackets are no part of the title (F2)."""
    parsed = parse_page(make_page("做了事。<br>（王刚）", heading="【大事】"), [])
    assert [(entry.title, entry.heading) for entry in parsed.entries] == [("大事", "大事")]


@pytest.mark.parametrize(
    "text",
    ["根据沪工总[2001]45号文件办理。", "落实〔2001〕45号文件。", "[2001]45号文件下发。", "学习[三讲]、[三代表]。"],
)
def test_document_numbers_are_no_titles(make_page: MakePage, text: str) -> None:
    """A bracket that the sentence goes on after opens no entry."""
    assert bodies(parse_page(make_page(text, heading="题"), [])) == [("题", text, ())]


@pytest.mark.parametrize(
    ("trail", "year", "section"),
    [
        ("2002年鉴信息与信访", 2002, "信息与信访"),
        ("２００３年鉴局[产业]工会概况", 2003, "局[产业]工会概况"),
        ("<font>2004年鉴</font> &gt;&gt; 职工素质工程", 2004, "职工素质工程"),
        ("<br>2005年鉴", 2005, ""),
    ],
)
def test_year_and_section_come_from_the_breadcrumb(make_page: MakePage, trail: str, year: int, section: str) -> None:
    """Full-width digits are read, the section is kept as printed."""
    (entry,) = parse_page(make_page("做了事。", trail=trail), []).entries
    assert (entry.year, entry.section) == (year, section)


def test_year_from_the_url_where_the_breadcrumb_has_none(make_page: MakePage, manifest) -> None:  # type: ignore[no-untyped-def]
    """The volume's node tells the year; the section stays unknown."""
    (entry,) = parse_page(make_page("做了事。", trail="信访"), manifest.volumes).entries
    assert (entry.id, entry.year, entry.section) == ("2002-12-1", 2002, "")


def test_unknown_year_is_reported_not_guessed(make_page: MakePage) -> None:
    """Footer and navigation hold years, but not the page's."""
    parsed = parse_page(make_page("做了事。", trail="信访", url="http://x.example/a/userobject1ai7.html"), [])
    assert codes(parsed) == ["year-unknown"]
    assert [entry.year for entry in parsed.entries] == [0]


def test_news_of_the_same_cms_gives_nothing(make_page: MakePage) -> None:
    """A breadcrumb that ends in 正文 is no yearbook page."""
    parsed = parse_page(make_page("[甲]做了事。(王刚)", trail="新闻 &gt;&gt; 正文"), [])
    texts = "页题", "[甲]做了事。(王刚)"
    assert parsed == ParsedPage((), (), tuple(Piece(Kind.DROPPED, text, Rule.NEWS) for text in texts), "news")


def test_list_of_links_gives_nothing(make_page: MakePage) -> None:
    """An index page has no entries and no problem (F7)."""
    links = "<br>".join(f"<a href='{n}.html'>[条目{n}]</a>" for n in range(5))
    parsed = parse_page(make_page(links), [])
    assert (parsed.entries, parsed.problems, parsed.kind) == ((), (), "list")


def test_missing_hyphen_row_is_reported(make_page: MakePage) -> None:
    """Then the text begins at the first bracketed title."""
    parsed = parse_page(make_page("[甲事]甲做了事。(王刚)", rule="", heading="分目"), [])
    assert bodies(parsed) == [("甲事", "甲做了事。", ("王刚",))]
    assert (codes(parsed), parsed.entries[0].heading) == (["no-hyphen-row"], "分目")


def test_missing_close_row_ends_at_the_footer(make_page: MakePage) -> None:
    """The footer is never text."""
    parsed = parse_page(make_page("做了事。", close=""), [])
    assert (bodies(parsed)[0][1], codes(parsed)) == ("做了事。", ["no-close-row"])


def test_unclosed_title_ends_at_the_line_break_and_is_reported(make_page: MakePage) -> None:
    """The next line is the body."""
    parsed = parse_page(make_page("[甲事<br>甲做了事。(王刚)"), [])
    assert (bodies(parsed), codes(parsed)) == ([("甲事", "甲做了事。", ("王刚",))], ["unbalanced-title-bracket"])


def test_false_break_is_joined_and_a_real_one_kept(make_page: MakePage) -> None:
    """A break is real only after a sentence's end, even inside a word."""
    parsed = parse_page(make_page("架起桥<br>梁纽带。<br>第二段<p>也断了。</p>"), [])
    assert bodies(parsed)[0][1] == "架起桥梁纽带。\n第二段也断了。"


def test_number_split_by_a_source_newline_keeps_a_space(make_page: MakePage) -> None:
    """Digits are not run together, Han characters are."""
    assert bodies(parse_page(make_page("共29\n498人，工\n会15 000人。"), []))[0][1] == "共29 498人，工会15 000人。"


def test_captions_are_apart_from_body_and_signature(make_page: MakePage) -> None:
    """A credited line near an image, or after a signed entry, is a caption (F4)."""
    content = "<p>【甲事】甲做了事。(王刚)</p><p><img src=a.jpg></p><p>技术成果展(李琪)</p><p>演出现场（赵六 摄）</p>"
    (entry,) = parse_page(make_page(content), []).entries
    assert (entry.body, entry.authors, entry.captions) == (
        "甲做了事。",
        ("王刚",),
        ("技术成果展(李琪)", "演出现场（赵六 摄）"),
    )


def test_officers_and_byline_are_kept_apart(make_page: MakePage) -> None:
    """主席 lines and a speech's by-line are findable but no body (F5, F10)."""
    (officers,) = parse_page(
        make_page("<img src=a><br>主席：方正<br>地址:滨河路77号<br>【概况】有会员。(王刚)"), []
    ).entries
    assert (officers.body, officers.captions) == ("有会员。", ("主席：方正", "地址:滨河路77号"))
    (speech,) = parse_page(
        make_page("——在全委会上的讲话<br>郑怀远<br>（2002年1月15日）<br>同志们：<br>一、形势<br>很好。"), []
    ).entries
    assert (speech.body, speech.captions) == (
        "同志们：\n一、形势\n很好。",
        ("——在全委会上的讲话", "郑怀远", "（2002年1月15日）"),
    )


def test_tables_are_body_cells_in_order(make_page: MakePage) -> None:
    """A row of cells is a line, cells parted by tabs (F9)."""
    content = "<table><tr><td>指标</td><td>2001年</td></tr><tr><td>会员</td><td>113 614</td></tr></table>"
    assert bodies(parse_page(make_page(content, heading="统计表"), [])) == [
        ("统计表", "指标\t2001年\n会员\t113 614", ())
    ]


def test_chronicle_items_are_titled_by_their_resolved_date(make_page: MakePage) -> None:
    """同日 and △ repeat the date above; the marker stays in the body (F8)."""
    content = "一月<br>5日，开会。<br>同日，慰问。<br>12日至14日，培训。<br>△结业。<br>２月<br>28日至3月2日，考察。"
    parsed = parse_page(make_page(content, heading="大事记"), [])
    assert [entry.title for entry in parsed.entries] == [
        "1月5日",
        "1月5日",
        "1月12日至14日",
        "1月12日至14日",
        "2月28日至3月2日",
    ]
    assert [entry.body for entry in parsed.entries][1] == "同日，慰问。"


def test_two_signatures_and_trailing_text_are_reported(make_page: MakePage) -> None:
    """The last signature is taken, the earlier one stays in the body."""
    two = parse_page(make_page("做了事。（王刚）又做了事。（李明）"), [])
    assert (bodies(two), codes(two)) == ([("页题", "做了事。（王刚）又做了事。", ("李明",))], ["two-signatures"])
    after = parse_page(make_page("做了事。（王刚）<br>本刊另有专文介绍此事的来龙去脉。"), [])
    assert (after.entries[0].authors, codes(after)) == (("王刚",), ["text-after-signature"])


def test_entry_over_two_pages_is_joined(make_page: MakePage) -> None:
    """The text goes on where 下一页 leads; ids come from the page an entry starts on."""
    one = make_page("[甲事]甲做了<p><a href='userobject1ai13.html'>下一页</a></p>")
    two = make_page("许多事。(王刚)<br>[乙事]乙做了事。(李明)", url=one.url.replace("ai12", "ai13"))
    (chain,) = chain_pages([frame_page(two, []), frame_page(one, [])])
    parsed = parse_chain(chain, [])
    assert bodies(parsed) == [("甲事", "甲做了许多事。", ("王刚",)), ("乙事", "乙做了事。", ("李明",))]
    assert [entry.id for entry in parsed.entries] == ["2002-12-1", "2002-13-1"]
    assert codes(parsed) == []
    assert codes(parse_page(one, [])) == ["next-page-missing"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-page"),
        (b"  \n ", "empty-page"),
        (b"plain words only", "not-html"),
        (b"\x00\x01\x02" * 50, "unknown-encoding"),
        (b"<html><p>hello</p></html>", "no-yearbook-page"),
        (b"<p>" + b"x" * (8 * 1024 * 1024), "page-too-large"),
    ],
)
def test_unreadable_page_is_a_problem_not_an_exception(make_page: MakePage, body: bytes, code: str) -> None:
    """One bad page among many is reported by its code."""
    page = make_page("x")
    parsed = parse_page(Page(page.url, page.fetched_at, 200, "text/html", body), [])
    assert (parsed.entries, codes(parsed)) == ((), [code])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                *"做了许多事。，：；“”（）()[]【】［］一二5日月△ ",
                *(
                    "（王刚）",
                    "(李明 摄)",
                    "[甲事]",
                    "【乙事】",
                    "<br>",
                    "<p>",
                    "\n",
                    "&nbsp;",
                    "　",
                    "<img src=a>",
                    "同日，",
                ),
                *(
                    "主席：方正",
                    "下一页",
                    "——在会上的讲话",
                    "（2002年1月5日）",
                    "113 614",
                    "<table><tr><td>甲</td><td>乙</td></tr></table>",
                ),
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(["页题", "【页题】", "大事记", ""]),
)
def test_every_character_is_in_exactly_one_piece(make_page: MakePage, parts: list[str], heading: str) -> None:
    """Between the frame's edges nothing is lost, doubled, corrected or moved."""
    framed = frame_page(make_page("".join(parts), heading=heading), [])
    assert framed.frame is not None
    parsed = parse_chain([framed], [])
    if parsed.pieces:
        printed = "".join(framed.frame.heading) + "".join(line.text for line in framed.frame.content)
        assert bare("".join(piece.text for piece in parsed.pieces)) == bare(printed)
    taken = "".join(entry.body + entry.signature + "".join(entry.captions) for entry in parsed.entries)
    kinds = ("body", "signature", "caption")
    if parsed.entries:
        assert sorted(bare(taken)) == sorted(
            bare("".join(piece.text for piece in parsed.pieces if piece.kind in kinds))
        )


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_parser_fail(body: bytes) -> None:
    """Whatever a file holds, parsing ends with entries or problems."""
    from datetime import UTC, datetime

    page = Page("http://x.example/1.html", datetime(2006, 1, 1, tzinfo=UTC), 200, "text/html", body)
    parse_page(page, [])


def bare(text: str) -> str:
    """Leave out white space."""
    return re.sub(r"\s", "", text)


def calls(page: Page) -> int:
    """Count the calls that parsing a page makes."""
    made = 0

    def count(frame: object, event: str, what: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        parse_page(page, [])
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    "piece",
    [
        "<p>[第一号]全市各级工会认真开展工作。（王刚）</p>",
        "<table><tr><td>甲</td><td>乙",
        "工会\n",
        "<br>工会",
        "<div>",
        "<a href=1.html>甲",
        "<a href=1.html><p>甲",
        "<a href=1.html><font>甲<br>",
        "[甲]（",
        "1 234 ",
    ],
)
def test_work_grows_with_the_page_and_no_faster(make_page: MakePage, piece: str) -> None:
    """Twice the page is twice the calls."""
    once, twice = (calls(make_page(piece * count)) for count in (400, 800))
    assert twice < 2.2 * once


def test_page_of_a_million_tags_is_reported_not_parsed(make_page: MakePage) -> None:
    """It would take a gigabyte."""
    assert codes(parse_page(make_page("<div>" * 1_000_000), [])) == ["page-too-large"]


@pytest.mark.parametrize("tag", ["rp", "rt", "ruby", "font", "x"])
def test_text_in_a_damaged_tag_is_text(make_page: MakePage, tag: str) -> None:
    """`</p>` with a bit turned is `<rp>`: what browsers hide or set small is no less the yearbook's."""
    parsed = parse_page(make_page(f"<p>甲做了事。<{tag}><p>乙做了事。</p>（王刚）"), [])
    assert [body for _, body, _ in bodies(parsed)] == ["甲做了事。\n乙做了事。"]
