"""The HTML pages: each view reads a request, runs the search, and fills a template."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.sansio.response import Response

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import EVERY, FACETS, name_of, value_of
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SORTS, Exact, Filter, Match, SearchRequest
from indexer.stages.holdings import VolumeHolding, other_losses, read_holdings
from indexer.stages.provenance import Provenance, provenance
from indexer.store.ledger import Loss
from search_app.shown import present
from search_app.shown.answered import answer, filter_notes
from search_app.shown.links import SearchState, author_url, entry_url, exactly, from_args
from search_app.shown.registered import register
from search_app.web.archive import current_archive, current_site
from search_app.web.former import former_meanings, gone
from search_app.words import answers

pages = Blueprint("pages", __name__)

_FACET_PAGE = 500
"""Values on a facet's own page; further ones are found by typing a prefix."""


@pages.get("/")
def search() -> str:
    """Show the results of a search; without a query, the front page."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    searcher, names = current_archive().open()
    if not state.asks:
        everything = searcher.search(SearchRequest(size=0))
        return render_template("home.html", state=state, everything=everything, names=names)
    found = answer(state, searcher, names)
    page, query = found.page, found.request.query
    last = max(1, -(-page.total // state.size))
    return render_template(
        "results.html",
        state=state,
        page=page,
        near=found.near,
        notes=[*wrong, *found.notes],
        names=names,
        applied=present.applied(state, names),
        facets=present.shown_facets(page, names),
        sorts=SORTS,
        last=last,
        numbers=present.pages_around(state.page, last),
        single=isinstance(query, Exact) and not query.alike,
        compared=len(searcher),
        reading=page.readings[0] if isinstance(query, Match) and page.readings else None,
        others=found.others,
        ladder=found.ladder,
    )


@pages.get("/facet/<field>")
def facet(field: str) -> str:
    """Show all values of one facet under the current search."""
    if field not in FACETS:
        abort(404)
    state, wrong = from_args(request.args.to_dict(flat=False))
    searcher, names = current_archive().open()
    prefix = request.args.get("prefix", "")
    asked, notes = state.request()
    found = searcher.facet(asked, field, prefix, _FACET_PAGE)
    told = [*wrong, *notes, *filter_notes(state, names)]
    return render_template("facet.html", state=state, facet=found, prefix=prefix, names=names, notes=told)


@pages.get("/entry/")
@pages.get("/entry/<entry_id>")
def entry(entry_id: str | None = None) -> str | Response:
    """Show one whole entry, with the marks of the search it was found by."""
    entry_id = request.args.get("id", "") if entry_id is None else entry_id
    searcher, names = current_archive().open()
    found = searcher.get(entry_id)
    text = request.args.get("q", "")
    if found is None:
        return _no_entry(entry_id, text)
    node, _ = parse(text)
    in_section = list(
        searcher.entries(
            _printed(
                yearbook=(value_of(found.yearbook),),
                volume=(value_of(found.volume),),
                section=(value_of(found.section),),
            )
        )
    )
    on_page = [each for each in in_section if each.url == found.url]
    return render_template(
        "entry.html",
        text=text,
        shown=present.mark_entry(found, node),
        former=former_meanings(current_archive(), found),
        source=_source(found.url),
        is_described=current_archive().described() is not None,
        names=names,
        page_before=_beside(on_page, found, -1),
        page_after=_beside(on_page, found, 1),
        section_before=_beside(in_section, found, -1),
        section_after=_beside(in_section, found, 1),
    )


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
    return render_template(
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
    return render_template(
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


@pages.get("/author/")
@pages.get("/author/<path:name>")
def author(name: str | None = None) -> str | Response:
    """Show everything that a contributor signed, by year."""
    name = request.args.get("name", "") if name is None else name
    searcher, names = current_archive().open()
    entries = list(searcher.entries(_limited(author=(name,))))
    if not entries:
        abort(404, description=f"没有署名“{name}”的条目")
    signed = [(form, person) for each in entries for form, person in names.signers(each)]
    if name not in (person for _, person in signed):
        # A printed form: its page is that of the person.
        return redirect(current_site().link(author_url(next(person for form, person in signed if form == name))), 302)
    forms = Counter(form for form, person in signed if person == name)
    beside = Counter(other for each in entries for other in names.persons(each) if other != name)
    printed = exactly(name)
    return render_template(
        "author.html",
        name=name,
        names=names,
        volumes=_by_volume(entries),
        entries=entries,
        forms=forms.most_common(),
        is_decided=list(forms) != [name],
        beside=beside.most_common(12),
        printed=printed,
        mentioned=searcher.count(printed.request()[0]) if printed else 0,
    )


@pages.get("/contributors")
def contributors() -> str:
    """Show everybody who signed something, by pinyin; with `q`, those whose names are like it."""
    text = request.args.get("q", "").strip()
    searcher, names = current_archive().open()
    groups = register(searcher, text)
    total = sum(len(group.contributors) for group in groups)
    return render_template("contributors.html", groups=groups, sought=text, total=total, names=names)


@pages.get("/holdings")
def holdings() -> str:
    """Show what is held of each volume and what is missing."""
    here = current_archive()
    data = DataFolder(here.data_dir)
    known = here.described()
    found: tuple[VolumeHolding, ...] = ()
    others: tuple[Loss, ...] = ()
    unread = False
    try:
        if known is not None:
            found = read_holdings(data, known, as_it_is=True)
            others = other_losses(data, known)
    except YearbookError as error:
        current_app.logger.warning("no holdings: %s", error)
        unread = True
    return render_template(
        "holdings.html",
        found=found,
        unread=unread,
        is_described=known is not None,
        others=others,
        has_pages=data.warc.exists(),
    )


@pages.get("/about")
def about() -> str:
    """Show what the archive holds and how to search it."""
    searcher = current_archive().searcher()
    return render_template("about.html", searcher=searcher, volumes=searcher.volumes())


def _no_entry(entry_id: str, text: str) -> Response:
    """Redirect an id that no longer belongs to an entry to where its text is now, or answer that it is gone."""
    became = gone(current_archive(), entry_id)
    if became is None:
        abort(404, description=f"没有编号为“{entry_id}”的条目")
    if became.now is None:
        abort(410, description=answers.gone(became.title))
    # Not permanent: after another parse the id may have its text again.
    return redirect(current_site().link(entry_url(became.now, text)), 302)


def _source(url: str) -> Provenance | None:
    """Return where an entry's page is stored; None if it is not known, as without a page store or a manifest."""
    here = current_archive()
    known = here.described()
    if known is None:
        return None
    try:
        found = provenance(DataFolder(here.data_dir), known, url, as_it_is=True)
    except YearbookError as error:
        current_app.logger.warning("no provenance for %s: %s", url, error)
        return None
    return found if isinstance(found, Provenance) else None


def _by_volume(entries: list[Entry]) -> list[list[Entry]]:
    """Group entries by volume; by yearbook, then year."""

    def volume(entry: Entry) -> tuple[str, int, str]:
        return entry.yearbook, entry.year, entry.volume

    return [list(inside) for _, inside in groupby(sorted(entries, key=volume), key=volume)]


def _volume_entries(searcher: Searcher, volume: str, yearbook: str) -> list[Entry]:
    asked = _printed(volume=(value_of(volume),), yearbook=(value_of(yearbook),))
    found = list(searcher.entries(asked))
    if not found:
        abort(404, description=f"没有编号为“{volume}”的年鉴卷")
    return found


def _limited(**values: tuple[str, ...]) -> SearchRequest:
    """Return the request for everything that has one of the values in each facet."""
    return SearchRequest(filters=tuple(Filter(field, chosen) for field, chosen in values.items()))


def _printed(**values: tuple[str, ...]) -> SearchRequest:
    """Return the same request as `_limited`, in printed order."""
    return replace(_limited(**values), sort="book")


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
    asked = _limited(section=same, volume=tuple(map(value_of, mine)), yearbook=(value_of(entry.yearbook),))
    found = {(each.volume, each.section, each.year) for each in (searcher.entries(asked) if same and mine else ())}
    return sorted(found, key=lambda each: each[2])


def _beside(entries: Sequence[Entry], found: Entry, step: int) -> Entry | None:
    at = next(at for at, each in enumerate(entries) if each.id == found.id) + step
    return entries[at] if 0 <= at < len(entries) else None
