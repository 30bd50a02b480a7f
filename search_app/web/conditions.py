"""Takes out of a request what says when an answer was given and is no date: such a header counts for nothing."""

from contextlib import suppress

from flask import Flask, request
from werkzeug.http import parse_date

_DATES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")


def ignore_odd_dates(app: Flask) -> None:
    """Have an app disregard dates that no calendar has (RFC 9110, 13.1.3), on which Werkzeug fails."""
    app.before_request(_ignore)


def _ignore() -> None:
    sent = request.environ
    for name in _DATES:
        if name in sent:
            with suppress(OverflowError, ValueError):
                parse_date(sent[name])
                continue
            del sent[name]
