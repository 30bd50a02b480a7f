"""Defines which parts of an entry are searched, what they are called and how much they weigh."""

from collections.abc import Mapping
from types import MappingProxyType

from indexer.model import Entry

TEXT_FIELDS = ("title", "heading", "body", "captions", "signature")
"""Fields in which words and quoted strings are looked for, in reading order."""

FACETS = ("yearbook", "year", "section", "author")
"""Fields by which results are counted, and filtered."""

FACET_LIMIT = 20
"""Values of a facet on a page of results; those that are chosen or excluded come on top."""

EVERY = 1 << 30
"""Values of a facet where none is left out."""

FILTERS = ("yearbook", "volume", "year", "section", "author")
"""Fields by which results are filtered: the facets, and the volume."""

WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 3.0, "heading": 1.5, "body": 1.0, "captions": 0.6})
"""BM25F boost of each field.  The signature has none: who signed an entry does not tell what it is about."""

APART = ("author", "section")
"""Fields that are searched only when a query names them."""

ALL_TEXT = ""
"""The scope of a query that names no field: all text fields."""

SCOPES = (*TEXT_FIELDS, *APART)
"""All fields to which a query can be limited; `year:` becomes a `YearRange` instead."""


def covers(scope: str, field: str) -> bool:
    """Return whether a scope, one of `SCOPES` or `ALL_TEXT`, covers a field."""
    return scope == field or (scope == ALL_TEXT and field in TEXT_FIELDS)


FieldTexts = Mapping[str, tuple[str, ...]]
"""An entry's strings by field, for every field in `SCOPES`."""


FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title", "标题"),
        "heading": ("heading", "页题"),
        "body": ("body", "正文"),
        "captions": ("captions", "caption", "图注"),
        "signature": ("signature", "署名"),
        "author": ("author", "作者", "撰稿人"),
        "section": ("section", "栏目"),
        "year": ("year", "年份"),
    }
)
"""What a query may write before a colon, in English and Chinese, for every field in `SCOPES`, and for the year."""
YEAR = "[0-9]{1,4}"
"""Regular expression of a year as a query may give it."""

UNKNOWN = "-"
"""Value of entries whose yearbook, volume or section is unknown; the empty string would mean "no filter"."""


def value_of(name: str) -> str:
    """Return the value by which a yearbook, volume or section is filtered: its name or, if that is unknown, `-`.

    A name printed as hyphens only gets one more hyphen, so that it differs from the unknown one.

    >>> [value_of(name) for name in ("信访", "", "-")]
    ['信访', '-', '--']
    """
    return name if name.strip(UNKNOWN) else UNKNOWN + name


def name_of(value: str) -> str:
    """Return the name that a value of `value_of` stands for; empty for the unknown one."""
    return value if value.strip(UNKNOWN) else value[1:]


def field_texts(entry: Entry) -> FieldTexts:
    """Return an entry's texts by field, each string separate, because no match may run from one into the next.

    A heading equal to the title is left out, so that it is not counted twice.
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


def filter_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the values by which an entry is filtered and counted, by field, for every field in `FILTERS`."""
    return {
        "yearbook": (value_of(entry.yearbook),),
        "volume": (value_of(entry.volume),),
        "year": (str(entry.year),),
        "section": (value_of(entry.section),),
        "author": entry.authors,
    }
