"""Recognises the line in which a site's system says who entered a page; it is not part of the text."""

from indexer.parse.layouts import Layout
from indexer.parse.page.lines import Line

_MAX_LINE = 180


def is_system(line: Line, layout: Layout) -> bool:
    """Return whether a line consists of the system's fields.

    There must be at least two, unless the one there can be nothing else.
    """
    text, at, fields, named = line.folded.strip(), 0, 0, 0
    if len(text) > _MAX_LINE:
        return False
    while at < len(text) and (found := layout.system.match(text, at)) and found.end() > at:
        at, fields = found.end(), fields + 1
        named += found["author"] is not None
    return at == len(text) and fields > named


def author_in(line: Line, layout: Layout) -> str:
    """Return the field of a system line that names an author, as printed; empty if there is none."""
    for found in layout.system.finditer(line.folded):
        if found["author"] and found[0].lstrip().startswith("作者"):
            return line.text[found.start() : found.end("author")].strip()
    return ""
