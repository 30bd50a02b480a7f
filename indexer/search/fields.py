"""Defines which parts of an entry are searched, what they are called and how much they weigh."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from indexer.model import Entry

TEXT_FIELDS = ("title", "heading", "body", "captions", "signature")
"""Fields in which words and quoted strings are looked for, in reading order."""

FACETS = ("year", "section", "author")
"""Fields by which results are filtered and counted."""

WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 3.0, "heading": 1.5, "body": 1.0, "captions": 0.6})
"""BM25F boost of each field.  The signature has none: who signed an entry does not tell what it is about."""

APART = ("author", "section")
"""Fields that are searched only when a query names them."""

SCOPES = (*TEXT_FIELDS, *APART)
"""All fields to which a query can be limited; `year:` becomes a `YearRange` instead."""

FieldTexts = Mapping[str, tuple[str, ...]]
"""An entry's strings by field, for every field in `SCOPES`."""


class Names(NamedTuple):
    """The names by which people know a field."""

    asked: tuple[str, ...]
    """Names that a query may use before the colon, in English and Chinese."""
    label: str
    """Name used in the reasons shown with a hit."""
    facet: str = ""
    """Heading over the facet's values; empty if the field is not a facet."""


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
"""The names of every field in `SCOPES`, and of the year."""
YEAR = "[0-9]{1,4}"
"""Regular expression of a year as a query may give it."""

UNKNOWN_SECTION = "-"
"""Facet value of entries whose section is unknown; the empty string would mean "no filter"."""


def section_value(section: str) -> str:
    """Return a section's facet value: the section itself, or `-` if it is unknown.

    A section printed as hyphens only gets one more hyphen, so that it differs from the unknown one.

    >>> [section_value(section) for section in ("信访", "", "-")]
    ['信访', '-', '--']
    """
    return section if section.strip(UNKNOWN_SECTION) else UNKNOWN_SECTION + section


def section_named(value: str) -> str:
    """Return the section that a facet value stands for; empty for the unknown section."""
    return value if value.strip(UNKNOWN_SECTION) else value[1:]


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


def facet_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the values under which an entry is counted, by facet."""
    return {"year": (str(entry.year),), "section": (section_value(entry.section),), "author": entry.authors}
