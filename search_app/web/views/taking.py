"""The pages by which readers take entries away: what to download in which format, and citations to copy."""

from collections.abc import Sequence

from flask import Blueprint, request
from werkzeug.sansio.response import Response

from search_app.shown.citing.gbt7714 import cite as written
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.links import SearchState, from_args
from search_app.shown.present import applied
from search_app.web.archive import current_archive
from search_app.web.reader.rendering import render
from search_app.web.taking import Taking, taking_from_args

pages = Blueprint("taking", __name__)


@pages.route("/export", methods=["GET", "POST"])
def export() -> str | Response:
    """Answer with the file that is asked for; without a format, or where some of it is missing, with the choice."""
    ...
