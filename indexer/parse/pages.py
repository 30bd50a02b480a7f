"""Reads pages one by one and finds which go on in one another; knows no entries."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.config import MAX_PAGE_BYTES
from indexer.errors import DecodeError
from indexer.model import Page, Problem, Volume
from indexer.parse.decode import decode
from indexer.parse.frame import Frame, PageLinks, cut_frame
from indexer.parse.layouts import LAYOUTS, Layout
from indexer.parse.leads import Leads, find_leads
from indexer.parse.lines import read_lines, read_tree
from indexer.parse.problems import Code, fault, problem
from indexer.urls import Spellings, canonical, volume_of

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CONTINUED = re.compile(r"[(（](?:续.?|[一二三四五六七八九十\d]+)[)）]$")
DEFAULT_LAYOUT = "eastday-cms"
"""Layout of a page that no volume's scope covers."""


@dataclass(frozen=True, slots=True)
class FramedPage:
    """What reading one page gave; `frame` is None when it holds nothing to parse."""

    url: str
    frame: Frame | None
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    """How the bytes were read; empty when they were not."""
    links: tuple[tuple[str, str], ...] = ()
    """Words and canonical URL of every link of the page to another on the web, navigation included."""
    digest: str = ""
    """Of the page's bytes."""
    is_index: bool = False
    """Whether it has no text of its own, but leads to pages of its volume: a frameset, or a seed of the manifest."""
    is_fault: bool = False
    """Whether the parser failed over it: what it is cannot be told."""
    moved_to: str = ""
    """Canonical URL to which a page without text sends its readers by itself, inside the known volumes."""


def frame_page(page: Page, volumes: Sequence[Volume]) -> FramedPage:
    """Read a page's bytes and cut it to its text; whatever is wrong with it, or with us, comes back as problems."""
    try:
        return _frame(page, volumes)
    except Exception as error:
        return FramedPage(page.url, None, (fault(page.url, error),), digest=page.digest, is_fault=True)


def _frame(page: Page, volumes: Sequence[Volume]) -> FramedPage:
    size = len(page.body)
    if not page.body.strip():
        return _unreadable(page, Code.EMPTY, "the file is empty")
    if size > MAX_PAGE_BYTES:
        return _unreadable(page, Code.TOO_LARGE, f"{size:,} bytes, the limit is {MAX_PAGE_BYTES:,}; not parsed")
    try:
        decoded = decode(page.body)
    except DecodeError as error:
        return _unreadable(page, Code.UNKNOWN_ENCODING, str(error))
    if "<" not in decoded.text or ">" not in decoded.text:
        return _unreadable(page, Code.NOT_HTML, "the file holds no mark-up")
    problems = tuple(
        problem(page.url, Code.UNDECODABLE, f"byte {offset}", f"not {decoded.encoding}; shown as U+FFFD")
        for offset in decoded.bad_offsets
    )
    if private := _PRIVATE.search(decoded.text):
        what = f"U+{ord(private.group()):04X} is in the private use area: a damaged or a font's own character"
        problems += (problem(page.url, Code.UNDECODABLE, f"character {private.start()}", what),)
    layout = layout_of(page.url, volumes)
    tree = read_tree(decoded.text)
    lines = read_lines(tree, layout.apart)
    leads = find_leads(decoded.text, tree)
    base = canonical(leads.base, page.url, decoded.encoding) or page.url
    urls = PageLinks(page.url, base, Spellings(volumes), decoded.encoding)
    stood = [*(link for line in lines for link in line.links), *leads.frames, *leads.others, ("", leads.refresh)]
    links = tuple((words, url) for words, target in stood if (url := urls.page(target)))
    read = FramedPage(page.url, cut_frame(urls, lines, layout), problems, decoded.encoding, links, page.digest)
    return read if read.frame else _without_text(read, leads, urls, volumes)


def _without_text(read: FramedPage, leads: Leads, urls: PageLinks, volumes: Sequence[Volume]) -> FramedPage:
    """Say of a page without breadcrumb whether it leads to others, or is none of the yearbook's."""
    volume = volume_of(read.url, volumes)
    targets = {urls.page(target) for _, target in leads.frames}
    if volume and read.url in map(urls.page, volume.seeds):
        targets.update(url for _, url in read.links)
    if any(url != read.url and volume_of(url, volumes) for url in targets):
        return replace(read, is_index=True)
    moved = urls.page(leads.refresh)
    moved = moved if moved != read.url and volume_of(moved, volumes) else ""
    what = f"it only leads on to {moved}" if moved else "not a yearbook page"
    said = problem(read.url, Code.NO_BREADCRUMB, "frame", f"{what}: no entries taken")
    return replace(read, problems=(*read.problems, said), moved_to=moved)


def chain_pages(pages: Iterable[FramedPage]) -> list[tuple[FramedPage, ...]]:
    """Group pages that go on in one another (下一页), each chain from its first page; others stand alone."""
    held = {page.url: page for page in pages}
    follows = {
        page.frame.next_url: url
        for url, page in sorted(held.items())
        if page.frame and page.frame.next_url in held and page.frame.next_url != url
    }
    chains: list[tuple[FramedPage, ...]] = []
    placed: set[str] = set()
    # Pages in a ring have no first one: they come in the second round, opened at the smallest URL.
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


def layout_of(url: str, volumes: Sequence[Volume]) -> Layout:
    """Give the layout of the volume in whose scope a URL lies, or the default one."""
    volume = volume_of(url, volumes)
    return LAYOUTS[volume.layout if volume else DEFAULT_LAYOUT]


def _goes_on(page: FramedPage, following: FramedPage) -> bool:
    """Say whether the following page is the same text: the same heading, or none repeated."""
    if page.frame is None or following.frame is None:
        return False
    return not following.frame.heading or _stem(following.frame.heading) == _stem(page.frame.heading)


def _stem(heading: tuple[str, ...]) -> str:
    """Give a heading without what says that it goes on: (续), (2)."""
    return _CONTINUED.sub("", "".join("".join(heading).split()))


def _unreadable(page: Page, code: Code, explanation: str) -> FramedPage:
    return FramedPage(page.url, None, (problem(page.url, code, "bytes", explanation),), digest=page.digest)
