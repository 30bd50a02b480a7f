"""Determines how a page sets its entries' titles: in brackets, bold, in a heading tag, after a mark."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.parse.brackets import bare_title, is_balanced, starts_title
from indexer.parse.entries.byline import labelled_authors
from indexer.parse.entries.signature import closing_signature
from indexer.parse.layouts import Layout

_QUOTES = {"「": "」", "《": "》"}
_MARKS = "■◆●□◇★☆▲◎"
_MARKED = re.compile(rf"([{_MARKS}]\s*[^\s。，,；;]{{2,24}})[\s\u3000:：]")
"""A mark and a title, before the text that follows in the line."""
_NUMBER = re.compile(r"\d{1,2}\s*[．.]\s*(?=\D)")
_MAX_TITLE = 40
_SENTENCE = re.compile(r"[。；;!?！？]")
_AFTER_TITLE = " \u3000\t:："
BRACKET = "bracket"
_SURE = ("quote", "bold", "colour")
"""Kinds whose titles may be followed by text in the same line."""


class Set(Protocol):
    """A line or paragraph with the way it is set."""

    @property
    def text(self) -> str:
        """The text as printed."""

    @property
    def row(self) -> bool:
        """Whether it is a table row."""

    @property
    def tag(self) -> str:
        """Name of the heading tag it stands in; empty if none."""

    @property
    def dress(self) -> str:
        """How its beginning is set off: `bold` or `colour`; empty if it is not."""

    @property
    def lead(self) -> int:
        """How many characters of the beginning are set off."""

    @property
    def centred(self) -> bool:
        """Whether it is centred."""


@dataclass(frozen=True, slots=True)
class TitleStyle:
    """How titles are set on a page."""

    layout: Layout
    kind: str = BRACKET
    """`bracket`, `quote`, `bold`, `colour`, `tag`, `number`, `bare`, or the mark printed before titles."""

    brackets: frozenset[str] = frozenset()
    """The brackets that open titles at the beginning of lines."""
    listed: frozenset[str] = frozenset()
    """Titles that index pages list with a link to the page, without white space."""

    def length(self, line: Set) -> int:
        """Return how many characters at a line's beginning are a title as printed; 0 if no title opens it."""
        if line.row:
            return 0
        if line.tag and line.tag == self.layout.title_tag:
            return len(line.text)
        if self.kind == BRACKET:
            return starts_title(line.text, self.layout)
        kind, length = _set_as(line, self.layout)
        return length if kind == self.kind else 0

    def bare(self, printed: str) -> str:
        """Return a title without what sets it off."""
        if self.kind == BRACKET:
            return bare_title(printed, self.layout)
        if self.kind == "quote":
            return printed[1:-1].strip()
        if self.kind in _MARKS:
            printed = printed[1:]
        return _NUMBER.sub("", printed.strip(_AFTER_TITLE), count=1)

    def is_listed(self, printed: str) -> bool:
        """Return whether an index page lists the title."""
        return bool(self.listed) and not self.listed.isdisjoint(
            "".join(title.split()) for title in (printed, self.bare(printed))
        )

    def is_balanced(self, printed: str) -> bool:
        """Return whether the title's closing bracket is there and matches the opening one."""
        return self.kind != BRACKET or is_balanced(printed, self.layout)


def title_style(lines: Sequence[Set], layout: Layout) -> TitleStyle:
    """Determine how the titles of a text are set: in brackets if any are, else in the way most set-off lines are."""
    bracketed = [
        line.text[0]
        for at, line in enumerate(lines)
        if not line.row and _opens_text(lines, at, starts_title(line.text, layout))
    ]
    if bracketed:
        return TitleStyle(layout, brackets=frozenset(bracketed))
    found = [_set_as(line, layout) for line in lines]
    if sum(kind == "colour" and length == len(line.text) for (kind, length), line in zip(found, lines, strict=True)) > (
        len(lines) / 2
    ):
        found = [("", 0) if kind == "colour" else (kind, length) for kind, length in found]
    counts = Counter(
        kind
        for at, (kind, length) in enumerate(found)
        # A line followed by another set-off line is a heading for that one, not a title with text.
        if kind and (length < len(lines[at].text) or (at + 1 < len(lines) and not found[at + 1][0]))
    )
    for kind, count in counts.most_common():
        if count > 1 and (kind not in ("number", "bare") or _mostly_signed(lines, found, kind)):
            return TitleStyle(layout, kind)
    return TitleStyle(layout)


def _opens_text(lines: Sequence[Set], at: int, length: int) -> bool:
    """Return whether a title of the given length is followed by text, in its line or the next."""
    if not length:
        return False
    return length < len(lines[at].text) or at + 1 < len(lines)


def _set_as(line: Set, layout: Layout) -> tuple[str, int]:
    """Return how a line's beginning is set off and its length; `("", 0)` if it is not, or cannot be a title."""
    text = line.text
    if not text or line.row or layout.subhead.match(text):
        return "", 0
    whole = len(text) <= _MAX_TITLE and not _SENTENCE.search(text)
    if text[0] in _QUOTES:
        end = text.find(_QUOTES[text[0]], 1, _MAX_TITLE) + 1
        goes_on = text[end : end + 1] in tuple("、，,。的等和》」") if end else True
        return ("", 0) if goes_on else ("quote", end)
    if line.tag:
        return ("tag", len(text)) if whole else ("", 0)
    if text[0] in _MARKS and len(text) > 1:
        found = _MARKED.match(text)
        length = len(text) if whole else found.end(1) if found else 0
        return (text[0], length) if length else ("", 0)
    if line.dress and line.lead:
        lead = text[: line.lead]
        is_short = len(lead) <= _MAX_TITLE and not _SENTENCE.search(lead)
        if is_short and (line.lead == len(text) or text[line.lead] in _AFTER_TITLE or len(lead) > 1):
            return line.dress, line.lead
        return "", 0
    if whole and _NUMBER.match(text):
        return "number", len(text)
    if whole and line.centred and not closing_signature(text) and len(text) > 3:
        return "bare", len(text)
    return "", 0


def _mostly_signed(lines: Sequence[Set], found: Sequence[tuple[str, int]], kind: str) -> bool:
    """Return whether most texts under such titles are signed; nothing else distinguishes them from sub-heads."""
    places = [at for at, (each, _) in enumerate(found) if each == kind]
    ends = [*places[1:], len(lines)]
    signed = [
        any(_signs(line.text) for line in lines[start + 1 : end]) for start, end in zip(places, ends, strict=True)
    ]
    return 2 * sum(signed) > len(signed)


def _signs(text: str) -> bool:
    return closing_signature(text) is not None or labelled_authors(text) is not None
