"""Reads pages one by one and finds which of them continue one another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.config import MAX_PAGE_BYTES, MAX_TAGS
from indexer.errors import DecodeError
from indexer.model import Page, Problem, Volume
from indexer.parse.layouts import LAYOUTS, Layout
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.decoding.gb import PRIVATE
from indexer.parse.page.decoding.runs import Decoded
from indexer.parse.page.frame import Frame, PageLinks, cut_frame
from indexer.parse.page.leads import Leads, find_leads
from indexer.parse.page.lines import read_lines, read_tree
from indexer.parse.problems import Code, fault, problem
from indexer.urls import Spellings, canonical, volume_of

_CONTINUED = re.compile(r"[(（](?:续.?|[一二三四五六七八九十\d]+)[)）]$")
_TAG = re.compile("<[A-Za-z]")
DEFAULT_LAYOUT = "eastday-cms"
"""Layout of a page that no volume's scope covers."""


@dataclass(frozen=True, slots=True)
class FramedPage:
    """The result of reading one page; `frame` is None if it holds nothing to parse."""

    url: str
    frame: Frame | None
    volume: Volume | None = None
    """The volume whose scope covers the page."""
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    """The encoding in which the bytes were read; empty if they were not."""
    links: tuple[tuple[str, str], ...] = ()
    """Words and canonical URL of each of the page's links to another web page, navigation included."""
    digest: str = ""
    """Digest of the page's bytes."""
    is_index: bool = False
    """Whether it has no text of its own but leads to pages of its volume, as framesets and some seeds do."""
    refusal: str = ""
    """Why it holds nothing of the yearbook: it is empty, not HTML, or of another site."""
    fault: str = ""
    """Why its content is unknown: too large, in an unknown encoding, or the parser failed."""
    moved_to: str = ""
    """Canonical URL to which a page without text redirects its readers, within the known volumes."""


def frame_page(page: Page, volumes: Sequence[Volume]) -> FramedPage:
    """Read a page's bytes and cut it to its text.

    It never raises: whatever is wrong with the page, or with this program, is returned as problems.
    """
    volume = volume_of(page.url, volumes)
    try:
        return replace(_frame(page, volume, volumes), volume=volume)
    except Exception as error:
        found = fault(page.url, error)
        return FramedPage(page.url, None, volume, (found,), digest=page.digest, fault=found.brief)


def _frame(page: Page, volume: Volume | None, volumes: Sequence[Volume]) -> FramedPage:
    size = len(page.body)
    if not page.body.strip():
        return _refused(page, Code.EMPTY)
    if size > MAX_PAGE_BYTES:
        return _unreadable(page, Code.TOO_LARGE, f"{size:,} bytes", f"{MAX_PAGE_BYTES:,}")
    try:
        decoded = decode(page.body)
    except DecodeError as error:
        return _unreadable(page, Code.UNKNOWN_ENCODING, str(error))
    if "<" not in decoded.text or ">" not in decoded.text:
        return _refused(page, Code.NOT_HTML)
    if (tags := len(_TAG.findall(decoded.text))) > MAX_TAGS:
        return _unreadable(page, Code.TOO_LARGE, f"{tags:,} tags", f"{MAX_TAGS:,}")
    problems = tuple(_decoding_problems(page.url, decoded))
    layout = layout_of(volume)
    tree = read_tree(decoded.text)
    lines = read_lines(tree, layout.apart)
    leads = find_leads(decoded.text, tree)
    base = canonical(leads.base, page.url, decoded.encoding) or page.url
    urls = PageLinks(page.url, base, Spellings(volumes), decoded.encoding)
    stood = [*(link for line in lines for link in line.links), *leads.frames, *leads.others, ("", leads.refresh)]
    links = tuple((words, url) for words, target in stood if (url := urls.page(target)))
    frame = cut_frame(urls, lines, layout, is_covered=volume is not None)
    read = FramedPage(page.url, frame, volume, problems, decoded.encoding, links, page.digest)
    return read if read.frame else _without_text(read, leads, urls, volumes)


def _decoding_problems(url: str, decoded: Decoded) -> Iterator[Problem]:
    """Yield a problem for whatever in a page's bytes is missing from its text or changed in it."""
    for offset in decoded.bad_offsets:
        yield problem(url, Code.UNDECODABLE, f"byte {offset}", decoded.encoding)
    nuls, first = decoded.nul_offsets
    if nuls:
        yield problem(url, Code.NUL, f"byte {first}", nuls)
    if decoded.false_bom:
        yield problem(url, Code.FALSE_BOM, "byte order mark", decoded.encoding)
    if mixed := decoded.mixed_offsets:
        yield problem(url, Code.MIXED, f"byte {mixed[0]}", len(mixed), decoded.encoding)
    found = PRIVATE.findall(decoded.text)
    if found:
        at = decoded.text.index(found[0])
        yield problem(url, Code.PRIVATE, f"character {at}", len(found), f"U+{ord(found[0]):04X}")


def _without_text(read: FramedPage, leads: Leads, urls: PageLinks, volumes: Sequence[Volume]) -> FramedPage:
    """Decide whether a page without breadcrumb leads to others or is not part of a yearbook."""
    volume = read.volume
    targets = {urls.page(target) for _, target in leads.frames}
    if volume and read.url in map(urls.page, volume.seeds):
        targets.update(url for _, url in read.links)
    if any(url != read.url and volume_of(url, volumes) for url in targets):
        return replace(read, is_index=True)
    moved = urls.page(leads.refresh)
    moved = moved if moved != read.url and volume_of(moved, volumes) else ""
    said = problem(read.url, Code.LEADS_ON, "frame", moved) if moved else problem(read.url, Code.NO_YEARBOOK, "frame")
    return replace(read, problems=(*read.problems, said), moved_to=moved, refusal=said.brief)


def chain_pages(pages: Iterable[FramedPage]) -> list[tuple[FramedPage, ...]]:
    """Group pages that continue one another (下一页), each chain from its first page; other pages stand alone."""
    held = {page.url: page for page in pages}
    follows = {
        page.frame.next_url: url
        for url, page in sorted(held.items())
        if page.frame and page.frame.next_url in held and page.frame.next_url != url
    }
    chains: list[tuple[FramedPage, ...]] = []
    placed: set[str] = set()
    # Pages in a ring have no first one: the second round starts each ring at its smallest URL.
    for first in [*(url for url in sorted(held) if url not in follows), *sorted(held)]:
        chain = _chain_from(first, held, follows, placed)
        if chain:
            chains.append(chain)
    return chains


def _chain_from(
    first: str, held: Mapping[str, FramedPage], follows: Mapping[str, str], placed: set[str]
) -> tuple[FramedPage, ...]:
    chain: list[FramedPage] = []
    url = first
    while url in held and url not in placed:
        placed.add(url)
        chain.append(held[url])
        frame = held[url].frame
        following = frame.next_url if frame else ""
        if follows.get(following) != url or not _goes_on(held[url], held[following]):
            break
        url = following
    return tuple(chain)


def layout_of(volume: Volume | None) -> Layout:
    """Return the layout of a volume, or the default layout for None."""
    return LAYOUTS[volume.layout if volume else DEFAULT_LAYOUT]


def _goes_on(page: FramedPage, following: FramedPage) -> bool:
    """Return whether the following page has the same text: the same heading, or none."""
    if page.frame is None or following.frame is None:
        return False
    return not following.frame.heading or _stem(following.frame.heading) == _stem(page.frame.heading)


def _stem(heading: tuple[str, ...]) -> str:
    """Return a heading without marks of continuation such as (续) and (2)."""
    return _CONTINUED.sub("", "".join("".join(heading).split()))


def _refused(page: Page, code: Code) -> FramedPage:
    found = problem(page.url, code, "bytes")
    return FramedPage(page.url, None, None, (found,), digest=page.digest, refusal=found.brief)


def _unreadable(page: Page, code: Code, *values: str) -> FramedPage:
    found = problem(page.url, code, "bytes", *values)
    return FramedPage(page.url, None, None, (found,), digest=page.digest, fault=found.brief)
