"""Describes the page design of each known site as data; the parsing code contains nothing about a single site.

A new yearbook design is a new row here. Patterns are matched against text whose full-width forms have been folded to
half-width (`indexer.text.fold.fold_width`), so one spelling covers both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from re import Pattern

_PAGER_WORD = r"(?:上一?页|下一?页|首页|末页|尾页|打印本?页?|返回(?:首页|上页|上一页|目录|顶部)?|收藏本页|推荐给好友|第\s*\d+\s*页|共\s*\d+\s*[页条篇项]|每\s*页\s*\d+\s*[条篇项]|\d+\s*页)"
_PAGER_GAP = r"[\s\d/|<>«»()\[\]【】…]*"
_MONTHS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to recognise the parts of a page in one design."""

    breadcrumb: Pattern[str]
    """Opens the breadcrumb line; what follows is the trail."""
    trail_part: Pattern[str]
    """What a line of the trail contains, if the trail takes several lines."""
    system: Pattern[str]
    """One field of the line in which the site's system says who entered the page and when; group `author`."""
    volume_in_trail: Pattern[str]
    """Groups `year` and `section` of the trail."""
    news_in_trail: Pattern[str]
    """Marks the trail of a page of the same site that is news, not a yearbook page."""
    rule: Pattern[str]
    """The row of hyphens between heading and text."""
    heading_tag: str
    """Tag of the page's heading, in designs where a tag rather than a row of hyphens separates it from the text."""
    title_tag: str
    """Tag of an entry's title, in designs where titles are set in a tag rather than in brackets."""
    close: Pattern[str]
    """The link that ends the text."""
    footer: Pattern[str]
    """Ends the text if the closing link is missing."""
    page_number: Pattern[str]
    """Group 1 is the page's number in its URL."""
    next_page: Pattern[str]
    """Text of the link to the page on which the text continues."""
    pager: Pattern[str]
    """A line of nothing but pagination."""
    title_brackets: Mapping[str, str]
    """Closing bracket by opening bracket."""
    officer: Pattern[str]
    """A line that names officers, an address or a telephone number."""
    chronicle: Pattern[str]
    """Heading or section of a chronicle."""
    roll: Pattern[str]
    """Heading or section of a page that is one list or table: brackets in it are not titles, names not signatures."""
    speech: Pattern[str]
    """Heading of a speech, which a by-line may follow."""
    month: Pattern[str]
    """A month line of a chronicle, or a month in its heading; group `month`."""
    byline_date: Pattern[str]
    """The date under a speech's heading, on its own line."""
    subhead: Pattern[str]
    """A numbered sub-head, which is always a line of its own."""

    opening: Pattern[str] = field(init=False)
    """A bracket that may open a title."""

    def __post_init__(self) -> None:
        """Compile the pattern that follows from the brackets."""
        object.__setattr__(self, "opening", re.compile(f"[{re.escape(''.join(self.title_brackets))}]"))

    @property
    def apart(self) -> frozenset[str]:
        """Tags that start a line of their own."""
        return frozenset({self.heading_tag, self.title_tag} - {""})


EASTDAY = Layout(
    breadcrumb=re.compile(r"(?:当\s*前|您\s*的|你\s*的|所\s*在)\s*位\s*置\s*:?|(?=首\s*页\s*[>\-—–|].*年鉴)"),
    trail_part=re.compile(r"^\s*[>→]|[>→]\s*$|^\s*首\s*页|^\S{0,8}年鉴"),
    volume_in_trail=re.compile(
        r"(?P<year>[12]\d{3}|[一二][〇○零O一二三四五六七八九]{3})\s*年?年鉴[\s>]*(?P<section>.*)", re.DOTALL
    ),
    system=re.compile(
        r"\s*(?:(?:作者|责任编辑|编辑)\s*:\s*(?P<author>[^\s:]*(?:\s[^\s:]{1,2}(?=\s|$))*)|(?:文章)?(?:来源|出处)\s*:?\s*[^\s:]*|"
        r"(?:点击|浏览|阅读|人气)(?:次?数|率|量)?\s*:?\s*\d*\s*次?|(?:发布|更新|录入|添加)?(?:时间|日期)\s*:?\s*[\d\-/.年月日]+(?:\s+\d+:\d+(?::\d+)?)?|"
        r"字\s*[体号]\s*:?\s*[\[(]?[大中小\s]*[\])]?|录入(?:人|者)?\s*:?\s*[^\s:]*)\s*[|/]?"
    ),
    news_in_trail=re.compile(r">\s*正文\s*$"),
    rule=re.compile(r"[-‐‑–—―─－]{10,}"),
    heading_tag="",
    title_tag="",
    close=re.compile(r"[\[【]\s*关\s*闭\s*窗\s*口\s*[\]】]"),
    footer=re.compile(r"\d{4}\s*年?\s*版权所有|copyright\s+\d{4}|沪ICP备", re.IGNORECASE),
    page_number=re.compile(r"/(?:userobject1ai|u1ai|u1a)(\d+(?:_\d+)?)\.s?html?$"),
    next_page=re.compile(r"下一?页"),
    pager=re.compile(rf"{_PAGER_GAP}(?:{_PAGER_WORD}{_PAGER_GAP})+"),
    title_brackets={"[": "]", "［": "］", "【": "】", "〖": "〗", "〔": "〕"},
    officer=re.compile(
        r"(?:工会|党委|党组|常务|经审|女工|女职工|单位|联系|代)*\s*"
        r"(?:(?:(?:副|名誉)?主\s*席|(?:副)?书记|(?:副)?主任|工会负责人|负责人)(?:\s*:|\s+[^\s,。]{1,4}(?:\s|$)|\t)|"
        r"(?:地\s*址|电\s*话|邮\s*编|邮政编码|传\s*真|网\s*址|e-?mail)(?:\s*:|\t))",
        re.IGNORECASE,
    ),
    chronicle=re.compile(r"大\s*事\s*(?:记|纪\s*[要略]|年\s*表|辑\s*要|要\s*览|录)"),
    roll=re.compile(r"名\s*[录单]$|光荣榜|一览表$|统计表$|情况表$"),
    speech=re.compile(
        r"(?:讲\s*话|(?<!调研)(?<!调查)(?<!考察)(?<!研究)(?<!检查)(?<!视察)报\s*告|致\s*[辞词]|发\s*言|演\s*讲|献\s*[辞词]|祝\s*[辞词])\s*(?:\(.{1,8}\))?$"
    ),
    month=re.compile(rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{_MONTHS}])\s*月份?"),
    byline_date=re.compile(
        r"\(\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[年.].{1,3}(?:[月.]\s*(?:.{1,3}日?)?)?\s*(?:[,;:].{1,12})?\)|"
        r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年.{1,3}月.{1,3}日"
    ),
    subhead=re.compile(rf"[{_MONTHS}]+、|\([{_MONTHS}]+\)"),
)

QINGWAN = replace(
    EASTDAY,
    breadcrumb=re.compile(r"您的位置\s*:"),
    heading_tag="h2",
    title_tag="h3",
    close=re.compile(r"^打印本页$"),
    page_number=re.compile(r"/(\d+)\.html$"),
)

LAYOUTS: Mapping[str, Layout] = {"eastday-cms": EASTDAY, "headings-2020": QINGWAN}
