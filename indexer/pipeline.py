"""Runs the stages in order, reporting progress; does none of their work itself."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from indexer.acquire import page_store
from indexer.config import DataFolder
from indexer.crawl.policy import canonical, volume_of
from indexer.entrystore import count_problems, read_entries, write_entries, write_problems, write_reports
from indexer.errors import ConfigError, IndexFailure, StoreError
from indexer.manifest import Manifest
from indexer.model import Entry, Page, PageReport, Problem, Volume
from indexer.parse.layouts import LAYOUTS
from indexer.parse.pages import FramedPage, chain_pages, frame_page
from indexer.parse.parser import ParsedPage, parse_alone, parse_chain
from indexer.parse.problems import Code, problem
from indexer.progress import Progress, silent
from indexer.search.factory import open_builder, open_searcher

_Result = TypeVar("_Result")
_POOL_FROM = 200
"""From this many pages on, worker processes pay for their start (0.6 s against 2 to 5 ms a page)."""


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What parsing gave."""

    pages: int
    entries: int
    problems: int


def check_layouts(manifest: Manifest) -> Manifest:
    """Give the manifest back; raises `ConfigError` when a volume names a layout that is not known."""
    for volume in manifest.volumes:
        if volume.layout not in LAYOUTS:
            raise ConfigError(f"volume {volume.id!r}: no layout {volume.layout!r}; there is {', '.join(LAYOUTS)}")
    return manifest


def parse_store(data: DataFolder, manifest: Manifest, progress: Progress = silent) -> ParseResult:
    """Parse all stored pages to `entries.jsonl` and `problems.jsonl`; the same pages give the same bytes."""
    pages = list(page_store(data).pages())
    if not pages:
        raise StoreError(f"{data.warc} holds no pages; bring some in with `nianjian import PATH`")
    framed, chains = _parse(pages, manifest.volumes, progress)
    entries, problems = _unique(parsed for _, parsed in chains)
    write_problems(data.problems, problems)
    write_reports(data.pages, _reports(framed, chains, entries, problems, manifest.volumes))
    write_entries(data.entries, entries)
    return ParseResult(len(pages), len(entries), len(problems))


def parse_pages(
    pages: Sequence[Page], volumes: Sequence[Volume], progress: Progress = silent
) -> tuple[list[Entry], list[Problem]]:
    """Parse pages, over the cores when there are many; order of pages does not matter."""
    _, chains = _parse(pages, volumes, progress)
    return _unique(parsed for _, parsed in chains)


_Chains = list[tuple[tuple[FramedPage, ...], ParsedPage]]


def _parse(pages: Sequence[Page], volumes: Sequence[Volume], progress: Progress) -> tuple[list[FramedPage], _Chains]:
    framed: list[FramedPage] = []
    alone: dict[str, ParsedPage] = {}
    for done, (page, parsed) in enumerate(_mapped(partial(parse_alone, volumes=volumes), pages), start=1):
        framed.append(page)
        alone[page.url] = parsed
        progress("parse", done, len(pages))
    held = {page.url: page for page in pages}
    chains: _Chains = []
    for chain in chain_pages(framed):
        if len(chain) == 1:
            chains.append((chain, alone[chain[0].url]))
        else:
            chains.append((chain, parse_chain([frame_page(held[page.url], volumes) for page in chain], volumes)))
    return framed, chains


def _reports(
    framed: Iterable[FramedPage],
    chains: _Chains,
    entries: Iterable[Entry],
    problems: Iterable[Problem],
    volumes: Sequence[Volume],
) -> Iterable[PageReport]:
    parsed = {page.url: whole for chain, whole in chains for page in chain}
    entry_counts = Counter(entry.url for entry in entries)
    problem_counts = Counter(found.url for found in problems)
    for page in framed:
        whole = parsed[page.url]
        links = [(words, canonical(url)) for words, url in page.links]
        yield PageReport(
            url=page.url,
            volume=whole.volume,
            section=whole.section,
            heading=whole.heading,
            kind=whole.kind,
            encoding=page.encoding,
            entries=entry_counts[page.url],
            problems=problem_counts[page.url],
            links=tuple((words, url) for words, url in links if url and volume_of(url, volumes)),
        )


def index_entries(data: DataFolder, source: Path | None = None, progress: Progress = silent) -> int:
    """Build and publish a new generation from an entries file; give the number of entries."""
    path = source or data.entries
    with open_builder(data.root, progress) as builder:
        done = 0
        for entry in read_entries(path):
            try:
                builder.add(entry)
            except ValueError as error:
                raise StoreError(f"{path}: {error}") from error
            done += 1
            progress("read", done, 0)
        if not done:
            raise StoreError(f"{path} holds no entries; nothing to index, the index stays as it was")
    return done


def archive_status(data: DataFolder) -> dict[str, Any]:
    """Say what a data folder holds, as plain values: captures, entries by year, problems by code, index."""
    urls = Counter(capture.url for capture in page_store(data).captures())
    entries = Counter(entry.year for entry in read_entries(data.entries)) if data.entries.exists() else Counter[int]()
    try:
        searcher = open_searcher(data.root)
        index = f"{searcher.generation}, {len(searcher)} entries"
    except IndexFailure as error:
        index = str(error)
    return {
        "pages": urls.total(),
        "urls": len(urls),
        "entries": entries.total(),
        "entries_by_year": {str(year): entries[year] for year in sorted(entries)},
        "problems": count_problems(data.problems),
        "index": index,
    }


def _mapped(work: Callable[[Page], _Result], pages: Sequence[Page]) -> Iterable[_Result]:
    cores = os.cpu_count() or 1
    if len(pages) < _POOL_FROM or cores < 2:
        yield from map(work, pages)
        return
    # Not forked: a forked child of a threaded parent (a progress bar is one) may lock up.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, pages, chunksize=16)


def _unique(parsed: Iterable[ParsedPage]) -> tuple[list[Entry], list[Problem]]:
    """Make ids unique: the same page number under two URLs of a volume keeps both, the later one marked."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for page in parsed:
        problems += page.problems
        for entry in page.entries:
            name, copy = entry.id, 2
            while name in entries:
                name, copy = f"{entry.id}~{copy}", copy + 1
            if name != entry.id:
                what = f"{entry.id} is also on {entries[entry.id].url}; this one is {name}"
                problems.append(problem(entry.url, Code.SAME_ID, entry.title, what))
            entries[name] = replace(entry, id=name)
    return list(entries.values()), problems
