"""The pages of a volume and of its sections, in printed order."""

from collections import Counter
from collections.abc import Callable

from flask import Blueprint, abort, request

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import name_of, value_of
from search_app.shown.browsing.asking import printed
from search_app.shown.browsing.contents import contents
from search_app.shown.browsing.sections import over_the_years
from search_app.shown.citing.reference import reference
from search_app.shown.describing.pages import section_described, volume_described
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.web.current import current_archive, current_site
from search_app.web.holding import current_holdings
from search_app.web.reader.rendering import render
from search_app.web.taking import today
from search_app.words import answers
from search_app.words.language import gettext

pages = Blueprint("volumes", __name__)

_FOLDED = 200
"""Entries beyond which a volume's sections are folded: more than a reader scrolls through."""


@pages.get("/volume/")
def volume_by_arguments() -> str:
    """Show a volume or section whose name no path can carry."""
    name, named = request.args.get("id", ""), request.args.get("section")
    return section(name, named) if named else volume(name)


@pages.get("/volume/<volume>")
def volume(volume: str) -> str:
    """Show a volume's table of contents; `?open=all` opens all sections of a large one."""
    searcher, names = current_archive().open()
    yearbook = names.yearbook_of(volume, request.args.get("yearbook"))
    entries = _volume_entries(searcher, volume, yearbook)
    known = names.described(volume, yearbook)
    root, apart = current_site().root, names.apart(volume, yearbook)
    cited = reference(entries[0], names, root, today())
    return render(
        "volume.html",
        described=volume_described(entries[0], cited, names, root),
        yearbook=yearbook,
        volume=volume,
        apart=apart,
        within=_within(volume, apart).sorted_by("book"),
        title=names.title(volume, yearbook),
        known=known,
        sections=contents(entries),
        total=len(entries),
        is_large=len(entries) > _FOLDED,
        is_open=len(entries) <= _FOLDED or request.args.get("open") == "all",
        authors=Counter(name for each in entries for name in names.persons(each)).most_common(12),
        shelf=names.of_yearbook(yearbook),
        sums=current_holdings().lately().sums([volume]) if known else Counter(),
    )


@pages.get("/volume/<volume>/<path:section>")
def section(volume: str, section: str) -> str:
    """Show one section of a volume: its pages and entries, and the same section in other years."""
    searcher, names = current_archive().open()
    name = name_of(section)
    yearbook = names.yearbook_of(volume, request.args.get("yearbook"))
    title = names.title(volume, yearbook)
    sections = contents(_volume_entries(searcher, volume, yearbook))
    at = next((at for at, each in enumerate(sections) if each.name == name), None)
    if at is None:
        wrong = gettext("{volume}没有“{section}”栏目").format(volume=title, section=answers.section(name))
        abort(404, description=wrong)
    apart = names.apart(volume, yearbook)
    first = sections[at].groups[0].rows[0][0]
    return render(
        "section.html",
        described=section_described(first, names, current_site().root),
        yearbook=yearbook,
        volume=volume,
        apart=apart,
        title=title,
        section=name,
        shown=sections[at],
        before=sections[at - 1] if at else None,
        after=sections[at + 1] if at + 1 < len(sections) else None,
        within=_within(volume, apart).with_values("section", (section,)),
        years=over_the_years(searcher, names, _canonical(names, volume, yearbook), (volume, yearbook, name)),
    )


def _volume_entries(searcher: Searcher, volume: str, yearbook: str) -> list[Entry]:
    asked = printed(volume=(value_of(volume),), yearbook=(value_of(yearbook),))
    found = list(searcher.entries(asked))
    if not found:
        abort(404, description=gettext("没有编号为“{volume}”的年鉴卷").format(volume=volume))
    return found


def _within(volume: str, apart: str | None) -> SearchState:
    """Return the search for everything in a volume."""
    here = SearchState().with_values("volume", (value_of(volume),))
    return here.with_values("yearbook", (apart,)) if apart else here


def _canonical(names: Names, volume: str, yearbook: str) -> Callable[[str], str]:
    """Return the function that unites the names of a yearbook's sections; each is its own if nobody has united them."""
    known = current_archive().described()
    site = known.site_of(volume) if known and names.described(volume, yearbook) else None
    return site.canonical_section if site else str
