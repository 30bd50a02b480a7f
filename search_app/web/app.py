"""Makes the Flask app: settings, pages, headers, errors."""

import os
from pathlib import Path
from threading import BoundedSemaphore

from flask import Flask, Response, abort, current_app, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from indexer.errors import ConfigError, IndexFailure, IndexMissing, StaleIndex, YearbookError
from indexer.manifest import Manifest
from search_app.shown import links, present
from search_app.web.api import api
from search_app.web.archive import Archive, current_archive, current_site, remedy
from search_app.web.health import health
from search_app.web.languages import add_choice, switched
from search_app.web.policy import POLICY
from search_app.web.rendering import add_languages, render
from search_app.web.site import REFUSED, Site, read_site
from search_app.web.views import PAGES
from search_app.words import answers

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
STREAMS = 2
"""Long answers that a process sends at the same time; it has four threads (`search_app/serving/server.py`)."""
_MESSAGES = {
    400: "请求有误",
    404: "没有找到",
    405: "不支持的请求方式",
    410: "已不在本库",
    421: "不是本站的地址",
    500: "服务器出错",
    503: "暂时不能检索",
}


def create_app(data_dir: Path | str | None = None, manifest: Manifest | Path | None = None) -> Flask:
    """Make the app for one data folder (default: `NIANJIAN_DATA`, else `./nianjian-data`).

    `manifest` is the manifest to use, or a file for an archive that was made with none of its own (default:
    `NIANJIAN_MANIFEST`, else the bundled one).

    Raises `ConfigError` if that file, `NIANJIAN_PUBLIC_URL` or `NIANJIAN_HOSTS` is wrong.  A missing index is not an
    error here: pages answer 503 until one is published.  Nor is an archive's own manifest that cannot be read:
    searches are answered without it.
    """
    app = Flask(__name__)
    # Otherwise Werkzeug redirects `//entry` and `/entry` to an absolute address built from the Host header.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    folder = Path(data_dir or os.environ.get("NIANJIAN_DATA") or "nianjian-data")
    named = os.environ.get("NIANJIAN_MANIFEST")
    app.config["ARCHIVE"] = archive = Archive(folder, manifest or (Path(named) if named else None))
    archive.described()
    app.config["STREAMS"] = BoundedSemaphore(STREAMS)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    site = app.config["SITE"] = read_site(os.environ)
    app.jinja_env.globals.update(
        links=links.under(site.path), present=present, words=answers, site=site, root=site.path, switch=switched
    )
    for each in PAGES:
        app.register_blueprint(each)
    app.register_blueprint(api)
    app.register_blueprint(health)
    _mount(app, site)
    add_choice(app)
    add_languages(app)
    app.before_request(_check_host)
    app.after_request(_add_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IndexFailure, _index_error)
    app.register_error_handler(YearbookError, _store_error)
    app.register_error_handler(Exception, _fault)
    return app


def _mount(app: Flask, site: Site) -> None:
    """Make the app see its own address in every request; raise `ConfigError` if it begins like one of its pages."""
    first = site.path.split("/")[1:2]
    if any(rule.rule.split("/")[1:2] == first for rule in app.url_map.iter_rules()):
        raise ConfigError("public-url-taken", name=first[0])
    app.wsgi_app = site.seen(app.wsgi_app)  # type: ignore[assignment, method-assign]


def _check_host() -> None:
    if code := request.environ.get(REFUSED):
        address = current_site().absolute("/")
        abort(code, description=f"本站的地址是 {address}" if "://" in address else "请用本站公布的地址访问")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    own = error.description if error.description != type(error).description else ""
    response = _answer(code, own or "")
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _index_error(error: IndexFailure) -> Response:
    if isinstance(error, StaleIndex):
        current_archive().doubt()
    # The message names folders of the server, so it is logged for the administrator and not shown to readers.
    current_app.logger.error("%s", error)
    what = "还没有索引" if isinstance(error, IndexMissing) else "索引不能使用"
    return _answer(503, f"{what}，请管理者运行 {remedy(error)}")


def _store_error(error: YearbookError) -> Response:
    current_app.logger.error("%s", error)
    return _answer(503, "数据文件夹里有文件读不出，请管理者查看日志")


def _fault(error: Exception) -> Response:
    current_app.logger.exception("unexpected error at %s", request.path)
    return _answer(500, "")


def _answer(code: int, detail: str) -> Response:
    """Return the answer for an error: a problem document (RFC 9457) for the API, a page for readers."""
    title = _MESSAGES.get(code, "出错了")
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": code, "detail": detail or title}
        text = json.dumps(body, ensure_ascii=False)
        return Response(text, status=code, mimetype="application/problem+json")
    return Response(render("error.html", code=code, title=title, detail=detail), status=code)
