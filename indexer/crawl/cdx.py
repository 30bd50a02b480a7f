"""Reads a web archive's list of captures (CDX) and chooses among them; knows no capture's bytes.

Whatever the list has is either a capture that may be fetched or is left out for a reason: nothing is passed over.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from indexer.errors import ConfigError, FetchError
from indexer.urls import Spellings, is_url

_TIMESTAMP = re.compile(r"\d{14}")
_UNSAID = frozenset({"", "-", "unk", "warc/revisit"})
"""Media types that say nothing: the bytes will tell.  A revisit's are those of the capture it means."""
_NO_STATUS = frozenset({"", "-"})
_CANDIDATES = 3
"""Captures of a page that are tried, one after another, before it counts as not to be had."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Get = Callable[[str], Answer]
"""Fetches a URL.  Raises `FetchError` when nothing whole comes back."""


@dataclass(frozen=True, slots=True)
class ArchiveCapture:
    """A capture that a web archive says it has."""

    url: str
    timestamp: str
    """14 digits, UTC."""
    sure: bool = True
    """Whether the list says that it is an HTML page with status 200, and not only leaves it open."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the list that is not fetched."""

    name: str
    """Its URL, behind its time where it has both; else what the row says."""
    why: str
    lost: bool = False
    """Whether it may have been a page that is wanted."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages, from where, and which capture of each."""

    prefix: str
    """URL prefix of the pages."""
    cdx: str
    """Address of the archive's CDX service."""
    replay: str
    """Address before timestamp and URL."""
    until: str = ""
    """Latest capture not after this; up to 14 digits."""
    at: str = ""
    """Capture nearest to this; up to 14 digits."""
    spellings: Spellings = field(default_factory=Spellings)
    """Which spellings of a host are the same host."""


def replay_of(cdx: str) -> str:
    """Give the replay address that belongs to a CDX address, for the Wayback Machine and for pywb.

    Raises `ConfigError` for any other address: it has to be given.
    """
    parts = urlsplit(cdx)
    if parts.path.endswith("/cdx/search/cdx"):
        return f"{parts.scheme}://{parts.netloc}/web/"
    if parts.path.endswith("/cdx"):
        return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('cdx')}"
    raise ConfigError(f"cannot tell the replay address of {cdx}; give it with --replay")


def list_captures(wish: Wish, get: Get) -> Iterator[ArchiveCapture | LeftOut]:
    """Ask the CDX service, page by page, for captures below the prefix; whatever it lists comes, once.

    Raises `FetchError` when the service does not answer, or answers what is no CDX.
    """
    query = {"url": wish.prefix, "matchType": "prefix", "output": "json"}
    pages = _page_count(wish.cdx, query, get)
    seen: set[tuple[str, str]] = set()
    for number in range(pages):
        arguments = query | ({"page": str(number)} if pages > 1 else {})
        answer = get(f"{wish.cdx}?{urlencode(arguments)}")
        if answer.status != 200:
            raise FetchError(f"{wish.cdx} answers {answer.status} for page {number + 1} of {pages}; try again later")
        for row in _rows(answer.body, wish.cdx):
            found = row if isinstance(row, LeftOut) else _judged(row, wish)
            if isinstance(found, ArchiveCapture):
                if (found.url, found.timestamp) in seen:
                    found = LeftOut(f"{found.timestamp} {found.url}", "listed twice")
                else:
                    seen.add((found.url, found.timestamp))
            yield found


def choose(
    listed: Iterable[ArchiveCapture | LeftOut], wish: Wish
) -> tuple[list[tuple[ArchiveCapture, ...]], list[LeftOut]]:
    """Give for each page, in order of URL, the captures to try, the best first; and all that is left out.

    The best is the nearest to `at`, else the latest not after `until`, of those that are surely pages if there are
    such.
    """
    pages: dict[str, list[ArchiveCapture]] = {}
    left_out: list[LeftOut] = []
    until = wish.until.ljust(14, "9")
    for each in listed:
        if isinstance(each, LeftOut):
            left_out.append(each)
        elif wish.until and each.timestamp > until:
            left_out.append(LeftOut(f"{each.timestamp} {each.url}", "captured later than wanted"))
        else:
            pages.setdefault(wish.spellings.key(each.url), []).append(each)
    chosen = []
    for url in sorted(pages):
        captures = sorted(pages[url], key=lambda each: _rank(each, wish.at))
        chosen.append(tuple(captures[:_CANDIDATES]))
        left_out += [
            LeftOut(f"{each.timestamp} {each.url}", "another capture of the page is taken") for each in captures[1:]
        ]
    return chosen, left_out


def _judged(row: Mapping[str, str], wish: Wish) -> ArchiveCapture | LeftOut:
    """Say whether a row may be a page that is wanted."""
    url = (row.get("original") or row.get("url") or "").strip()
    stamp = row.get("timestamp", "").strip()
    status = (row.get("statuscode") or row.get("status") or "").strip()
    kind = (row.get("mimetype") or row.get("mime") or "").partition(";")[0].strip().lower()
    name = f"{stamp} {url}".strip()
    if not is_url(url):
        return LeftOut(name or json.dumps(row, ensure_ascii=False)[:200], "a row without a URL", lost=True)
    page, prefix = wish.spellings.key(url), wish.spellings.key(wish.prefix)
    if not page.startswith(prefix):
        same = _apart(page)[1].startswith(_apart(prefix)[1]) and _apart(page)[0] == _apart(prefix)[0]
        why = "the same host, spelt otherwise than the manifest knows; add it to the site's `hosts`, run this again"
        return LeftOut(name, why if same else f"not below {prefix}", lost=same)
    if status != "200" and status not in _NO_STATUS:
        return LeftOut(name, f"status {status}")
    if "html" not in kind and kind not in _UNSAID:
        return LeftOut(name, f"not HTML ({kind})")
    if not _is_time(stamp):
        return LeftOut(name, "a row whose time is none", lost=True)
    return ArchiveCapture(url, stamp, sure=status == "200" and kind not in _UNSAID)


def _apart(url: str) -> tuple[str, str]:
    """Give a canonical URL's host, as web archives compare it, and what follows; whatever the scheme of the web."""
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
    """Ask how many pages the answer has; a service that does not know paging gives one."""
    answer = get(f"{cdx}?{urlencode({**query, 'showNumPages': 'true'})}")
    text = answer.body.decode("utf-8", "replace").strip()
    if answer.status == 200 and re.fullmatch("[0-9]{1,9}", text):
        return int(text)
    try:
        return max(1, int(json.loads(text)["pages"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return 1


def _rows(body: bytes, cdx: str) -> Iterator[dict[str, str] | LeftOut]:
    """Read CDX as JSON: an array with a head row (Wayback) or one object a line (pywb)."""
    text = body.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        return
    rows = _table(text, cdx) if text.startswith("[") and not text.startswith("[{") else _objects(text)
    read = list(rows)
    if read and all(isinstance(row, LeftOut) for row in read):
        raise FetchError(f"{cdx} answers what is no list of captures: {text[:60]!r}; check the address given as --cdx")
    yield from read


def _table(text: str, cdx: str) -> Iterator[dict[str, str] | LeftOut]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError(f"{cdx} broke off ({error}); run the same command again") from error
    head = table[0] if table else []
    if not (isinstance(head, list) and ("original" in head or "url" in head or not head)):
        raise FetchError(f"{cdx} answers a table whose first row names no column `original`; check --cdx")
    for row in table[1:]:
        if isinstance(row, list) and len(row) == len(head):
            yield {str(name): _text(value) for name, value in zip(head, row, strict=True)}
        else:
            yield LeftOut(str(row)[:200], f"a row that has not the list's {len(head)} columns", lost=True)


def _objects(text: str) -> Iterator[dict[str, str] | LeftOut]:
    for line in text.split("\n"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield {name: _text(value) for name, value in row.items()}
        elif line.strip():
            yield LeftOut(line[:200], "a row that cannot be read; run the same command again", lost=True)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _rank(capture: ArchiveCapture, at: str) -> tuple[bool, float]:
    moment = _moment(capture.timestamp)
    return not capture.sure, abs(moment - _moment(at.ljust(14, "0"))) if at else -moment


def _moment(stamp: str) -> float:
    """Give seconds for a timestamp, well enough to compare: 20060000000000 is before any day of 2006."""
    year, month, day = max(1, int(stamp[:4])), max(1, int(stamp[4:6])), max(1, int(stamp[6:8]))
    seconds = int(stamp[8:10]) * 3600 + int(stamp[10:12]) * 60 + int(stamp[12:14])
    return datetime(year, min(month, 12), min(day, 28), tzinfo=UTC).timestamp() + (day - min(day, 28)) * 86400 + seconds
