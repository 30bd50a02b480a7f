"""The page of one entry."""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.sansio.response import Response

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.model import Entry
from indexer.search.fields import value_of
from indexer.search.query.grammar import parse
from indexer.stages.provenance import Provenance, provenance
from search_app.shown import present
from search_app.shown.asking import printed
from search_app.shown.links import entry_url
from search_app.web.archive import current_archive, current_site
from search_app.web.former import former_meanings, gone
from search_app.web.rendering import render
from search_app.words import answers

pages = Blueprint("reading", __name__)


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
            printed(
                yearbook=(value_of(found.yearbook),),
                volume=(value_of(found.volume),),
                section=(value_of(found.section),),
            )
        )
    )
    on_page = [each for each in in_section if each.url == found.url]
    return render(
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


def _beside(entries: Sequence[Entry], found: Entry, step: int) -> Entry | None:
    at = next(at for at, each in enumerate(entries) if each.id == found.id) + step
    return entries[at] if 0 <= at < len(entries) else None
