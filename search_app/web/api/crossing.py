"""Lets the scripts of other sites' pages read the interface: what is public may be read from everywhere (CORS)."""

from flask import Flask, Response, request

EXPOSED = ("Content-Disposition", "Content-Language", "ETag", "Last-Modified", "Retry-After")
"""Headers of an answer that such a script may read beside those that all may."""
_EXPOSED = ", ".join(EXPOSED)
_SENT = ("Accept", "Accept-Language", "If-Modified-Since", "If-None-Match")
"""Headers that it may send."""
_METHODS = ("GET", "HEAD", "OPTIONS")
_KEPT = 24 * 60 * 60
"""Seconds for which a browser need not ask again whether it may."""


def add_crossing(app: Flask) -> None:
    """Have an app let other sites read everything below `/api/`, also what went wrong there, and nothing else.

    Whoever reads sends no cookies along: `*` forbids it.
    """
    app.after_request(_let)


def _let(response: Response) -> Response:
    if request.path.startswith("/api/"):
        headers = response.headers
        headers.add("Access-Control-Allow-Origin", "*")
        headers.add("Access-Control-Expose-Headers", _EXPOSED)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            headers["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
            headers["Access-Control-Allow-Headers"] = ", ".join(_SENT)
            headers["Access-Control-Max-Age"] = str(_KEPT)
    return response
