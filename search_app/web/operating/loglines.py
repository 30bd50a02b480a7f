"""Writes what the access log says of one answer.

What a reader searches for is nobody's business, wherever it stands: in the query string, in the address of a page that
does not exist, in the name of a person.  So of an address only the rule of its route is told, and what names a thing
that the archive has by its id.  Independent of Flask.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from search_app.web.operating.facts import Answer, arguments_of
from search_app.web.operating.settings import Operating
from search_app.web.site import Environ

WHOLE, ABORTED, FAILED = "whole", "aborted", "failed"
LONGEST = 4096
"""Bytes of a line, with its end: what Linux writes into a pipe in one piece."""
_IDS = frozenset({"entry_id", "volume", "filename"})
"""Places in routes that name what the archive has by an id; an author's name is what a reader looks for."""
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_CUTS = (1000, 200, 50)
"""Characters of each text of a client that a line may have, until it is short enough."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an answer."""

    at: float
    """When the request came, Unix time."""
    seconds: float
    """From then until the last byte was handed to the server."""
    size: int
    """Bytes of the body."""
    end: str
    """`WHOLE`, or why it has no end: `ABORTED`, the reader went away, or `FAILED`, which the server's log explains."""
    generation: str
    """The generation that answers; empty if none does."""


def line(answer: Answer, sent: Sent, environ: Environ, operating: Operating) -> bytes:
    """Return the line about an answer: a JSON object in UTF-8, with its end, of at most `LONGEST` bytes."""
    said: dict[str, object] = {
        "time": datetime.fromtimestamp(sent.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "method": answer.method,
        "route": answer.route or None,
        "path": None,
        "status": answer.status,
        "bytes": sent.size,
        "ms": round(sent.seconds * 1000, 3),
        "generation": sent.generation or None,
    }
    if answer.problem:
        said["problem"] = answer.problem
    if answer.stream:
        said["stream"] = answer.stream
    if sent.end != WHOLE:
        said["end"] = sent.end
    if operating.logs_addresses:
        said["address"] = environ.get("REMOTE_ADDR", "")
    texts = _texts(answer, environ, operating.logs_queries)
    for most in _CUTS:
        cut = {name: text if text is None else text[:most] for name, text in texts.items()}
        written = msgspec.json.encode(said | cut) + b"\n"
        if len(written) <= LONGEST:
            break
    return written


def _texts(answer: Answer, environ: Environ, whole: bool) -> dict[str, str | None]:
    """Return what is told of the address: path, and query if asked for."""
    if not whole:
        return {"path": _known_path(answer, environ)}
    return {name: _decoded(environ.get(key, "")) for name, key in (("path", "PATH_INFO"), ("query", "QUERY_STRING"))}


def _decoded(text: str) -> str:
    """Return the text of bytes that WSGI gives as Latin-1."""
    return text.encode("latin-1", "replace").decode("utf-8", "replace")


def _known_path(answer: Answer, environ: Environ) -> str | None:
    """Return the route with the ids in it, where they are known to be ids: where a page was shown."""
    if not answer.route:
        return None
    if answer.status != 200 or answer.method not in {"GET", "HEAD"}:
        return answer.route
    named = arguments_of(environ)
    return _PLACE.sub(lambda place: str(named.get(place[1], place[0])) if place[1] in _IDS else place[0], answer.route)
