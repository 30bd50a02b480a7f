"""The pages of a volume and of its sections, in printed order."""

from collections import Counter

from flask import Blueprint, abort, request

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import EVERY, name_of, value_of
from indexer.search.query.tree import SearchRequest
from search_app.shown import present
from search_app.shown.asking import limited, printed
from search_app.shown.links import SearchState
from search_app.web.archive import current_archive
from search_app.web.rendering import render

pages = Blueprint("volumes", __name__)


@pages.get("/volume/")
def volume_by_arguments() -> str:
    """Show a volume or section whose name no path can carry."""
    name, named = request.args.get("id", ""), request.args.get("section")
    return section(name, named) if named else volume(name)


@pages.get("/volume/<volume>")
def volume(volume: str) -> str:
    """Show a volume's table of contents."""
    searcher, names = current_archive().open()
    yearbook = names.yearbook_of(volume, request.args.get("yearbook"))
    entries = _volume_entries(searcher, volume, yearbook)
    return render(
        "volume.html",
        yearbook=yearbook,
        volume=volume,
        apart=names.apart(volume, yearbook),
        title=names.title(volume, yearbook),
        sections=present.contents(entries),
        entries=entries,
        authors=Counter(name for each in entries for name in names.persons(each)).most_common(12),
        others=names.beside(volume, yearbook),
    )


@pages.get("/volume/<volume>/<path:section>")
def section(volume: str, section: str) -> str:
    """Show one section of a volume: its pages and entries, and the same section in other years."""
    searcher, names = current_archive().open()
    name = name_of(section)
    yearbook = names.yearbook_of(volume, request.args.get("yearbook"))
    title = names.title(volume, yearbook)
    inside = [each for each in _volume_entries(searcher, volume, yearbook) if each.section == name]
    if not inside:
        abort(404, description=f"{title}没有“{section}”栏目")
    here = SearchState().with_values("section", (section,)).with_values("volume", (value_of(volume),))
    apart = names.apart(volume, yearbook)
    return render(
        "section.html",
        yearbook=yearbook,
        volume=volume,
        apart=apart,
        title=title,
        section=name,
        here=here.with_values("yearbook", (apart,)) if apart else here,
        pages=present.contents(inside)[0][1],
        count=len(inside),
        others=_same_section(searcher, inside[0]),
    )


def _volume_entries(searcher: Searcher, volume: str, yearbook: str) -> list[Entry]:
    asked = printed(volume=(value_of(volume),), yearbook=(value_of(yearbook),))
    found = list(searcher.entries(asked))
    if not found:
        abort(404, description=f"没有编号为“{volume}”的年鉴卷")
    return found


def _same_section(searcher: Searcher, entry: Entry) -> list[tuple[str, str, int]]:
    """Return the volumes of the same site with an entry's section, under any of its names: id, section, year; by year."""
    known = current_archive().described()
    site = known.site_of(entry.volume) if known else None
    if site is None or entry.yearbook not in ("", site.title):
        return []
    wanted = site.canonical_section(entry.section)
    mine = sorted({each.id for each in site.volumes} - {entry.volume})
    names = [value.value for value in searcher.facet(SearchRequest(), "section", limit=EVERY).values]
    same = tuple(name for name in names if site.canonical_section(name_of(name)) == wanted)
    asked = limited(section=same, volume=tuple(map(value_of, mine)), yearbook=(value_of(entry.yearbook),))
    found = {(each.volume, each.section, each.year) for each in (searcher.entries(asked) if same and mine else ())}
    return sorted(found, key=lambda each: each[2])
