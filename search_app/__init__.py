"""The web app and the command line of the archive."""

from search_app.web.app import create_app

__all__ = ["create_app"]
