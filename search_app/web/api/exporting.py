"""Answers with a file of entries: of all that a search finds, or of chosen ones."""

from dataclasses import replace

from werkzeug.sansio.response import Response

from search_app.following.versions import digest_of
from search_app.shown.exporting.exported import Foreign
from search_app.shown.exporting.formats import FORMATS
from search_app.web.api.freshness import answer_of
from search_app.web.api.refusing import arguments, refuse
from search_app.web.captures import current_captures
from search_app.web.current import current_archive
from search_app.web.errors import Problem
from search_app.web.taking import exporter_of, file_of, taking_from_args

EXPORT_FORMS = tuple(FORMATS)
FOREIGN = "foreign-ids"
"""Code of the problem; its `errors` say of each id what is wrong with it."""


def export() -> Response:
    """Answer with a file of entries, whole however many there are; an id that is no entry's is refused by name."""
    asked = taking_from_args(arguments())
    refuse(asked.wrong)
    form = asked.form or FORMATS[EXPORT_FORMS[0]]
    now, captured = current_archive().answering(), current_captures().state()
    exporter = exporter_of(form, now)
    # Citations say the day, tables when a page was captured.
    told = digest_of(now.version.told, str(exporter.day), str(captured))
    entries, foreign = asked.chosen(exporter) if asked.ids else ((), ())
    if foreign:
        errors = list(map(_error, foreign))
        raise Problem(400, FOREIGN, " ".join(each["text"] for each in errors), errors=errors)
    answer_of(replace(now.version, told=told, since=None))
    return file_of(form, entries if asked.ids else exporter.found(asked.state), asked.name)


def _error(wrong: Foreign) -> dict[str, str]:
    now = wrong.gone.now if wrong.gone else None
    code = "moved" if now else "gone" if wrong.gone else "no-entry"
    return {"code": code, "text": wrong.said, "name": "id", "value": wrong.id} | ({"now": now} if now else {})
