"""Spares answers to those who have them already: says which version an answer is of, and compares what is sent back."""

import time
from collections.abc import Mapping
from functools import lru_cache

from flask import Response, abort, current_app, g, make_response, request
from werkzeug.http import http_date
from werkzeug.sansio.response import Response as Answer

from search_app.following.versions import Version, digest_of
from search_app.web.current import current_site
from search_app.words.language import spoken

_HELD = "freshness"


def answer_of(version: Version) -> None:
    """Have the answer say that it is of this version; end the request with 304 if that is what is there already.

    To be called when it is known that there is an answer, and before it is made: conditions count only where the answer
    would be a good one (RFC 9110, 13.2.1).
    """
    sent = request.environ
    address = sent.get("SCRIPT_NAME", ""), sent.get("PATH_INFO", ""), sent.get("QUERY_STRING", "")
    # What is answered has addresses in it, which the settings say.
    tag = digest_of(version.told, spoken(), current_site().absolute(""), *address)
    # Until its second is over, something else may be changed within it.
    since = version.since if version.since is not None and time.time() >= version.since + 1 else None
    setattr(g, _HELD, (tag, since))
    if "HTTP_IF_NONE_MATCH" in sent:
        is_there = request.if_none_match.contains_weak(tag)
    else:
        # Only this very time: an older generation that answers again is no answer to who has a newer one.
        asked = request.if_modified_since if "HTTP_IF_MODIFIED_SINCE" in sent else None
        is_there = asked is not None and since is not None and int(asked.timestamp()) == since
    if is_there:
        abort(Response(status=304))


def label(response: Response) -> Response:
    """Write on an answer which version it is of, if that was said, and that whoever keeps it must ask again."""
    held = g.get(_HELD)
    if held is not None and response.status_code in (200, 304):
        tag, since = held
        response.headers.add("ETag", f'W/"{tag}"')
        if since is not None:
            response.headers.add("Last-Modified", _date(since))
    response.headers.add("Cache-Control", "no-cache")
    return response


def by_content(record: Mapping[str, object]) -> Answer:
    """Answer with JSON that is made of more than the index, and so is compared by what it says."""
    response = make_response(current_app.json.response(record))
    response.add_etag(weak=True)
    return response.make_conditional(request)


@lru_cache(64)
def _date(since: int) -> str:
    return http_date(since)
