"""The pages about the archive itself: what is held, and how to search it."""

from flask import Blueprint, current_app

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.stages.holdings import VolumeHolding, other_losses, read_holdings
from indexer.store.ledger import Loss
from search_app.web.archive import current_archive
from search_app.web.rendering import render

pages = Blueprint("about", __name__)


@pages.get("/holdings")
def holdings() -> str:
    """Show what is held of each volume and what is missing."""
    here = current_archive()
    data = DataFolder(here.data_dir)
    known = here.described()
    found: tuple[VolumeHolding, ...] = ()
    others: tuple[Loss, ...] = ()
    unread = False
    try:
        if known is not None:
            found = read_holdings(data, known, as_it_is=True)
            others = other_losses(data, known)
    except YearbookError as error:
        current_app.logger.warning("no holdings: %s", error)
        unread = True
    return render(
        "holdings.html",
        found=found,
        unread=unread,
        is_described=known is not None,
        others=others,
        has_pages=data.warc.exists(),
    )


@pages.get("/about")
def about() -> str:
    """Show what the archive holds and how to search it."""
    searcher = current_archive().searcher()
    return render("about.html", searcher=searcher, volumes=searcher.volumes())
