"""Remembers in a cookie what a reader has chosen once for all pages, so that no link needs to carry it."""

from urllib.parse import quote, urlencode

from flask import redirect, request
from werkzeug.sansio.response import Response

from search_app.web.current import current_site

_YEAR = 365 * 24 * 60 * 60
"""Seconds for which a choice is remembered."""


def without(name: str) -> list[tuple[str, str]]:
    """Return the arguments of the page asked for but one."""
    return [(each, value) for each, value in request.args.items(multi=True) if each != name]


def remember(name: str, value: str) -> Response:
    """Remember a choice that the address names, and go on to the same page without it."""
    site = current_site()
    rest = without(name)
    answer = redirect(site.link(quote(request.path)) + (f"?{urlencode(rest)}" if rest else ""), 303)
    answer.set_cookie(name, value, max_age=_YEAR, path=site.path or "/", samesite="Lax", httponly=True)
    return answer
