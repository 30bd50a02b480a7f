"""Defines what reading a source yields: pages, what is set aside, what is left out and why."""

from dataclasses import dataclass

from indexer.model import Skipped
from indexer.warc.records import Fetched, Referred

NO_URL = "its URL cannot be told"
NOT_A_PAGE = "not HTML"


@dataclass(frozen=True, slots=True)
class Aside:
    """A picture, style sheet or the like, which is stored if a page refers to it."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A revisit record: the page had the same bytes as another capture, which may be in another file."""

    fetched: Fetched
    """The page without bytes."""
    of: Referred


@dataclass(frozen=True, slots=True)
class Original:
    """A page from a record, with the names by which revisit records may refer to it."""

    fetched: Fetched
    names: tuple[str, ...]
    """The record's id, and digests of its payload."""


Found = Fetched | Original | Repeated | Aside | Skipped


def leads_to_picture(name: str) -> bool:
    """Return whether a file name or media type is that of something a page may show."""
    kind = name.lower()
    return kind.startswith(("image/", "text/css")) or kind.endswith(_SHOWN)


def looks_like_picture(body: bytes) -> bool:
    """Return whether bytes begin like a picture."""
    return body.startswith(_MAGIC)


_SHOWN = (".gif", ".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".ico", ".css", ".webp", ".svg", ".tif", ".tiff")
_MAGIC = (b"GIF8", b"\xff\xd8\xff", b"\x89PNG", b"BM", b"\x00\x00\x01\x00", b"II*\x00", b"MM\x00*")
