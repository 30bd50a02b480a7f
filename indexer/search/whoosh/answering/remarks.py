"""Says of an answer how its query was read, and where it departs from what was asked."""

import numpy as np

from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.plan import Plan
from indexer.search.query.terms import Term
from indexer.search.query.tree import SORTS, SearchRequest
from indexer.search.shown.results import RunReading
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.strings.entries import Documents


def readings(plan: Plan, numbers: Documents, lookup: Lookup) -> tuple[RunReading, ...]:
    """Return how runs were cut, and how many of the documents `numbers` have each as it stands."""
    found = []
    for run, leaf in plan.runs:
        held = 0
        if len(numbers) and leaf.whole:
            held = int(np.count_nonzero(lookup.holding(leaf.scope, Term(leaf.whole.text), numbers)))
        found.append(RunReading(run, tuple(term.text for term in leaf.terms), held))
    return tuple(found)


def notes(request: SearchRequest, alike: int, total: int, shown: int) -> tuple[Note, ...]:
    """Return what a reader should know.

    That depends on how many entries were found, how many have a string only as a look-alike, and how many are shown.
    """
    found = []
    if alike:
        behind = request.sort == SORTS[0] and alike < total
        code = NoteCode.ALIKE_BEHIND if behind else NoteCode.ALIKE
        found.append(note(code, entries=alike))
    if total and request.size and not shown:
        found.append(note(NoteCode.PAST_END, page=request.page))
    return tuple(found)
