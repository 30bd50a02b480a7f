"""The feed of a search, by which a reader is told of what is new in it."""

from flask import Blueprint, Response, abort, request

from search_app.shown.citing.reference import reference
from search_app.shown.describing.atom import KIND, feed
from search_app.shown.describing.newest import newest
from search_app.shown.links import from_args
from search_app.shown.present import applied
from search_app.web.current import current_archive, current_site
from search_app.web.taking import today
from search_app.words import answers
from search_app.words.language import gettext

pages = Blueprint("feeds", __name__)


@pages.get("/feed")
def search() -> Response:
    """Answer with the entries that a search finds, the last changed first; without one, with those of the archive."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    if wrong:
        abort(400, description=answers.notes(wrong))
    archive, root = current_archive(), current_site().root
    now, times = archive.answering(), archive.records.times()
    found = newest(now.searcher, state, lambda entry_id: times.get(entry_id, now.made_at))
    day = today()
    asked = [state.text, *(f"{each[0]} {each[1]}" for each in applied(state, now.names))]
    title = " · ".join(filter(None, (gettext("年鉴检索"), *asked)))
    text = feed(found, state, lambda entry: reference(entry, now.names, root, day), root, now.made_at, title)
    return Response(text, mimetype=KIND)
