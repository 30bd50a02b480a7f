"""The JSON interface; its keys must not change, because other people's scripts rely on them."""

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.sansio.response import Response

from search_app.shown.answered import answer
from search_app.shown.links import entry_url, from_args
from search_app.shown.present import entry_json, search_json
from search_app.web.archive import current_archive, current_site
from search_app.web.former import gone
from search_app.words import answers

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Answer a search; an invalid argument is refused with status 400."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    if wrong:
        abort(400, description="；".join(map(answers.note, wrong)))
    return current_app.json.response(search_json(answer(state, *current_archive().open())))


@api.get("/entry/")
@api.get("/entry/<entry_id>")
def entry(entry_id: str | None = None) -> Response:
    """Answer with one entry, with the keys of `entries.jsonl`."""
    entry_id = request.args.get("id", "") if entry_id is None else entry_id
    found = current_archive().searcher().get(entry_id)
    if found is None:
        became = gone(current_archive(), entry_id)
        if became is None:
            abort(404, description=f"没有编号为“{entry_id}”的条目，编号见 /api/v1/search")
        if became.now is None:
            abort(410, description=answers.gone(became.title))
        return redirect(current_site().link(f"/api/v1{entry_url(became.now)}"), 302)
    return current_app.json.response(entry_json(found))
