"""Gathers what a citation says of an entry.  Knows no format."""

import re
from dataclasses import dataclass
from datetime import date

from indexer.model import Entry
from search_app.shown.addresses import entry_url
from search_app.shown.naming import Names

_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

UNTITLED = "[无题名]"
"""Stands for a title, which a citation cannot lack, where nothing is printed that is one: in brackets stands what the one
who cites has supplied (GB/T 7714—2015, 7.2).  A section's name would be the title of another, larger part."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of an entry and of the volume that it is printed in; what is unknown is empty, years 0."""

    id: str
    title: str
    """On one line.  Where the entry has none its page's heading, which is printed above it, else `UNTITLED`."""
    authors: tuple[str, ...]
    """As printed."""
    section: str
    yearbook: str
    """Title of the yearbook."""
    year: int
    """Year in the volume's name."""
    editor: str
    publisher: str
    place: str
    printed: int
    """Year in which the volume was printed."""
    isbn: str
    url: str
    """Where the entry is read: its permanent address, or its page on the site where the archive has no public address."""
    accessed: date
    """Day on which it was read there."""

    @property
    def container(self) -> str:
        """The volume's title, with its year as other title information (GB/T 7714—2015): 沧浦工会年鉴: 2002."""
        return f"{self.yearbook}: {self.year}" if self.yearbook and self.year else self.yearbook or str(self.year or "")

    @property
    def is_chinese(self) -> bool:
        """Whether the item's language is Chinese, which its title tells: by it, 等 or et al. is written."""
        return _HAN.search(self.title) is not None

    @property
    def language(self) -> str:
        """The item's language (BCP 47)."""
        return "zh-CN" if self.is_chinese else "en"


def reference(entry: Entry, names: Names, root: str, day: date) -> Reference:
    """Return what a citation of an entry says.

    `root` is what the archive's public addresses begin with (`https://example.org/nianjian`), empty where it has none;
    `day` is when the reader read it.
    """
    known = names.described(entry.volume, entry.yearbook)
    return Reference(
        id=entry.id,
        title=_line(entry.title) or _line(entry.heading) or UNTITLED,
        authors=tuple(filter(None, map(_line, entry.authors))),
        section=_line(entry.section),
        yearbook=_line(entry.yearbook) or (known.yearbook if known else ""),
        year=entry.year,
        editor=known.editor if known else "",
        publisher=known.publisher if known else "",
        place=known.place if known else "",
        printed=known.printed if known else 0,
        isbn=known.isbn if known else "",
        url=root + entry_url(entry.id) if root else _line(entry.url),
        accessed=day,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
