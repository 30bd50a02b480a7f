"""Describes every route: what it is for, what it takes, what it answers."""

from collections.abc import Mapping

from search_app.shown.exporting.formats import FORMATS
from search_app.web.api.described import arguments as takes
from search_app.web.api.described.parts import Route, Schema
from search_app.web.api.described.schemas import ref
from search_app.web.api.exporting import EXPORT_FORMS
from search_app.web.api.tables import LINE_FORMS, TREND_FORMS
from search_app.words.language import N_

CSL = FORMATS["csl-json"].mimetype
JSON, CSV, JSONL = "application/json", "text/csv", "application/jsonl"
_QUERY = ("q", "{query}")
_FILE: Schema = {"type": "string"}
_ENTRY_SAID = N_("一篇条目的全部内容。编号是永久的：旧编号的文字今天在别处时转到那里（302），已不在本库时答 410。")
_NO_ENTRY: Mapping[int, str] = {404: N_("没有这个编号的条目"), 410: N_("这个编号的条目已不在本库")}

ROUTES = (
    Route(
        "/search",
        "search",
        N_("检索"),
        N_("与网页上的检索相同：命中、相近条目、改查的写法、各分面的数目。一次一页；要取全部，用 /entries。"),
        (_QUERY, ("size", "5")),
        {JSON: ref("Search")},
        (takes.SORT, takes.PAGE, takes.HITS, takes.NEAREST_PAGE, takes.EXPLAIN),
        is_search=True,
    ),
    Route(
        "/entries",
        "entries",
        N_("查到的全部条目"),
        N_(
            "依检索的次序逐段给出查到的每一篇，全文照录，没有上限：把 next 原样写进 cursor 再取，直到它是 null。"
            "其间索引换了，或条目的去留变了，答 410，请从头再取；因此取得的全部，一篇不漏，一篇不重。"
        ),
        (_QUERY, ("sort", "book"), ("size", "20")),
        {JSON: ref("Entries")},
        (takes.SORT, takes.ENTRIES_AT_ONCE, takes.CURSOR),
        is_search=True,
        refusals={410: N_("cursor 取得之后，索引或条目的去留有了变动")},
    ),
    Route(
        "/export",
        "export",
        N_("下载条目"),
        N_(
            "查到的每一篇，或所选的若干篇，写成一个文件，没有上限，边查边发；其间索引换了，仍是开始时的那一份。"
            "表格和 JSONL 带全文、出处、处数和采集时间，其余是引文。"
        ),
        (_QUERY, ("sort", "book"), ("format", "ris")),
        {each.mimetype: _FILE for each in FORMATS.values()} | {CSL: {"type": "array", "items": {"type": "object"}}},
        (takes.SORT, takes.CHOSEN, takes.format_of(EXPORT_FORMS)),
        is_search=True,
        is_compared=False,
    ),
    Route(
        "/entry/{id}",
        "entry",
        N_("一篇条目"),
        _ENTRY_SAID,
        (("id", "{entry}"),),
        {JSON: ref("Entry")},
        (takes.ID_IN_PATH,),
        refusals=_NO_ENTRY,
        leads=True,
    ),
    Route(
        "/entry/",
        "entry_by_argument",
        N_("一篇条目，编号作为参数"),
        N_("与 /entry/{id} 相同，供地址里写不下的编号（. 和 ..）用。"),
        (("id", "{entry}"),),
        {JSON: ref("Entry")},
        (takes.ID,),
        refusals=_NO_ENTRY,
        leads=True,
    ),
    Route(
        "/suggest",
        "suggest",
        N_("输入建议"),
        N_("所键入的文字可能指什么：标题、撰稿人、栏目、年鉴、常见词语，各有篇数。"),
        (("q", "{typed}"), ("limit", "5")),
        {JSON: ref("Suggestions")},
        (takes.TYPED, takes.SUGGESTIONS),
    ),
    Route(
        "/facet/{field}",
        "facet",
        N_("一个分面的值"),
        N_("一次检索之下，一个分面有哪些值，各有多少篇；每个数目等于只选这一项时的篇数。"),
        (("field", "section"), _QUERY, ("limit", "10")),
        {JSON: ref("FacetValues")},
        (takes.FIELD, takes.PREFIX, takes.VALUES),
        is_search=True,
        refusals={404: N_("没有这个分面")},
    ),
    Route(
        "/trend",
        "trend",
        N_("历年分布"),
        N_("几个检索在各卷中各有多少篇、多少处，以及每十万字多少；也可取作 CSV。"),
        (_QUERY, ("q", "{other}")),
        {JSON: ref("Trends"), CSV: _FILE},
        (takes.SEARCHES, *takes.FILTERED, takes.format_of(TREND_FORMS)),
    ),
    Route(
        "/concordance",
        "concordance",
        N_("逐处索引"),
        N_("所查文字的每一处，带左右文字；JSON 一次一页，CSV 和 JSONL 给出全部。"),
        (_QUERY, ("sort", "left"), ("size", "10")),
        {JSON: ref("Concordance"), CSV: _FILE, JSONL: _FILE},
        (takes.LINE_SORT, takes.PAGE, takes.LINES_AT_ONCE, takes.format_of(LINE_FORMS)),
        is_search=True,
    ),
    Route(
        "/volumes",
        "volumes",
        N_("各卷"),
        N_("有条目的各卷，依年鉴和年份，以及清单里所说的编者、出版者等；清单没有说的是空的或 0。"),
        (),
        {JSON: ref("Volumes")},
    ),
    Route(
        "/contributors",
        "contributors",
        N_("撰稿人"),
        N_("署过名的人和单位，各署了多少篇，多的在先；同名异写照编者的判定归为一人。"),
        (("size", "10"),),
        {JSON: ref("Contributors")},
        (takes.PREFIX, takes.PAGE, takes.CONTRIBUTORS_AT_ONCE),
    ),
    Route(
        "/holdings",
        "holdings",
        N_("馆藏"),
        N_("每一卷每一栏目收存了多少网页，缺哪些：说“没有”，只对收存的网页作数。"),
        (),
        {JSON: ref("Holdings")},
        is_compared=False,
    ),
)
"""Every route but that of the description itself, in the order in which the page lists them."""
