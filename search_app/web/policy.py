"""States what a browser may do with each kind of answer: the policies that go with them as headers.

Independent of Flask.
"""

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Of our own pages."""
WITH_FRAME = f"{POLICY}; frame-src 'self'"
"""Of the page that shows a stored one in a frame."""
REPLAYED = (
    "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; sandbox; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""Of a stored page, which others wrote: it may look as it did, and do nothing."""
BYTES = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of bytes as captured, and of a stored page's pictures and style sheets."""
