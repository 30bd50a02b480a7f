"""The pages of the source site as captured: what they looked like, their bytes, and the entries made of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.sansio.response import Response as Answer

from indexer.config import DataFolder
from indexer.errors import DecodeError, IndexFailure
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.parse.page.decoding.decode import declared_name, decode
from indexer.stages.importing import page_store
from indexer.stages.replay.beside import MAX_FACED, Beside, beside
from indexer.stages.replay.captured import Captured, Captures, moment_of, open_captures
from indexer.stages.replay.parts import Parts, why_unshown
from indexer.store.held import Held
from search_app.shown.addresses import digits_of, stored_url
from search_app.web.current import current_archive, current_site
from search_app.web.policy import BYTES, REPLAYED, WITH_FRAME
from search_app.web.reader.rendering import render
from search_app.words import stored as words
from search_app.words.language import gettext

pages = Blueprint("stored", __name__)
Shown = Callable[[Captures, Captured, Held], Answer]


@pages.get("/page/<moment>")
def page(moment: str) -> Answer:
    """Show a page as captured, and what became of it; another time than that of a capture leads to the nearest."""
    return _captured(moment, "", _page)


@pages.get("/page/<moment>/frame")
def frame(moment: str) -> Answer:
    """Send a captured page as a document that looks as it did and does nothing."""
    return _captured(moment, "frame", _frame)


@pages.get("/page/<moment>/raw")
def raw(moment: str) -> Answer:
    """Send the bytes that were captured, to be saved and not to be opened."""
    return _captured(moment, "raw", _raw)


@pages.get("/page/<moment>/part")
def part(moment: str) -> Answer:
    """Send a picture or style sheet of a captured page, as it was about that time."""
    at, url = _asked(moment)
    data, known = _archive()
    with page_store(data, known).ledger(as_it_is=True) as ledger:
        sent = Parts(open_captures(data, known, ledger), at, lambda each: _part_url(at, each)).sent(url)
    if sent is None:
        abort(404, description=gettext("没有收存这幅图或样式表，或者不能显示"))
    return _guarded(Response(sent.body, content_type=sent.content_type), BYTES)


def _captured(moment: str, way: str, shown: Shown) -> Answer:
    """Answer with the capture of the URL asked for at this time, or lead to the nearest one."""
    at, url = _asked(moment)
    data, known = _archive()
    with page_store(data, known).ledger(as_it_is=True) as ledger:
        captures = open_captures(data, known, ledger)
        if captures.hides(url) or _is_hidden(captures.store.spellings.key(url)):
            abort(410, description=gettext("这一网页已从本库撤下"))
        found = captures.nearest(url, at)
        if found is None:
            abort(404, description=gettext("本库没有收存网页 {url}").format(url=url))
        if found.capture.fetched_at != at:
            return redirect(current_site().link(stored_url(found.capture.fetched_at, url, way)), 302)
        held = captures.read(found)
        if not isinstance(held, Held):
            abort(404, description=_damaged(found))
        return shown(captures, found, held)


def _asked(moment: str) -> tuple[datetime, str]:
    at, url = moment_of(moment), request.args.get("url", "")
    if at is None:
        abort(404, description=gettext("地址里的采集时间要写成 14 位数字（年月日时分秒，UTC）"))
    if not url:
        abort(404, description=gettext("地址里缺少 url=，即原网页的地址"))
    return at, url


def _archive() -> tuple[DataFolder, Manifest]:
    """Return the archive's folder and manifest; where it has no stored pages, or not now, say so."""
    here = current_archive()
    data, known = DataFolder(here.data_dir), here.described()
    if known is None:
        abort(503, description=gettext("本库的年鉴清单现在读不出，存档的网页暂时不能显示"))
    if not data.warc.exists():
        abort(404, description=gettext("本库只有条目，没有存档的网页"))
    return data, known


def _is_hidden(page: str) -> bool:
    """Return whether the index that answers may not show a page; without an index only decisions count."""
    with suppress(IndexFailure):
        return current_archive().is_forgotten(page)
    return False


def _damaged(found: Captured) -> str:
    said = gettext("这次采集的存档已损坏，读不出：{file}，偏移 {offset}。")
    others = [each for each in found.moments if each != found.capture.fetched_at]
    times = gettext("、").join(f"{each:%Y-%m-%d %H:%M:%S}" for each in others)
    more = gettext("同一网页还采集于 {times}（UTC）。").format(times=times) if others else ""
    return said.format(file=found.holder.file, offset=found.holder.offset) + more


def _page(captures: Captures, found: Captured, held: Held) -> Answer:
    body, unshown = held.page.body, why_unshown(held.page)
    is_faced = unshown is None and len(body) <= MAX_FACED
    made = beside(captures, held.page, current_archive().records.listed()) if is_faced else None
    encoding = ""
    with suppress(DecodeError):
        encoding = decode(body).encoding
    text = render(
        "stored.html",
        found=found,
        digest=held.page.digest,
        size=len(body),
        encoding=encoding,
        declared=declared_name(body, held.page.content_type),
        unshown=unshown,
        beside=made,
        indexed=_indexed(made),
        names=_names(),
        says=words,
    )
    return _guarded(Response(text), WITH_FRAME)


def _frame(captures: Captures, found: Captured, held: Held) -> Answer:
    if unshown := why_unshown(held.page):
        abort(404, description=words.UNSHOWN[unshown])
    at = found.capture.fetched_at
    text = Parts(captures, at, lambda each: _part_url(at, each)).document(held.page, words.absent)
    return _guarded(Response(text.encode("utf-8", "replace"), content_type="text/html; charset=utf-8"), REPLAYED)


def _raw(captures: Captures, found: Captured, held: Held) -> Answer:
    answer = Response(held.page.body, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="page-{digits_of(found.capture.fetched_at)}.html"'
    return _guarded(answer, BYTES)


def _guarded(answer: Response, policy: str) -> Response:
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Referrer-Policy"] = "same-origin" if policy is WITH_FRAME else "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"  # the site's own page says the same
    return answer


def _part_url(at: datetime, url: str) -> str:
    return current_site().link(stored_url(at, url, "part"))


def _indexed(made: Beside | None) -> dict[str, Entry]:
    """Return those of the entries made of a page that readers can open, by id; none without an index."""
    found: dict[str, Entry] = {}
    with suppress(IndexFailure):
        searcher = current_archive().searcher()
        for each in made.preview.entries if made else ():
            if entry := searcher.get(each.id):
                found[each.id] = entry
    return found


def _names() -> object:
    with suppress(IndexFailure):
        return current_archive().open()[1]
    return None
