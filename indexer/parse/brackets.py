"""Finds bracketed entry titles in a line."""

import re
from collections.abc import Iterator

from indexer.parse.layouts import Layout

_MAX_TITLE = 60
"""Longest title in characters.  The longest one seen has 31; above about twice that a bracket encloses something
else."""
_WORD = re.compile(r"[^\W\d_]")
_GOES_ON = re.compile(r"[、,，.。;；)）\]］】〗〕]|[第\d０-９]*\s*号(?!召)")
"""What follows a bracket inside a sentence; after a title, text begins."""
_NOT_TITLES = re.compile(
    r"\s*(?:关\s*闭\s*窗\s*口|[上下]一?页|首页|末页|注\s*\d*|附\s*\d*|表\s*\d*|图\s*\d*|完|待续)\s*"
)


_ATTRIBUTE = re.compile(r"[一二三四五六七八九十双两百千\d]\w{0,3}|\w?[双佳优]")
"""Words that are bracketed before what they belong to: [十佳]职工, [五小]成果, [双优]竞赛."""


def is_attribute(printed: str) -> bool:
    """Return whether a bracket holds a word that belongs to what follows, so that it is not a title."""
    inner = printed[1:-1].strip()
    return len(inner) <= 3 and bool(_ATTRIBUTE.fullmatch(inner))


def openings(text: str, layout: Layout) -> Iterator[int]:
    """Yield the offset of each bracket that may open a title."""
    return (found.start() for found in layout.opening.finditer(text))


def starts_title(text: str, layout: Layout) -> int:
    """Return the length of the bracketed title that opens `text`, brackets included; 0 if there is none.

    A bracket that nothing closes ends at the end of the line.
    """
    if not text or text[0] not in layout.title_brackets:
        return 0
    # Look no further than a title can reach: otherwise a line full of brackets takes quadratic time.
    end = _closing(text[: _MAX_TITLE + 2], layout)
    inner = text[1 : end - 1] if end else text[1 : _MAX_TITLE + 2]
    if not _WORD.search(inner) or len(inner) > _MAX_TITLE or _NOT_TITLES.fullmatch(inner):
        return 0
    if not end:
        return 0 if "。" in inner else len(text)
    rest = text[end : end + _MAX_TITLE].lstrip()
    return 0 if _GOES_ON.match(rest) else end


def opens_without_close(text: str, layout: Layout) -> bool:
    """Return whether `text` opens with a bracket that might open a title, but is not closed within reach."""
    reach = text[: _MAX_TITLE + 2]
    return text[:1] in layout.title_brackets and not _closing(reach, layout) and bool(_WORD.search(reach))


def is_balanced(title: str, layout: Layout) -> bool:
    """Return whether the title's closing bracket is there and matches the opening one."""
    if title[0] not in layout.title_brackets:
        return True  # set in a tag
    return _closes(title[0], title[-1], layout) and len(title) > 1 and _closing(title, layout) == len(title)


def bare_title(title: str, layout: Layout) -> str:
    """Return the title without its brackets and the white space inside them."""
    if title[0] not in layout.title_brackets:
        return title.strip()
    inner = title[1:]
    if inner and inner[-1] in layout.title_brackets.values():
        depth = sum((c in layout.title_brackets) - (c in layout.title_brackets.values()) for c in inner)
        if depth < 0:
            inner = inner[:-1]
    return inner.strip()


def _closing(text: str, layout: Layout) -> int:
    """Return the offset after the bracket, of any kind, that closes the first one; 0 if none does."""
    closers = set(layout.title_brackets.values())
    depth = 0
    for at, char in enumerate(text):
        if char in layout.title_brackets:
            depth += 1
        elif char in closers:
            depth -= 1
            if depth == 0:
                return at + 1
    return 0


def _closes(opening: str, closing: str, layout: Layout) -> bool:
    square = "]］"
    expected = layout.title_brackets[opening]
    return closing == expected or (expected in square and closing in square)
