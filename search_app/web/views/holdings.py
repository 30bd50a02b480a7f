"""The pages that say what is held and what is missing: of all volumes, of one, and the lists behind the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, abort, request

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.model import Entry, Problem
from indexer.search.fields import name_of, value_of
from indexer.stages.holdings import LISTS, WHOLE_LISTS, VolumeHolding
from search_app.shown.addresses import held_url
from search_app.shown.browsing.asking import printed
from search_app.shown.browsing.matrix import Matrix, matrix
from search_app.shown.links import MAX_PAGE, number_of
from search_app.shown.present import pages as pages_of
from search_app.web.current import current_archive, current_site
from search_app.web.holding import current_holdings
from search_app.web.reader.rendering import render
from search_app.words import lists
from search_app.words.findings import finding
from search_app.words.language import gettext
from search_app.words.problems import in_words

pages = Blueprint("holdings", __name__)

PAGE = 500
"""Pages of the site that one page lists."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of the site in a list, by its URL."""

    url: str
    entries: tuple[Entry, ...]
    """What was cut from it, as far as the index has it."""
    is_missing: bool
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class HeldBook:
    """What is held of a yearbook."""

    name: str
    volumes: tuple[VolumeHolding, ...]
    sections: Matrix


@pages.get("/holdings")
def holdings() -> str:
    """Show what is held of each volume and what is missing."""
    held = current_holdings().now()
    known = current_archive().described()
    _, names = current_archive().open()
    return render(
        "holdings.html",
        held=held,
        books=_books(known, tuple(held.volumes.values())) if known else [],
        names=names,
        lists=lists,
        has_pages=DataFolder(current_archive().data_dir).warc.exists(),
    )


@pages.get("/holdings/<volume>")
def of_volume(volume: str) -> str:
    """Show what is held of one volume, by section."""
    held = current_holdings().now()
    _, names = current_archive().open()
    found = _volume(volume)
    return render(
        "held-volume.html", volume=found, counts=held.counts[volume], names=names, lists=lists, whole=WHOLE_LISTS
    )


@pages.get("/holdings/<volume>/<name>")
def listed(volume: str, name: str) -> str:
    """Show one of a volume's lists of pages, or that of one of its sections, 500 at a time."""
    found = _volume(volume)
    if name not in LISTS:
        abort(404, description=gettext("没有“{name}”这样的清单").format(name=name))
    asked = request.args.get("section")
    section = None if asked is None else name_of(asked)
    if section is not None and section not in (each.section for each in found.sections):
        abort(404, description=gettext("{volume}没有“{section}”栏目").format(volume=found.title, section=section))
    urls = found.urls(name, section)
    last = max(1, -(-len(urls) // PAGE))
    page = min(last, number_of(request.args.to_dict(flat=False), "page", 1, 1, MAX_PAGE, []))
    _, names = current_archive().open()
    return render(
        "held-list.html",
        volume=found,
        name=name,
        section=section,
        total=len(urls),
        listed=_listed(found, urls[(page - 1) * PAGE : page * PAGE], section),
        pages=pages_of(page, last, lambda number: current_site().link(held_url(found.id, name, section, number))),
        first=(page - 1) * PAGE + 1,
        in_words=in_words,
        finding=finding,
        lists=lists,
        names=names,
    )


def _volume(volume: str) -> VolumeHolding:
    found = current_holdings().now().volumes.get(volume)
    if found is None:
        abort(404, description=gettext("馆藏里没有编号为“{volume}”的年鉴卷").format(volume=volume))
    return found


def _books(known: Manifest, volumes: Sequence[VolumeHolding]) -> list[HeldBook]:
    """Group volumes by site, which holds one yearbook; each by year."""
    keyed = [(site, each) for each in volumes if (site := known.site_of(each.id))]
    books = []
    for _, inside in groupby(keyed, key=lambda each: each[0].id):
        pairs = list(inside)
        site = pairs[0][0]
        mine = tuple(sorted((each for _, each in pairs), key=lambda each: each.year))
        books.append(HeldBook(site.title, mine, matrix(mine, site.canonical_section)))
    return books


def _listed(volume: VolumeHolding, urls: Sequence[str], section: str | None) -> list[ListedPage]:
    searcher, _ = current_archive().open()
    among = frozenset(urls)
    narrowed = {} if section is None else {"section": (value_of(section),)}
    cut: dict[str, list[Entry]] = {}
    for entry in searcher.entries(printed(volume=(value_of(volume.id),), **narrowed)):
        if entry.url in among:
            cut.setdefault(entry.url, []).append(entry)
    missing = frozenset(volume.missing)
    doubts = current_archive().records.problems_of
    return [ListedPage(url, tuple(cut.get(url, ())), url in missing, doubts(url)) for url in urls]
