"""Describes arguments, with the limits that are checked when they are read; it knows no route."""

from collections.abc import Iterable

from indexer.search.fields import FACET_LIMIT, FILTERS, YEAR
from indexer.search.query.tree import MAX_SIZE, SORTS
from indexer.search.shown.suggestions import MOST, SHOWN
from search_app.shown.exporting.exported import CHOSEN_MOST
from search_app.shown.links import DEFAULT_SIZE, MAX_PAGE, MAX_VALUES
from search_app.shown.tables.concordance import LINE_SORTS, LINES, MAX_LINES
from search_app.shown.tables.trend import MAX_SEARCHES
from search_app.web.api.described.parts import Argument, Schema
from search_app.web.api.listing import CONTRIBUTORS, MAX_CONTRIBUTORS
from search_app.web.api.reading import ENTRIES, MAX_ENTRIES
from search_app.web.api.searching import MAX_FACET
from search_app.words.language import N_

TEXT: Schema = {"type": "string"}
ANY_SORT, ANY_PAGE = N_("排列的次序"), N_("第几页")


def _number(least: int, most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


def _one_of(values: Iterable[object], **more: object) -> Schema:
    listed = list(values)
    kind = "integer" if isinstance(listed[0], int) else "string"
    return {"type": kind, "enum": listed, **more}


def _size(most: int, default: int) -> Argument:
    return Argument("size", _number(1, most, default), N_("一次给出多少"))


def format_of(forms: Iterable[str]) -> Argument:
    """Describe the form of an answer; the first is that where none is asked for."""
    listed = list(forms)
    return Argument("format", _one_of(listed, default=listed[0]), N_("回答的格式"))


_ONLY = {
    "yearbook": N_("只要这些年鉴的条目"),
    "volume": N_("只要这些卷的条目，写卷的编号"),
    "year": N_("只要这些卷年份的条目"),
    "section": N_("只要这些栏目的条目"),
    "author": N_("只要这些人署名的条目"),
}
_WITHOUT = {
    "yearbook": N_("不要这些年鉴的条目"),
    "volume": N_("不要这些卷的条目"),
    "year": N_("不要这些卷年份的条目"),
    "section": N_("不要这些栏目的条目"),
    "author": N_("不要这些人署名的条目"),
}


def _filter(way: str, name: str, said: str) -> Argument:
    schema = {**TEXT, "pattern": f"^{YEAR}$"} if name == "year" else TEXT
    return Argument(way + name, schema, said, several=MAX_VALUES)


QUERY = Argument("q", TEXT, N_("查什么，写法与检索框相同；怎样写都不算错，读不懂的地方在 notes 里说明"))
FILTERED = tuple(
    [_filter("", name, _ONLY[name]) for name in FILTERS] + [_filter("not.", name, _WITHOUT[name]) for name in FILTERS]
)
SEARCHED = (QUERY, *FILTERED)
"""What says which entries are searched for; several routes take it."""
SORT = Argument("sort", _one_of(SORTS, default=SORTS[0]), ANY_SORT)
PAGE = Argument("page", _number(1, MAX_PAGE, 1), ANY_PAGE)
HITS = _size(MAX_SIZE, DEFAULT_SIZE)
NEAREST_PAGE = Argument("nearest_page", _number(1, MAX_PAGE, 1), N_("相近条目的第几页"))
EXPLAIN = Argument("explain", _one_of((0, 1), default=0), N_("写 1 则每条命中附上得分由什么组成"))
LINE_SORT = Argument("sort", _one_of(LINE_SORTS, default=LINE_SORTS[0]), N_("排列的次序；left、right 依左、右的文字"))
LINES_AT_ONCE = _size(MAX_LINES, LINES)
ENTRIES_AT_ONCE = _size(MAX_ENTRIES, ENTRIES)
CONTRIBUTORS_AT_ONCE = _size(MAX_CONTRIBUTORS, CONTRIBUTORS)
CURSOR = Argument("cursor", TEXT, N_("接着取：上一次回答里的 next，原样写来；其余参数不变，size 可变"))
CHOSEN = Argument("id", TEXT, N_("只要这些编号的条目，依所写的次序；不写则是查到的全部"), several=CHOSEN_MOST)
TYPED = Argument("q", TEXT, N_("已键入的文字：名称的一部分、拼音、首字母都可以"))
SUGGESTIONS = Argument("limit", _number(1, MOST, SHOWN), N_("至多给出几条"))
SEARCHES = Argument(
    "q", {**TEXT, "pattern": r"\S"}, N_("查什么；每写一个 q 就是一个检索"), several=MAX_SEARCHES, is_required=True
)
FIELD = Argument("field", _one_of(FILTERS), N_("哪一个分面"), is_required=True, in_path=True)
PREFIX = Argument("prefix", TEXT, N_("只要这样开头的"))
VALUES = Argument("limit", _number(1, MAX_FACET, FACET_LIMIT), N_("至多列出几个值；选中和除去的总在其中"))
ID_IN_PATH = Argument("id", TEXT, N_("条目的编号"), is_required=True, in_path=True)
ID = Argument("id", TEXT, N_("条目的编号"), is_required=True)
