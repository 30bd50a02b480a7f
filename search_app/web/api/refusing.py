"""Refuses a request whose arguments are wrong, naming each of them."""

from collections.abc import Sequence

from flask import request

from indexer.search.query.notes import Note, note
from search_app.shown.links import brief, last_of
from search_app.web.errors import Problem
from search_app.words import answers
from search_app.words.answers import ArgumentCode

WRONG = "wrong-arguments"
"""Code of the problem; its `errors` are the notes about the arguments."""


def arguments() -> dict[str, list[str]]:
    """Return the arguments of the request, each with all its values."""
    return request.args.to_dict(flat=False)


def refuse(wrong: Sequence[Note]) -> None:
    """End the request with a problem (400) if notes say that arguments are wrong; `name` of each is its argument."""
    if wrong:
        raise Problem(400, WRONG, answers.notes(wrong), errors=answers.notes_json(wrong))


def form_of(known: Sequence[str], wrong: Sequence[Note]) -> str:
    """Return the form asked for, the first one where none is; refuse wrong arguments, of which these are known."""
    form = last_of(arguments(), "format") or known[0]
    if form not in known:
        odd = note(ArgumentCode.NO_FORMAT, name="format", value=brief(form), known=answers.listed(known))
        wrong = wrong if odd in wrong else (*wrong, odd)
    refuse(wrong)
    return form
