"""Has the answers of a process made one after the other: a turn each, and nobody waits long for one.

Two searches at once take the interpreter's lock from one another whenever one of them reads a file or an array, and
wait five milliseconds to get it back.  Independent of what is answered.
"""

import threading
from collections.abc import Iterable
from typing import Any

from search_app.web.site import ALWAYS, Application, Environ

PATIENCE_S = 0.02
"""Seconds after which an answer is made without its turn.  Most take one or two thousandths of a second; a slow one, or
the beginning of a long file, must not keep others waiting."""


class Turns:
    """The turns of one process; whoever has made an answer lets the next go on."""

    def __init__(self, patience: float = PATIENCE_S) -> None:
        """Set how many seconds an answer waits for its turn at most."""
        self._patience = patience
        self._turn = threading.Lock()

    def taken(self, application: Application) -> Application:
        """Wrap a WSGI application so that its answers take turns to be made; they are sent without one.

        Whoever watches over the process is answered at once.
        """

        def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
            if environ.get("PATH_INFO") in ALWAYS or not self._turn.acquire(timeout=self._patience):
                return application(environ, start_response)
            try:
                return application(environ, start_response)
            finally:
                self._turn.release()

        return answer
