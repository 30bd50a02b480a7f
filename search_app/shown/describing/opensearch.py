"""Describes the archive's search to browsers (OpenSearch 1.1), and answers what they suggest while somebody types."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from search_app.shown.addresses import search_url
from search_app.shown.searching.suggested import Offer
from search_app.words.language import gettext, ngettext

KIND = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
_TERMS = "q={searchTerms}"


def description(root: str, language: str) -> bytes:
    """Return the description; `root` is what the archive's public addresses begin with."""
    top = Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    SubElement(top, "ShortName").text = gettext("年鉴检索")  # sixteen characters at most
    SubElement(top, "Description").text = gettext("全文检索年鉴：词语、人名、单位，或加引号查原文")
    SubElement(top, "InputEncoding").text = "UTF-8"
    SubElement(top, "Language").text = language
    SubElement(top, "Image", width="16", height="16", type="image/svg+xml").text = f"{root}/static/icon.svg"
    for kind, path in (("text/html", "/"), ("application/atom+xml", "/feed"), (SUGGESTIONS, "/suggest")):
        SubElement(top, "Url", type=kind, template=f"{root}{path}?{_TERMS}")
    written: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def suggestions(text: str, found: Sequence[Offer], root: str) -> list[Any]:
    """Return what is suggested as browsers want it: what was typed, queries, what each finds, addresses.

    What a filter finds, such as all that somebody signed, no query can say in a browser's box: the name is suggested,
    without a number, since the search for it finds what mentions it, too; the address is that of the filter.
    """
    return [
        text,
        [each.state.text or each.suggestion.text for each in found],
        [_found(each.suggestion.count) if each.state.text else "" for each in found],
        [root + search_url(each.state) for each in found],
    ]


def _found(count: int) -> str:
    return ngettext("%(n)s 篇", "%(n)s 篇", count) % {"n": count}
