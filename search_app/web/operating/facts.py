"""Names what is noted of a request in its environment while it is answered, for what watches it from outside.

Independent of Flask, of counts and of logs.
"""

from dataclasses import dataclass

from search_app.web.site import Environ

ROUTE = "nianjian.route"
"""Key for the rule of the route; not there where no page has the address."""
ARGUMENTS = "nianjian.arguments"
"""Key for what stands in the address in the places of the rule."""
PROBLEM = "nianjian.problem"
"""Key for the code of the problem that is answered; one of those in the code, never a reader's text."""
STREAM = "nianjian.stream"
"""Key for what became of an answer too long to be held: `STREAM_BEGUN` or `STREAM_REFUSED`."""
STREAM_BEGUN, STREAM_REFUSED = "begun", "refused"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
"""Methods that are told by name; a client may send any word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an answer when its first byte is to be sent."""

    route: str
    """The rule of the route, such as `/entry/<entry_id>`; empty where no page has this address."""
    method: str
    """One of `METHODS`, or `other`."""
    status: int
    seconds: float
    """How long it took to make the answer, or the beginning of a stream."""
    problem: str
    """Code of the problem, where one is answered."""
    stream: str
    """`STREAM_BEGUN`, `STREAM_REFUSED`, or empty for what is held whole."""


def answer_of(environ: Environ, status: int, seconds: float) -> Answer:
    """Return what is known of the answer to a request that was given `status` after so many seconds."""
    method = environ.get("REQUEST_METHOD", "")
    return Answer(
        environ.get(ROUTE, ""),
        method if method in METHODS else "other",
        status,
        seconds,
        environ.get(PROBLEM, ""),
        environ.get(STREAM, ""),
    )


def arguments_of(environ: Environ) -> dict[str, str]:
    """Return what stands in the address in the places that its route names."""
    return environ.get(ARGUMENTS) or {}
