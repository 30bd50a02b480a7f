"""Writes a reference as RIS, which reference managers import.

https://en.wikipedia.org/wiki/RIS_(file_format); the tags of a chapter are those that Zotero and EndNote read.
"""

import rispy

from search_app.shown.citing.reference import Reference

_CHAPTER = "CHAP"


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes records without numbers in front of them, with the line ends that the format prescribes."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        """Return nothing."""
        return ""


def ris(cited: Reference) -> str:
    """Return a record: lines from TY to ER, and an empty one behind them."""
    record = {
        "type_of_reference": _CHAPTER,
        "id": cited.id,
        "authors": list(cited.authors),
        "title": cited.title,
        "secondary_title": cited.container,
        "secondary_authors": [cited.editor] if cited.editor else [],
        "place_published": cited.place,
        "publisher": cited.publisher,
        "year": str(cited.printed or ""),
        "issn": cited.isbn,  # SN is for either
        # Several addresses would be parted by it.
        "urls": [cited.url.replace(";", "%3B")],
        "access_date": cited.accessed.strftime("%Y/%m/%d/"),
        "language": cited.language,
        "keywords": [cited.section] if cited.section else [],
    }
    known = {name: value for name, value in record.items() if value}
    return f"{rispy.dumps([known], implementation=_Writer)}\r\n"
