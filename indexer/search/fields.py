"""Which parts of an entry are searched and how much they weigh; knows no query and no engine."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from indexer.model import Entry

TEXT_FIELDS = ("title", "heading", "body", "captions", "signature")
"""Parts that a word or a quoted string is looked for in, in reading order."""

FACETS = ("year", "section", "author")
"""Fields that results are filtered and counted by."""

WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 3.0, "heading": 1.5, "body": 1.0, "captions": 0.6})
"""BM25F field boosts.  A signature has none: who signed says nothing of what the entry is about."""

APART = ("author", "section")
"""Parts that only a query which names them looks at."""

SCOPES = (*TEXT_FIELDS, *APART)
"""Fields that a query may be limited to; `year:` makes a `YearRange` instead."""

FieldTexts = Mapping[str, tuple[str, ...]]
"""An entry's strings by field: those of `SCOPES`."""


class Names(NamedTuple):
    """What people call a field."""

    asked: tuple[str, ...]
    """Before the colon of a query, in English and Chinese."""
    label: str
    """In the reasons that a hit gives."""
    facet: str = ""
    """Over its values, where they are a facet."""


FIELDS: Mapping[str, Names] = MappingProxyType(
    {
        "title": Names(("title", "标题"), "标题"),
        "heading": Names(("heading", "页题"), "页题"),
        "body": Names(("body", "正文"), "正文"),
        "captions": Names(("captions", "caption", "图注"), "图注"),
        "signature": Names(("signature", "署名"), "署名"),
        "author": Names(("author", "作者", "撰稿人"), "作者", "撰稿人"),
        "section": Names(("section", "栏目"), "栏目", "栏目"),
        "year": Names(("year", "年份"), "年份", "年份"),
    }
)
"""Each of `SCOPES`, and the year."""
YEAR = "[0-9]{1,4}"
"""Pattern of a year as it may be asked for."""

UNKNOWN_SECTION = "-"
"""Facet value of entries whose section is unknown: an empty argument means no filter."""


def section_value(section: str) -> str:
    """Give the facet value of a section; one printed as hyphens only gets one more, so that it is not the unknown one.

    >>> [section_value(section) for section in ("信访", "", "-")]
    ['信访', '-', '--']
    """
    return section if section.strip(UNKNOWN_SECTION) else UNKNOWN_SECTION + section


def section_named(value: str) -> str:
    """Give the section that a facet value stands for, empty for the unknown one."""
    return value if value.strip(UNKNOWN_SECTION) else value[1:]


def field_texts(entry: Entry) -> FieldTexts:
    """Give an entry's texts by scope, each string separate: a match never runs from one into the next.

    A heading that is the title itself is left out, so that it is not counted twice.
    """
    return {
        "title": (entry.title,),
        "heading": (entry.heading,) if entry.heading != entry.title else (),
        "body": (entry.body,),
        "captions": entry.captions,
        "signature": (entry.signature,),
        "author": entry.authors,
        "section": (entry.section,),
    }


def facet_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Give the values an entry is counted under, by facet."""
    return {"year": (str(entry.year),), "section": (section_value(entry.section),), "author": entry.authors}
