"""Gives the archive that the running app serves, and its own address."""

from typing import cast

from flask import current_app

from search_app.following.archive import Archive
from search_app.web.site import Site


def current_archive() -> Archive:
    """Return the archive that the running app serves."""
    return cast(Archive, current_app.config["ARCHIVE"])


def current_site() -> Site:
    """Return the running app's own address."""
    return cast(Site, current_app.config["SITE"])
