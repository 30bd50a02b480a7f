"""Sends the app's own style sheet and scripts, compressed for whoever takes that; each is compressed once."""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

_LEAST = 1000
"""Bytes below which compressing a file gains nothing."""
_KINDS = ("text/", "image/svg+xml")
"""What can be made smaller."""


def compress_own_files(app: Flask) -> None:
    """Have an app's static files sent compressed."""
    folder = Path(str(app.static_folder))

    def send(filename: str) -> Response:
        response = app.send_static_file(filename)
        if not (response.content_type or "").startswith(_KINDS) or (response.content_length or _LEAST) < _LEAST:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        tag, _ = response.get_etag()
        if tag is not None:  # both forms say the same, so one of them is as good as the other
            response.set_etag(tag, weak=True)
            if response.status_code == 200 and request.accept_encodings.quality("gzip") > 0:
                packed = _packed(folder / filename, tag)
                response.close()
                response.direct_passthrough = False
                response.set_data(packed)
                response.headers["Content-Encoding"] = "gzip"
        return response

    app.view_functions["static"] = send


@lru_cache(32)
def _packed(path: Path, tag: str) -> bytes:
    """Return a file compressed; `tag` is another one when the file has changed."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)
