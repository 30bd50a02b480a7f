"""Reports to watchdogs and load balancers whether searches are answered."""

from flask import Blueprint, current_app
from werkzeug.sansio.response import Response

from indexer.errors import IndexUnavailable, YearbookError
from search_app.following.archive import remedy
from search_app.web.current import current_archive
from search_app.web.errors import said_of

health = Blueprint("health", __name__)


@health.after_request
def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/healthz")
def say_health() -> Response:
    """Answer whether searches are answered, by the published generation, and with authors named as people decided.

    Error messages name folders of the server, so they go to the log; the answer says only which command repairs it.
    A cluster that does not answer is no fault of this process, which nobody should end for it: that is 200.
    """
    here = current_archive()
    try:
        searcher = here.searcher()
        is_degraded = here.is_degraded()
        follows = here.follows_contributors()
    except IndexUnavailable as error:
        current_app.logger.error("%s", error)
        return current_app.json.response(status="unreachable", remedy="")
    except YearbookError as error:
        current_app.logger.error("%s", error)
        answer = current_app.json.response(status="down", remedy=remedy(error))
        answer.status_code = 503
        return answer
    found = {"status": "ok", "generation": searcher.generation, "entries": len(searcher)}
    if is_degraded:
        found |= {"status": "degraded", "remedy": "nianjian index"}
    if not follows:
        found |= {"status": "degraded", "contributors": "refused"}
        found.setdefault("remedy", "nianjian contributor list")
    if here.is_away():
        found |= {"status": "unreachable"}
    return current_app.json.response(found)


@health.get("/readyz")
def say_readiness() -> Response:
    """Answer whether this process may be sent readers now: a generation is open, be it the one before.

    Where a cluster holds it, that is asked: it answers with all of the index, and something is published.
    Where it may not, `code` is the error's, and `reason` says it without naming a folder of the server.  Nothing is
    logged: it is asked every few seconds, and `/healthz` and every search log the reason.
    """
    try:
        generation = current_archive().reach().generation
    except YearbookError as error:
        answer = current_app.json.response(status="not-ready", code=error.code, reason=said_of(error))
        answer.status_code = 503
        return answer
    return current_app.json.response(status="ready", generation=generation)
