"""The web and command-line front of the archive.

`from search_app import create_app` gives the WSGI application of a data folder, for a server of your own.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_app.web.app import create_app

__all__ = ["create_app"]

if not TYPE_CHECKING:  # a type checker would take any name for this one

    def __getattr__(name: str) -> object:
        """Load the web app when it is first asked for: most commands need no Flask."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from search_app.web.app import create_app

        globals()[name] = create_app
        return create_app
