"""Answers requests that cannot be met: what happened, and what to do next, as a page or as a problem document."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from indexer.errors import IndexFailure, IndexMissing, IndexUnavailable, StaleIndex, YearbookError
from search_app.following.absence import asks_too_much
from search_app.following.archive import remedy
from search_app.web.current import current_archive
from search_app.web.operating.facts import PROBLEM
from search_app.web.reader.rendering import render
from search_app.words.language import N_, Worded, gettext

_CODES: Mapping[int, str] = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    410: "gone",
    413: "too-large",
    421: "misdirected",
    503: "unavailable",
}
"""What a problem document calls an error that nobody has given a code of its own."""
_AGAIN_S = 10
"""Seconds after which it is worth asking again where nothing can be answered for now: whoever has an index published,
or a download ended, has often done so by then."""
_MESSAGES: Mapping[int, str] = Worded(
    {
        400: N_("请求有误"),
        404: N_("没有找到"),
        405: N_("不支持的请求方式"),
        410: N_("已不在本库"),
        413: N_("送来的内容太多"),
        421: N_("不是本站的地址"),
        500: N_("服务器出错"),
        503: N_("暂时不能检索"),
    }
)


def said_of(error: YearbookError) -> str:
    """Return in one line why nothing is answered, in the reader's language, naming no folder of the server."""
    if not isinstance(error, IndexFailure):
        return gettext("数据文件夹里有文件读不出，请管理者查看日志")
    if isinstance(error, IndexUnavailable):
        if asks_too_much(error):
            return gettext("这次检索要查的太多，请添一个词或一项筛选，或把检索式写短些")
        return gettext("检索所用的服务暂时没有应答，请过一会儿再试")
    what = gettext("还没有索引") if isinstance(error, IndexMissing) else gettext("索引不能使用")
    return gettext("{what}，请管理者运行 {command}").format(what=what, command=remedy(error))


class Problem(HTTPException):
    """A request that cannot be met, with what a script needs to tell it from others."""

    def __init__(self, status: int, code: str, detail: str, **values: object) -> None:
        """Take the status, a code that stays as it is, a sentence in the reader's language, and further keys."""
        super().__init__(detail)
        self.code = status
        self.kind = code
        self.values = values


def add_error_answers(app: Flask) -> None:
    """Have an app answer every error in the reader's language."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IndexFailure, _index_error)
    app.register_error_handler(YearbookError, _store_error)
    app.register_error_handler(Exception, _fault)


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    own = error.description if error.description != type(error).description else ""
    kind, values = (error.kind, error.values) if isinstance(error, Problem) else (_CODES.get(code, "error"), {})
    response = _answer(code, own or "", kind, **values)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _index_error(error: IndexFailure) -> Response:
    if isinstance(error, StaleIndex):
        current_archive().doubt()
    # The message names folders of the server, so it is logged for the administrator and not shown to readers.
    current_app.logger.error("%s", error)
    if isinstance(error, IndexUnavailable):
        current_archive().missed(error)
        return _answer(503, said_of(error), "too-much-asked" if asks_too_much(error) else "engine-unavailable")
    return _answer(503, said_of(error), "no-index", remedy=remedy(error))


def _store_error(error: YearbookError) -> Response:
    current_app.logger.error("%s", error)
    return _answer(503, said_of(error), "unreadable")


def _fault(error: Exception) -> Response:
    current_app.logger.exception("unexpected error at %s", request.path)
    return _answer(500, "", "fault")


def _answer(code: int, detail: str, kind: str, **values: object) -> Response:
    """Return the answer for an error: a problem document (RFC 9457) for the API, a page for readers.

    `kind` is what scripts tell it by, `values` are further keys of the document.
    """
    request.environ[PROBLEM] = kind
    title = _MESSAGES.get(code) or gettext("出错了")
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": code, "detail": detail or title, "code": kind}
        text = json.dumps(body | values, ensure_ascii=False)
        response = Response(text, status=code, mimetype="application/problem+json")
    else:
        text = _sought() if code == 404 else ""
        page = render("error.html", code=code, kind=kind, title=title, detail=detail, text=text)
        response = Response(page, status=code)
    if code == 503:
        response.headers["Retry-After"] = str(_AGAIN_S)
    return response


def _sought() -> str:
    """Return what an address that leads nowhere asked for, to be searched for: a name, a section, an id."""
    asked = request.view_args or {}
    return next((value for name in ("section", "name", "entry_id", "volume") if (value := asked.get(name))), "")
