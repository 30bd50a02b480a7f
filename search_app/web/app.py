"""Makes the Flask app: settings, pages, headers."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, abort, request

from indexer.errors import ConfigError
from indexer.manifest import Manifest
from search_app.following.archive import Archive
from search_app.shown import addresses, present
from search_app.shown.exporting.exported import CHOSEN_MOST
from search_app.web.api import api
from search_app.web.api.crossing import add_crossing
from search_app.web.api.describing import pages as interface
from search_app.web.captures import PageCaptures
from search_app.web.conditions import ignore_odd_dates
from search_app.web.current import current_site
from search_app.web.encoding import Encoder
from search_app.web.errors import add_error_answers
from search_app.web.finding import FINDING
from search_app.web.holding import Holdings
from search_app.web.operating.attaching import add_watching
from search_app.web.operating.health import health
from search_app.web.operating.settings import read_operating
from search_app.web.ownfiles import compress_own_files
from search_app.web.policy import POLICY
from search_app.web.reader.languages import add_choice
from search_app.web.reader.rendering import add_languages
from search_app.web.site import REFUSED, Site, read_site
from search_app.web.views import PAGES
from search_app.words import answers, exports
from search_app.words.language import gettext

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
STREAMS = 2
"""Long answers that a process sends at the same time; it has four threads (`search_app/serving/server.py`)."""
FORM = CHOSEN_MOST * 2_000
"""Most bytes of a form that is sent: as many ids as may be chosen, of which the longest take 1,800 each."""


class _App(Flask):
    """Flask, for functions that all return when they are done."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function; Flask examines eight for each answer, which takes 15 µs."""
        return func


def create_app(data_dir: Path | str | None = None, manifest: Manifest | Path | None = None) -> Flask:
    """Make the app for one data folder (default: `NIANJIAN_DATA`, else `./nianjian-data`).

    `manifest` is the manifest to use, or a file for an archive that was made with none of its own (default:
    `NIANJIAN_MANIFEST`, else the bundled one).

    Raises `ConfigError` if that file or one of the settings `NIANJIAN_*` is wrong.  A missing index is not an
    error here, nor a cluster that does not answer: pages answer 503 until one is published.  Nor is an archive's own manifest that cannot be read:
    searches are answered without it.
    """
    app = _App(__name__)
    # Otherwise Werkzeug redirects `//entry` and `/entry` to an absolute address built from the Host header.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    folder = Path(data_dir or os.environ.get("NIANJIAN_DATA") or "nianjian-data")
    named = os.environ.get("NIANJIAN_MANIFEST")
    archive = Archive(folder, manifest or (Path(named) if named else None))
    archive.check_engine()
    archive.described()
    site, operating = read_site(os.environ), read_operating(os.environ)
    app.config.update(
        ARCHIVE=archive,
        HOLDINGS=Holdings(archive),
        CAPTURES=PageCaptures(archive),
        SITE=site,
        TODAY=date.today,
        STREAMS=BoundedSemaphore(STREAMS),
        MAX_CONTENT_LENGTH=FORM,  # of files, too, which Werkzeug would store
        MAX_FORM_MEMORY_SIZE=FORM,
    )
    app.json = Encoder(app)
    _add_to_templates(app, site)
    for each in (*PAGES, *FINDING, api, interface, health):
        app.register_blueprint(each)
    add_watching(app, operating, archive)
    _mount(app, site)
    add_choice(app)
    add_languages(app)
    compress_own_files(app)
    app.before_request(_check_host)
    ignore_odd_dates(app)
    app.after_request(_add_headers)
    add_error_answers(app)
    add_crossing(app)
    return app


def _add_to_templates(app: Flask, site: Site) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(links=addresses.under(site.path), site=site, root=site.path, present=present)
    app.jinja_env.globals.update(words=answers, exports=exports, taken_most=CHOSEN_MOST)


def _mount(app: Flask, site: Site) -> None:
    """Make the app see its own address in every request; raise `ConfigError` if it begins like one of its pages."""
    first = site.path.split("/")[1:2]
    if any(rule.rule.split("/")[1:2] == first for rule in app.url_map.iter_rules()):
        raise ConfigError("public-url-taken", name=first[0])
    app.wsgi_app = site.seen(app.wsgi_app)  # type: ignore[assignment, method-assign]


def _check_host() -> None:
    if code := request.environ.get(REFUSED):
        address = current_site().absolute("/")
        said = gettext("本站的地址是 {address}") if "://" in address else gettext("请用本站公布的地址访问")
        abort(code, description=said.format(address=address))


def _add_headers(response: Response) -> Response:
    # Whether a name is there is asked once of all: each asking compares it with every name.
    there = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    if "content-disposition" in there:  # what is downloaded is not for search engines
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response
