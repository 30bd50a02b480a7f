"""Reads a web archive's list of captures (CDX) and chooses among them.

Every row of the list is either a capture that may be fetched, or left out for a stated reason.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode, urlsplit

from indexer.crawl.asking import Get
from indexer.errors import ConfigError, FetchError
from indexer.model import Skipped
from indexer.urls import Spellings, is_url

_TIMESTAMP = re.compile(r"\d{14}")
_UNSAID = frozenset({"", "-", "unk", "warc/revisit"})
"""Media types that say nothing, so that the bytes must decide.  A revisit's bytes are those of the capture it refers
to."""
_STATUS = re.compile("[1-5][0-9]{2}")
_NO_STATUS = frozenset({"", "-"})
_UNKNOWN = "the same host, spelt otherwise than the manifest knows; add it to the site's `hosts`, run this again"
_LAST = datetime(9999, 12, 31, tzinfo=UTC)
_MAX_PAGES = 10_000
"""Most pages of a list; archives put some thousand rows on each."""


@dataclass(frozen=True, slots=True)
class ArchiveCapture:
    """A capture that a web archive lists."""

    url: str
    timestamp: str
    """14 digits, UTC."""
    sure: bool = True
    """Whether the list says that it is an HTML page with status 200, rather than leaving that open."""

    @property
    def name(self) -> str:
        """Its name in the list of what is left out."""
        return f"{self.timestamp} {self.url}"


@dataclass(frozen=True, slots=True)
class OtherSpelling:
    """A row whose host is the prefix's to web archives, but in a spelling that the manifest does not list."""

    name: str
    page: str
    """The URL it would have under the prefix's host."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages are wanted, from which archive, and which capture of each."""

    prefix: str
    """URL prefix of the pages."""
    cdx: str
    """URL of the archive's CDX service."""
    replay: str
    """URL of the archive's replay service, to which timestamp and page URL are appended."""
    until: str = ""
    """Take the latest capture not after this time; up to 14 digits."""
    at: str = ""
    """Take the capture nearest to this time; up to 14 digits."""
    spellings: Spellings = field(default_factory=Spellings)
    """Which spellings of a host mean the same host."""

    def is_later(self, timestamp: str) -> bool:
        """Return whether a capture's time is after `until`."""
        return bool(self.until) and timestamp > self.until.ljust(14, "9")


def replay_of(cdx: str) -> str:
    """Return the replay URL that belongs to a CDX URL of the Wayback Machine or of pywb.

    Raises `ConfigError` for any other URL, whose replay URL has to be given.
    """
    parts = urlsplit(cdx)
    if parts.path.endswith("/cdx/search/cdx"):
        return f"{parts.scheme}://{parts.netloc}/web/"
    if parts.path.endswith("/cdx"):
        return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('cdx')}"
    raise ConfigError("cdx-replay-unknown", url=cdx)


Listed = ArchiveCapture | OtherSpelling | Skipped
"""What a row of a list turns out to be."""


def list_captures(wish: Wish, get: Get) -> Iterator[Listed]:
    """Ask the CDX service, page by page, for captures below the prefix; yield everything it lists, once.

    Raises `FetchError` if the service does not answer, or if its answer is not CDX.
    """
    query = {"url": wish.prefix, "matchType": "prefix", "output": "json"}
    pages = _page_count(wish.cdx, query, get)
    prefix = wish.spellings.key(wish.prefix)
    seen: set[tuple[str, str]] = set()
    for number in range(pages):
        arguments = query | ({"page": str(number)} if pages > 1 else {})
        answer = get(f"{wish.cdx}?{urlencode(arguments)}")
        if answer.fault:
            raise FetchError("cdx-page-broken", url=wish.cdx, page=number + 1, pages=pages, reason=answer.fault)
        if answer.status != 200:
            raise FetchError("cdx-page-refused", url=wish.cdx, status=answer.status, page=number + 1, pages=pages)
        for row in _rows(answer.body, wish.cdx):
            found = row if isinstance(row, Skipped) else _judged(row, wish, prefix)
            if isinstance(found, ArchiveCapture):
                if (found.url, found.timestamp) in seen:
                    found = Skipped(found.name, "listed twice")
                else:
                    seen.add((found.url, found.timestamp))
            yield found


def choose(listed: Iterable[Listed], wish: Wish) -> tuple[list[tuple[ArchiveCapture, ...]], list[Skipped]]:
    """Return each page's captures, best first, in order of URL, and everything that is left out.

    The best capture is the nearest to `at`, else the latest not after `until`; captures that are certainly pages come
    first.
    """
    pages: dict[str, list[ArchiveCapture]] = {}
    left_out: list[Skipped] = []
    others: list[OtherSpelling] = []
    for each in listed:
        match each:
            case Skipped():
                left_out.append(each)
            case OtherSpelling():
                others.append(each)
            case ArchiveCapture() if wish.is_later(each.timestamp):
                left_out.append(Skipped(each.name, "captured later than wanted"))
            case ArchiveCapture():
                pages.setdefault(wish.spellings.key(each.url), []).append(each)
    known = "the same page, spelt otherwise than the manifest knows"
    left_out += [
        Skipped(each.name, known if each.page in pages else _UNKNOWN, lost=each.page not in pages) for each in others
    ]
    return [tuple(sorted(pages[url], key=partial(_rank, at=wish.at))) for url in sorted(pages)], left_out


def _judged(row: Mapping[str, str], wish: Wish, prefix: str) -> Listed:
    """Return whether a row may be a wanted page, as one of the kinds of `Listed`."""
    url = (row.get("original") or row.get("url") or "").strip()
    stamp = row.get("timestamp", "").strip()
    status = (row.get("statuscode") or row.get("status") or "").strip()
    kind = (row.get("mimetype") or row.get("mime") or "").partition(";")[0].strip().lower()
    name = f"{stamp} {url}".strip()
    if not is_url(url):
        return Skipped(name or json.dumps(row, ensure_ascii=False)[:200], "a row without a URL", lost=True)
    page = wish.spellings.key(url)
    host, path = _apart(prefix)
    is_same = _apart(page)[0] == host and _apart(page)[1].startswith(path)
    if not page.startswith(prefix) and not is_same:
        return Skipped(name, f"not below {prefix}")
    if status != "200" and status not in _NO_STATUS:
        return Skipped(name, f"status {status}" if _STATUS.fullmatch(status) else "status that HTTP has not")
    if "html" not in kind and kind not in _UNSAID:
        return Skipped(name, f"not HTML ({kind})")
    if not _is_time(stamp):
        return Skipped(name, "a row whose time is none", lost=True)
    if not page.startswith(prefix):
        return OtherSpelling(name, prefix + _apart(page)[1].removeprefix(path))
    return ArchiveCapture(url, stamp, sure=status == "200" and kind not in _UNSAID)


def _apart(url: str) -> tuple[str, str]:
    """Return a canonical URL's host, as web archives compare it, and the rest; the scheme is ignored."""
    host, _, path = url.partition("://")[2].partition("/")
    return (host.removeprefix("www."), path) if url.startswith("http") else ("", "")


def _is_time(stamp: str) -> bool:
    if not _TIMESTAMP.fullmatch(stamp):
        return False
    try:
        datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _page_count(cdx: str, query: Mapping[str, str], get: Get) -> int:
    """Ask how many pages the list has; return 1 for a service that does not know paging."""
    answer = get(f"{cdx}?{urlencode({**query, 'showNumPages': 'true'})}")
    try:
        said = json.loads(answer.body) if answer.status == 200 else 1
        pages = int(said["pages"] if isinstance(said, dict) else said)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return 1
    if not 0 <= pages <= _MAX_PAGES:
        raise FetchError("cdx-too-long", url=cdx, pages=pages)
    return pages


def _rows(body: bytes, cdx: str) -> Iterator[dict[str, str] | Skipped]:
    """Read CDX as JSON: an array with a head row (Wayback Machine) or one object per line (pywb)."""
    text = body.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        return
    rows = _table(text, cdx) if text.startswith("[") and not text.startswith("[{") else _objects(text)
    read = list(rows)
    if read and all(isinstance(row, Skipped) for row in read):
        raise FetchError("cdx-malformed", url=cdx, found=text[:60])
    yield from read


def _table(text: str, cdx: str) -> Iterator[dict[str, str] | Skipped]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError("cdx-broke-off", url=cdx, reason=str(error)) from error
    head = table[0] if table else []
    if not (isinstance(head, list) and ("original" in head or "url" in head or not head)):
        raise FetchError("cdx-column-missing", url=cdx)
    for row in table[1:]:
        if isinstance(row, list) and len(row) == len(head):
            yield {str(name): _text(value) for name, value in zip(head, row, strict=True)}
        else:
            yield Skipped(str(row)[:200], f"a row that has not the list's {len(head)} columns", lost=True)


def _objects(text: str) -> Iterator[dict[str, str] | Skipped]:
    for line in text.split("\n"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield {name: _text(value) for name, value in row.items()}
        elif line.strip():
            yield Skipped(line[:200], "a row that cannot be read; run the same command again", lost=True)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _rank(capture: ArchiveCapture, at: str) -> tuple[bool, timedelta]:
    moment = moment_of(capture.timestamp)
    return not capture.sure, abs(moment - moment_of(at.ljust(14, "0"))) if at else _LAST - moment


def moment_of(stamp: str) -> datetime:
    """Return the time that 14 digits mean; impossible months, days or hours are moved to the nearest possible ones."""
    year, month, day = max(1, int(stamp[:4])), min(12, max(1, int(stamp[4:6]))), min(31, max(1, int(stamp[6:8])))
    hour, minute, second = min(23, int(stamp[8:10])), min(59, int(stamp[10:12])), min(59, int(stamp[12:]))
    return datetime(year, month, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)
