"""What browsers ask for that offer the archive's search in their own box."""

from flask import Blueprint, Response, json, request

from search_app.shown.describing.opensearch import KIND, SUGGESTIONS, description, suggestions
from search_app.shown.searching.suggested import offers
from search_app.web.current import current_archive, current_site
from search_app.web.finding.public import public_root
from search_app.words.language import spoken

pages = Blueprint("browsers", __name__)


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the archive's search."""
    return Response(description(public_root(), spoken()), mimetype=KIND)


@pages.get("/suggest")
def suggest() -> Response:
    """Answer what may be meant by what somebody has typed, as browsers want it; `/api/v1/suggest` says more."""
    text = request.args.get("q", "")
    found = suggestions(text, offers(text, current_archive().searcher()), current_site().root)
    return Response(json.dumps(found, ensure_ascii=False), mimetype=SUGGESTIONS)
