"""Answers with entries as they stand: one by its id, or all that a search finds, one part after the other."""

from itertools import islice

from flask import current_app, redirect, request
from werkzeug.sansio.response import Response

from search_app.following.former import gone
from search_app.shown.addresses import entry_url, search_url
from search_app.shown.links import from_args, last_of, number_of
from search_app.shown.present import entry_json
from search_app.shown.searching.answered import filter_notes
from search_app.web.api.cursors import Cursor, CursorError, read_cursor
from search_app.web.api.freshness import answer_of
from search_app.web.api.refusing import WRONG, arguments, refuse
from search_app.web.current import current_archive, current_site
from search_app.web.errors import Problem
from search_app.words import answers
from search_app.words.language import gettext

ENTRIES = 100
"""Entries in one part of an answer if nobody says how many."""
MAX_ENTRIES = 500
_OWN = ("size", "page", "nearest_page", "explain")
"""Arguments of a search that mean something else here, or nothing."""


def entry_by_argument() -> Response:
    """Answer with the entry of an id that no path can carry."""
    return entry(request.args.get("id", ""))


def entry(entry_id: str) -> Response:
    """Answer with one entry, with the keys of `entries.jsonl` and the persons who signed it."""
    now = current_archive().answering()
    found = now.searcher.get(entry_id)
    if found is None:
        return _former(entry_id)
    answer_of(now.version)
    return current_app.json.response(entry_json(found, now.names))


def _former(entry_id: str) -> Response:
    """Lead on from an id that no entry has to where its text is today; else say what became of it."""
    became = gone(current_archive(), entry_id)
    if became is None:
        said = gettext("没有编号为“{id}”的条目，编号见 /api/v1/search")
        raise Problem(404, "no-such-entry", said.format(id=entry_id))
    if became.now is None:
        raise Problem(410, "entry-gone", answers.gone(became.title))
    return redirect(current_site().link(f"/api/v1{entry_url(became.now)}"), 302)


def entries() -> Response:
    """Answer with entries that a search finds, whole, in its order, and with the cursor of those that follow."""
    args = arguments()
    state, notes = from_args({name: values for name, values in args.items() if name not in _OWN})
    wrong = list(notes)
    size = number_of(args, "size", ENTRIES, 1, MAX_ENTRIES, wrong)
    refuse(wrong)
    now = current_archive().answering()
    begin = Cursor.beginning(now.searcher.generation, now.version.found, state)
    at = _at(begin, last_of(args, "cursor"), search_url(state, "/api/v1/entries"))
    answer_of(now.version)
    asked, told = state.request()
    found = list(islice(now.searcher.entries(asked, at.first), size + 1))
    return current_app.json.response(
        {
            "generation": now.searcher.generation,
            "query": state.text,
            "total": now.searcher.count(asked),
            "size": size,
            "entries": [entry_json(each, now.names) for each in found[:size]],
            "next": str(at.moved(size)) if len(found) > size else None,
            "notes": answers.notes_json((*told, *filter_notes(state, now.names))),
        }
    )


def _at(begin: Cursor, text: str, address: str) -> Cursor:
    """Return the place where a cursor says to go on; one of something else is refused.

    `begin` is the place where the search begins now, `address` that of its first part.
    """
    if not text:
        return begin
    try:
        at = read_cursor(text)
    except CursorError:
        _wrong("cursor-damaged", gettext("cursor 不完整或被改动；请照上次回答里的 next 原样传来"))
    if at.search != begin.search:
        _wrong("cursor-of-another-search", gettext("cursor 是另一次检索的；检索词、条件和 sort 须与取得它时相同"))
    if at.found != begin.found:
        said = gettext(
            "索引或条目的去留在取得 cursor 之后有了变动（当时是 {was}，现在是 {now}），接着取会遗漏或重复；"
            "请不带 cursor 从头再取"
        )
        again = current_site().link(address)
        raise Problem(
            410,
            "cursor-outdated",
            said.format(was=at.generation, now=begin.generation),
            generation=begin.generation,
            again=again,
        )
    return at


def _wrong(code: str, text: str) -> None:
    raise Problem(400, WRONG, text, errors=[{"code": code, "text": text, "name": "cursor"}])
