"""Finds the language that a reader wants: as chosen, else as the browser asks for."""

from functools import lru_cache
from urllib.parse import quote

from flask import Flask, Response, request
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.sansio.response import Response as Answer

from search_app.shown.addresses import query
from search_app.web.current import current_site
from search_app.web.reader.remembering import remember, without
from search_app.words.language import CATALOGUES, ENGLISH, LANGUAGES, SIMPLIFIED, first_meant, locale_of, speak, spoken

ARGUMENT = COOKIE = "lang"
_LONGEST = 200
"""Characters of `Accept-Language` that are read; browsers send fewer."""


def add_choice(app: Flask) -> None:
    """Have an app answer each request in its reader's language."""
    Babel(
        app,
        default_locale=locale_of(SIMPLIFIED),
        default_translation_directories=str(CATALOGUES),
        locale_selector=lambda: locale_of(spoken()),
    )
    app.before_request(_choose)
    app.after_request(_vary)


def _choose() -> Answer | None:
    """Speak the reader's language; where a page's address names one, keep it in a cookie and go on without it.

    So no link carries a language, and two readers who share one each read it in their own.
    """
    chosen = request.args.get(ARGUMENT, "")
    sent = request.environ  # every answer passes here: objects are made only of what was sent
    kept = request.cookies.get(COOKIE, "") if "HTTP_COOKIE" in sent else ""
    speak(chosen if chosen in LANGUAGES else wanted(kept, sent.get("HTTP_ACCEPT_LANGUAGE", "")))
    # An address that is none of ours could lead anywhere.
    if chosen not in LANGUAGES or request.url_rule is None or request.blueprint == "api":
        return None
    return remember(ARGUMENT, chosen) if request.method in ("GET", "HEAD") else None


def wanted(kept: str, asked: str) -> str:
    """Return the language for a reader: the one kept from an earlier choice, else the first accepted that is ours.

    `asked` is a browser's `Accept-Language`.  Somebody whose browser asks for languages that are none of ours reads
    English; one that asks for none, Chinese.
    """
    return kept if kept in LANGUAGES else _accepted(asked[:_LONGEST])


@lru_cache(256)
def _accepted(asked: str) -> str:
    tags = [tag for tag in parse_accept_header(asked, LanguageAccept).values() if tag != "*"]
    return first_meant(tags, ENGLISH if tags else SIMPLIFIED)


def switched() -> str:
    """Return the address of the page that is shown, to which a language is to be added; of the front page where it is none."""
    # A path that is none of ours could look like a host.
    path = request.path if request.url_rule is not None else "/"
    return current_site().link(_switching(path, tuple(without(ARGUMENT))))


@lru_cache(512)
def _switching(path: str, args: tuple[tuple[str, str], ...]) -> str:
    return f"{quote(path)}?{query([*args, (ARGUMENT, '')])}"


def _vary(response: Response) -> Response:
    response.headers.add("Vary", "Accept-Language, Cookie")
    response.headers.setdefault("Content-Language", spoken())
    return response
