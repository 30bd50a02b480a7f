"""Describes every answer as a JSON Schema: which keys it has, and no others."""

from dataclasses import fields
from typing import Any

from indexer.model import Entry
from indexer.search.fields import FACETS, FILTERS
from indexer.search.shown.results import Form, PartCode
from indexer.search.shown.rungs import RungCode
from indexer.search.suggestible import SuggestionKind
from search_app.shown.tables.concordance import LINE_SORTS
from search_app.web.api.described.parts import Schema
from search_app.web.api.listing import DESCRIBED
from search_app.words.language import N_

_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def ref(name: str) -> Schema:
    """Return the reference to one of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def _of(kind: object, said: str = "", **more: object) -> dict[str, Any]:
    told = {"description": said} if said else {}
    if isinstance(kind, type):
        return {"type": _JSON_TYPES[kind], **more, **told}
    return {**kind, **more, **told}  # type: ignore[dict-item]


def _list(kind: object, said: str = "") -> dict[str, Any]:
    return {"type": "array", "items": _of(kind), **({"description": said} if said else {})}


def _codes(values: Any, said: str = "") -> dict[str, Any]:
    return _of(str, said, enum=[str(each) for each in values])


def _record(_optional: tuple[str, ...] = (), /, **properties: Schema) -> dict[str, Any]:
    required = [name for name in properties if name not in _optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


COUNT = _of(int, minimum=0)
TEXTS = _list(str)
GENERATION = _of(str, N_("作答的是哪一代索引；换了新索引，它就变"))
ADDRESS = _of(str, N_("网页的地址，本站之内的路径"))
NOTES = _list(ref("Note"), N_("要告诉读者的：哪里没有照字面理解，哪个条件什么也不剩"))
_ASKED = _of(str, N_("所查的文字，照请求里的样子"))
_ENTRY_SAID = {
    "id": N_("永久的编号；改了解析，旧编号也能找到它"),
    "year": N_("卷年份，一般比所记的事晚一年；不知道时为 0"),
    "authors": N_("署名，照印的样子"),
    "captions": N_("与正文分开的文字，如图注"),
    "url": N_("原网页的地址"),
    "position": N_("在原网页上是第几篇，从 1 数起"),
    "order": N_("原网页在卷中的次序；不知道时为 0"),
}
PERSONS = _list(str, N_("署名各是谁，照编者的判定；筛选和计数用这些名字"))
_BRIEF = ("id", "yearbook", "volume", "year", "section", "heading", "title", "authors")
"""What a hit has of its entry, before who signed it."""


def _entry() -> dict[str, Any]:
    kinds = {each.name: each.type for each in fields(Entry)}
    order = ["id", "yearbook", *(name for name in kinds if name not in ("id", "yearbook"))]
    return {
        name: _of(kinds[name], _ENTRY_SAID.get(name, ""))
        if kinds[name] in _JSON_TYPES
        else _list(str, _ENTRY_SAID.get(name, ""))
        for name in order
    }


def _hit(**more: Schema) -> dict[str, Any]:
    entry = _entry()
    return _record(
        ("explain",),
        **{name: entry[name] for name in _BRIEF},
        persons=PERSONS,
        url=entry["url"],
        score=_of(float, N_("只可与同一次回答里的相比")),
        snippet=_list(ref("Span")),
        reasons=_list(ref("Reason")),
        explain=_list(ref("ScorePart"), N_("只在要求得分明细时有")),
        **more,
    )


_FIGURES = {
    "yearbook": _of(str),
    "volume": _of(str),
    "year": _of(int),
    "found": COUNT,
    "occurrences": COUNT,
    "found_per_100000": _of(float),
    "occurrences_per_100000": _of(float),
    "entries": _of(COUNT, N_("卷中合乎条件的条目数")),
    "characters": _of(COUNT, N_("这些条目的字数，不计空白")),
}
_SECTION = {
    "section": _of(str),
    "linked": _of(COUNT, N_("目录页列出的网页数")),
    "held": _of(COUNT, N_("收存的网页数")),
    "entries": COUNT,
    "problems": _of(COUNT, N_("有存疑之处的网页数")),
    "missing": _list(str, N_("目录页列出而没有收存的网页")),
}

SCHEMAS: dict[str, Schema] = {
    "Search": _record(
        query=_ASKED,
        generation=GENERATION,
        readings=_list(ref("Reading"), N_("不加引号的文字怎样切成词")),
        total=_of(COUNT, N_("合乎所查的条目数，确切")),
        occurrences=_of({"type": ["integer", "null"]}, N_("所查文字出现的处数；不能确切数出时为 null")),
        page=_of(int),
        size=_of(int),
        hits=_list(ref("Hit")),
        nearest=_list(ref("NearHit"), N_("不合乎所查、但相近的条目；什么数目都不计它们")),
        nearest_page=_of(int),
        nearest_more=_of(bool, N_("相近条目是否还有下一页")),
        ladder=_list(ref("Rung"), N_("查不到或查到很少时，可以改查什么")),
        facets=_record(**{name: ref("Facet") for name in FACETS}),
        notes=NOTES,
        also=_list(_record(query=_of(str), total=COUNT), N_("所查词语的别名，各有多少篇")),
    ),
    "Reading": _record(run=_of(str), words=TEXTS, whole=_of(COUNT, N_("其中原样含有它的条目数"))),
    "Hit": _hit(),
    "NearHit": _hit(has=_list(str, N_("它有的词")), lacks=_list(str, N_("它缺的词"))),
    "Span": _record(text=_of(str), marked=_of(bool)),
    "Reason": _record(
        code=_codes(Form),
        text=_of(str),
        field=_of(str),
        strings=_list(_record(text=_of(str), form=_codes(Form), meant=_of(str))),
        count=COUNT,
    ),
    "ScorePart": _record(code=_codes(PartCode), text=_of(str), string=_of(str), score=_of(float)),
    "Rung": _record(code=_codes(RungCode), text=_of(str), query=_of(str), url=ADDRESS, total=COUNT),
    "Facet": _record(values=_list(ref("Value")), more=_of(COUNT, N_("另有多少个值没有列出"))),
    "Value": _record(
        value=_of(str),
        count=_of(COUNT, N_("只选它时有多少篇")),
        selected=_of(bool),
        excluded=_of(bool),
    ),
    "Note": {
        "type": "object",
        "properties": {"code": _of(str, N_("不变的代号，供程序辨认")), "text": _of(str)},
        "required": ["code", "text"],
        "additionalProperties": {"type": ["string", "integer"]},
        "description": N_("代号、读者语言的一句话，以及这句话里的各个值"),
    },
    "Entry": _record(**_entry(), persons=PERSONS),
    "Entries": _record(
        generation=GENERATION,
        query=_ASKED,
        total=_of(COUNT, N_("合乎所查的条目数，确切")),
        size=_of(int),
        entries=_list(ref("Entry")),
        next=_of({"type": ["string", "null"]}, N_("接着取用的 cursor；取完时为 null")),
        notes=NOTES,
    ),
    "Suggestions": _record(
        query=_ASKED,
        generation=GENERATION,
        suggestions=_list(
            _record(
                kind=_codes(SuggestionKind), label=_of(str), text=_of(str), count=COUNT, query=_of(str), url=ADDRESS
            )
        ),
    ),
    "FacetValues": _record(
        query=_ASKED,
        generation=GENERATION,
        field=_codes(FILTERS),
        prefix=_of(str),
        limit=_of(int),
        values=_list(ref("Value")),
        more=_of(COUNT, N_("另有多少个值没有列出")),
        notes=NOTES,
    ),
    "Concordance": _record(
        query=_ASKED,
        generation=GENERATION,
        total=_of(COUNT, N_("处数")),
        sort=_codes(LINE_SORTS),
        page=_of(int),
        size=_of(int),
        lines=_list(ref("Line")),
        notes=NOTES,
    ),
    "Line": _record(
        id=_of(str),
        yearbook=_of(str),
        volume=_of(str),
        year=_of(int),
        section=_of(str),
        title=_of(str),
        field=_of(str, N_("在条目的哪一部分")),
        start=_of(COUNT, N_("在这一部分的第几个字符起")),
        left=_of(str),
        node=_of(str, N_("所查的文字，照印的样子")),
        right=_of(str),
    ),
    "Trends": _record(
        generation=GENERATION,
        searches=_list(
            _record(query=_of(str), found=COUNT, occurrences=COUNT, volumes=_list(_record(**_FIGURES)), notes=NOTES)
        ),
    ),
    "Volumes": _record(generation=GENERATION, volumes=_list(ref("Volume"))),
    "Volume": _record(
        id=_of(str),
        yearbook=_of(str),
        title=_of(str),
        year=_of(int),
        entries=COUNT,
        **{name: _of(kind) for name, kind in DESCRIBED.items()},
        url=ADDRESS,
    ),
    "Contributors": _record(
        generation=GENERATION,
        prefix=_of(str),
        total=_of(COUNT, N_("合乎所求的人数")),
        page=_of(int),
        size=_of(int),
        contributors=_list(_record(name=_of(str), count=_of(COUNT, N_("署名的条目数")), url=ADDRESS)),
    ),
    "Holdings": _record(volumes=_list(ref("Holding"))),
    "Holding": _record(
        id=_of(str),
        title=_of(str),
        year=_of(int),
        sections=_list(_record(**_SECTION)),
        changed=_list(str, N_("最近两次采集不同的网页")),
        lost=_list(str, N_("收存过而现在读不出的网页")),
        waiting=_list(str, N_("收存了而还没有解析的网页")),
    ),
    "Problem": _record(
        ("errors", "remedy", "generation", "again", "known"),
        type=_of(str),
        title=_of(str),
        status=_of(int),
        detail=_of(str, N_("出了什么事，该怎么办")),
        code=_of(str, N_("不变的代号，供程序辨认")),
        errors=_list(ref("Note"), N_("哪些参数有误；name 是参数名")),
        remedy=_of(str, N_("管理者该运行的命令")),
        generation=_of(str, N_("现在作答的是哪一代索引")),
        again=_of(str, N_("从头再取的地址")),
        known=_list(str, N_("有哪些可选")),
    ),
}
"""By name, as the document's components."""
