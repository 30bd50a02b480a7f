"""Cases found by an examiner who probed every sentence of the layouts' description; `L` is a sentence."""

from collections.abc import Callable

import pytest
from one_page import parse_page

from indexer.model import Page
from indexer.parse.entries.chronicle import ItemDate, item_date, month_line
from indexer.parse.layouts import EASTDAY
from indexer.text.fold import fold_width

L = "工会做了许多事。"


@pytest.mark.parametrize(
    ("content", "entries", "codes"),
    [
        # what stands in closing parentheses and names nobody who signs
        (f"{L}其中有石化公司职工(王大力)。", [("页题", ())], []),
        (f"{L}三家单位(邮政局、铁路局、电信局)。", [("页题", ())], []),
        (f"{L}三个区试点(黄浦、卢湾、徐汇)", [("页题", ())], []),
        (f"{L}(一等奖)", [("页题", ())], []),
        (f"{L}(第五名)", [("页题", ())], ["signature-unclear"]),
        (f"{L}(农民工)", [("页题", ())], []),
        # organisations with 经, 自 or a number in their name
        (f"{L}(经济工作部)", [("页题", ("经济工作部",))], []),
        (f"{L}(自来水公司工会 王刚)", [("页题", ("王刚",))], []),
        (f"{L}(上海第17棉纺厂工会)", [("页题", ("上海第17棉纺厂工会",))], []),
        (f"{L}(工人文化宫)", [("页题", ("工人文化宫",))], []),
        (f"{L}(本刊记者 王刚)", [("页题", ("王刚",))], []),
        # forms of names
        (f"{L}(王刚等)", [("页题", ("王刚",))], []),
        (f"{L}(王刚 和 李明)", [("页题", ("王刚", "李明"))], []),
        (f"{L}(文 李明)", [("页题", ("李明",))], []),
        (f"{L}(李 晓 明 王 刚)", [("页题", ("李晓明", "王刚"))], []),
        (f"{L}(杨建华 <br> 李明)", [("页题", ("杨建华", "李明"))], []),
        (f"{L}(市总办公室、研究室)", [("页题", ("市总办公室", "研究室"))], []),
        # an entry that is not split is reported
        (f"[甲事]{L} [乙事项]{L}(章维)", [("甲事", ()), ("乙事项", ("章维",))], []),
        # brackets that are no titles, and one that is
        (f"[甲事]工会开展了<br>[十佳]职工评选活动。{L}(章维)", [("甲事", ("章维",))], []),
        (f"{L}<br>[沪工总2001]45号文件下发。(章维)", [("页题", ("章维",))], []),
        (f"[号召]号召职工参加。{L}(章维)", [("号召", ("章维",))], []),
        (f"[甲工作：{L * 12}(王刚)", [("页题", ("王刚",))], ["unbalanced-title-bracket"]),
        # photographs
        (f"<p>{L}(章维)</p><img src=a><p>职工在看展览</p><p>(李琪)</p>", [("页题", ("章维",))], []),
        (f"市领导看望职工(李琪)<br>[甲事]{L}(章维)", [("甲事", ("章维",))], []),
        (f"{L}<br><img src=s.gif>一、加强学习<br>{L}(章维)", [("页题", ("章维",))], []),
        # officers inside an entry are its text
        (f"[甲事]{L}<br>电话：热线开通，共接电话300个。(章维)", [("甲事", ("章维",))], []),
        (f"主席　王大力<br>[概况]{L}(章维)", [("概况", ("章维",))], []),
        # zero-width characters and GBK's indent
        (f"\u200b[甲事]{L}(章维)", [("甲事", ("章维",))], []),
        ("<a href=1.html>书画展</a> (2002-10-11)<br>2. <a href=2.html>歌咏赛</a> (2002-10-12)", [], []),
    ],
)
def test_entry_pages(make_page: Callable[..., Page], content: str, entries: list[object], codes: list[str]) -> None:
    """Titles, authors and what is reported."""
    parsed = parse_page(make_page(content), [])
    assert [(entry.title, entry.authors) for entry in parsed.entries] == entries
    assert [found.code for found in parsed.problems] == codes


def test_indent_of_the_time_is_white_space(make_page: Callable[..., Page]) -> None:
    """The bytes A3 A0 stand for U+3000."""
    page = make_page("@@[甲]做了事。(章@维)<br>@@[乙]做了事。(王刚)")
    body = page.body.replace(b"@", b"\xa3\xa0")
    parsed = parse_page(Page(page.url, page.fetched_at, 200, "", body), [])
    assert [(entry.title, entry.authors) for entry in parsed.entries] == [("甲", ("章维",)), ("乙", ("王刚",))]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("8、9日，开会", "1月8日、9日"),
        ("5、7日至9日，开会", "1月5日、7日至9日"),
        ("13日和15日，开会", "1月13日、15日"),
        ("5 日，开会", "1月5日"),
        ("21--22日，开会", "1月21日至22日"),
        ("卅日，开会", "1月30日"),
        ("三十日至二月二日，开会", "1月30日至2月2日"),
        ("12月30日至2001年1月3日，开会", "12月30日至1月3日"),
        ("2001年3月5日，开会", "3月5日"),
        ("2月　1日，开会", "2月1日"),
        ("3月上旬，开会", "3月上旬"),
        ("是月，开会", "1月"),
        ("是日，开会", "1月4日"),
        ("▲开会", "1月4日"),
        ("△7日，开会", "1月7日"),
        ("【13日】开会", "1月13日"),
        ("3日的会议开了", None),
        ("10日游活动", None),
        ("一日千里", None),
        ("8日起放假", None),
        ("7日下午，续会", None),
    ],
)
def test_chronicle_dates(text: str, title: str | None) -> None:
    """A date at the start of a line, followed by a comma, a colon or a space, opens an item."""
    found = item_date(fold_width(text), ItemDate(1, "1月4日"))
    assert (found.title if found else None) == title


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("2001年2月", 2),
        ("五月：", 5),
        ("·6月·", 6),
        ("■11月", 11),
        ("—12月—", 12),
        ("★三月份★", 3),
        ("八月大事", 8),
        ("十三月", 0),
    ],
)
def test_month_lines(line: str, month: int) -> None:
    """However they are decorated."""
    assert month_line(fold_width(line), EASTDAY) == month


def test_roll_is_one_entry_line_by_line(make_page: Callable[..., Page]) -> None:
    """Brackets are no titles in it, names no signature, and lines are not run together."""
    page = make_page("[全国劳模]<br>王大力　李小明<br>纺织厂工会(王刚)", trail="2002年鉴先进名录", heading="先进个人")
    (entry,) = parse_page(page, []).entries
    assert (entry.title, entry.authors) == ("先进个人", ())
    assert entry.body == "[全国劳模]\n王大力　李小明\n纺织厂工会(王刚)"


def test_list_items_and_cells_are_lines_and_empty_cells_stay(make_page: Callable[..., Page]) -> None:
    """Columns do not shift."""
    rows = "<table><tr><td>单位</td><td>男</td><td>女</td></tr><tr><td>纺织</td><td>&nbsp;</td><td>7</td></tr></table>"
    (entry,) = parse_page(make_page(f"<ul><li>纺织公司</li><li>石化公司</li></ul>{rows}"), []).entries
    assert entry.body == "纺织公司\n石化公司\n单位\t男\t女\n纺织\t\t7"


def test_by_line_above_the_hyphens_is_no_part_of_the_title(make_page: Callable[..., Page]) -> None:
    """It is kept apart like one below them."""
    page = make_page(L, heading="团结起来<br>——在会上的讲话<br>陈大力<br>(2001年3月5日)")
    (entry,) = parse_page(page, []).entries
    assert (entry.title, entry.captions) == ("团结起来", ("——在会上的讲话", "陈大力", "(2001年3月5日)"))


def test_dashes_open_other_texts_than_speeches(make_page: Callable[..., Page]) -> None:
    """Without a date, and on a page that is no speech, they are text."""
    (entry,) = parse_page(make_page("主要工作如下：<br>——学习先进<br>——服务职工", heading="概况"), []).entries
    assert (entry.body, entry.captions) == ("主要工作如下：\n——学习先进——服务职工", ())


def test_hyphens_deep_in_the_text_are_not_the_heading_s(make_page: Callable[..., Page]) -> None:
    """The page is reported as having no row of hyphens, and no entry is lost."""
    page = make_page(f"[甲事]{L}(章维)<br>{'—' * 12}<br>[乙事]{L}(王刚)", rule="")
    parsed = parse_page(page, [])
    assert [entry.title for entry in parsed.entries] == ["甲事", "乙事"]
    assert "no-hyphen-row" in {found.code for found in parsed.problems}
