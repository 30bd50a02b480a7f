"""The page of one entry."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.sansio.response import Response

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.stages.provenance import Provenance, provenance
from search_app.following.former import former_meanings, gone
from search_app.shown.addresses import AT, entry_url, hit_args
from search_app.shown.browsing.asking import limited
from search_app.shown.browsing.order import PrintedOrder
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.citing.reference import reference
from search_app.shown.describing.pages import entry_described
from search_app.shown.doubted import doubts_about
from search_app.shown.links import MAX_HIT, from_args, number_of
from search_app.shown.marking import mark_entry
from search_app.shown.naming import Names
from search_app.shown.searching import walking
from search_app.web.current import current_archive, current_site
from search_app.web.reader.rendering import render
from search_app.web.taking import today
from search_app.words import answers
from search_app.words.language import gettext

pages = Blueprint("reading", __name__)


@pages.get("/entry/")
@pages.get("/entry/<entry_id>")
def entry(entry_id: str | None = None) -> str | Response:
    """Show one whole entry, with the marks of the search it was found by, and its place among the hits."""
    args = request.args.to_dict(flat=False)
    entry_id = request.args.get("id", "") if entry_id is None else entry_id
    state, _ = from_args(args)
    archive = current_archive()
    searcher, names = archive.open()
    found = searcher.get(entry_id)
    if found is None:
        return _no_entry(entry_id, state.text)
    number = number_of(args, AT, 0, 1, MAX_HIT, [])
    place = archive.once(PrintedOrder, (searcher, names)).place(found)
    root = current_site().root
    cited = reference(found, names, root, today())
    return render(
        "entry.html",
        described=entry_described(found, cited, names, root),
        text=state.text,
        state=state,
        sought=number > 0,
        walk=walking.place(searcher, state, entry_id, number) if state.asks and number else None,
        hit_args=hit_args(state),
        shown=mark_entry(found, parse(state.text)[0], _occurrence(request.args.get("place", ""))),
        former=former_meanings(archive, found),
        source=_source(found.url),
        is_described=archive.described() is not None,
        contact=_contact(found, names),
        cited=cited,
        citation=cite(cited),
        names=names,
        doubts=_doubts(searcher, found, place.on_page),
        place=place,
        similar=searcher.similar(found.id),
        signed=_signed(searcher, found, names),
    )


def _occurrence(text: str) -> tuple[str, int] | None:
    """Read which occurrence an address names: `body-120`."""
    field, _, start = text.partition("-")
    return (field, int(start)) if start.isascii() and start.isdecimal() and len(start) < 10 else None


def _doubts(searcher: Searcher, found: Entry, on_page: Sequence[str]) -> list[str]:
    """Return what is doubtful about an entry; the others of its page, by their ids, are read only if anything is."""
    problems = current_archive().records.problems_of(found.url)
    beside = [each for one in on_page if (each := searcher.get(one))] if problems else []
    return doubts_about(found, beside, problems)


def _signed(searcher: Searcher, found: Entry, names: Names) -> list[tuple[str, int]]:
    """Return the persons who signed an entry, and how many entries each signed."""
    return [(name, searcher.count(limited(author=(name,)))) for name in names.persons(found)]


def _contact(found: Entry, names: Names) -> str:
    """Return where a reader tells what is wrong with an entry: a mail with its address, or a page; empty if unknown."""
    known = names.described(found.volume, found.yearbook)
    contact = known.contact if known else ""
    if not contact or "://" in contact:
        return contact
    address = current_site().absolute(entry_url(found.id))
    subject = gettext("指出错误：{id}《{title}》").format(id=found.id, title=found.title)
    return f"mailto:{contact}?{urlencode({'subject': subject, 'body': address}, quote_via=quote)}"


def _no_entry(entry_id: str, text: str) -> Response:
    """Redirect an id that no longer belongs to an entry to where its text is now, or answer that it is gone."""
    became = gone(current_archive(), entry_id)
    if became is None:
        abort(404, description=gettext("没有编号为“{id}”的条目").format(id=entry_id))
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
