"""Writes a reference as CSL-JSON, which citation processors read (schema of Citation Style Language 1.0.2)."""

from typing import Any

from search_app.shown.citing.reference import Reference

CHAPTER = "chapter"
"""Kind of work: a contribution to a book, which GB/T 7714 cites with // before the book."""


def csl_item(cited: Reference) -> dict[str, Any]:
    """Return a reference as a CSL-JSON item, without what is unknown.

    Names are literal: a printed signature does not say which part of it is the family's name, or whether it is a
    person's at all.
    """
    item = {
        "id": cited.id,
        "type": CHAPTER,
        "language": cited.language,
        "author": _names(cited.authors),
        "title": cited.title,
        "container-title": cited.container,
        "editor": _names((cited.editor,)),
        "publisher-place": cited.place,
        "publisher": cited.publisher,
        "issued": {"date-parts": [[cited.printed]]} if cited.printed else None,
        "ISBN": cited.isbn,
        "accessed": {"date-parts": [[cited.accessed.year, cited.accessed.month, cited.accessed.day]]},
        "URL": cited.url,
    }
    return {name: value for name, value in item.items() if value}


def _names(printed: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"literal": name} for name in printed if name]
