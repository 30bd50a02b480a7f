"""The page that says how to search the archive."""

from flask import Blueprint

from search_app.shown.browsing.examples import examples
from search_app.web.current import current_archive
from search_app.web.reader.rendering import render

pages = Blueprint("about", __name__)


@pages.get("/about")
def about() -> str:
    """Show how to search."""
    searcher = current_archive().searcher()
    return render(
        "about.html", searcher=searcher, volumes=searcher.volumes(), examples=current_archive().once(examples)
    )
