"""Finds what a reader should know to be doubtful about an entry, among the problems of its page."""

from collections.abc import Iterable, Sequence

from indexer.model import Entry, Problem
from indexer.parse.problems import Code
from search_app.words import doubts

_END = frozenset({str(Code.NEXT_MISSING)})
"""Problems at a page's end, which concern its last entry."""


def doubts_about(entry: Entry, on_page: Sequence[Entry], problems: Iterable[Problem]) -> list[str]:
    """Return in words what is doubtful about an entry, each once; `on_page` are the entries of its page, in order."""
    said = []
    for problem in problems:
        if problem.code in doubts.DOUBTS and _concerns(problem, entry, on_page):
            try:
                said.append(doubts.doubt(problem.code, problem.where, problem.values))
            except (IndexError, KeyError):  # a file of another version
                continue
    return list(dict.fromkeys(said))


def _concerns(problem: Problem, entry: Entry, on_page: Sequence[Entry]) -> bool:
    """Return whether a problem is about this entry: its place is in the text, or in that of no entry of the page.

    What a signature holds, too, is sought in the texts first: a doubtful one was kept there.
    """
    if problem.code in _END:
        return not on_page or on_page[-1].id == entry.id
    place = _squeezed(problem.where)
    for text in (_text, _signature):
        having = [each.id for each in on_page if place in text(each)]
        if having:
            return entry.id in having
    return True


def _text(entry: Entry) -> str:
    return _squeezed("\n".join((entry.title, entry.heading, entry.body, *entry.captions)))


def _signature(entry: Entry) -> str:
    return _squeezed(entry.signature)


def _squeezed(text: str) -> str:
    return "".join(text.split())
