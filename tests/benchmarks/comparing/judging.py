"""The judge: reads every text for every question, and says which entries an engine should have found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import mean
from typing import Any

from questions import Question

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.text.fold import fold


class Scan:
    """All texts in memory, folded, each entry's as one string."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Read entries."""
        self._texts: list[str] = []
        self._ids: list[str] = []
        self._values: dict[tuple[str, str], list[int]] = {}
        for number, entry in enumerate(entries):
            self._texts.append("\0".join(fold(text) for name in TEXT_FIELDS for text in field_texts(entry)[name]))
            self._ids.append(entry.id)
            for pair in (("year", str(entry.year)), ("section", entry.section)):
                self._values.setdefault(pair, []).append(number)

    def wanted(self, question: Question) -> set[str]:
        """Give the ids of the entries that hold all strings and pass the filters."""
        texts = self._texts
        left: Sequence[int] = range(len(texts))
        if question.filters:
            left = sorted(set.intersection(*(set(self._values.get(pair, ())) for pair in question.filters)))
        # The longest string first: it leaves the fewest texts to be read for the others.
        for word in sorted(map(fold, question.searched()), key=len, reverse=True):
            left = [number for number in left if word in texts[number]]
        return {self._ids[number] for number in left}


def judge(wanted: Iterable[set[str]], finders: Mapping[str, Callable[[int], list[str]]]) -> dict[str, Any]:
    """Give each engine's recall and precision; a finder gives the ids that an engine finds for a question's number."""
    recalls: dict[str, list[float]] = {name: [] for name in finders}
    precise: dict[str, list[float]] = {name: [] for name in finders}
    for number, right in enumerate(wanted):
        for name, find in finders.items():
            found = set(find(number))
            if right:
                recalls[name].append(len(found & right) / len(right))
            if found:
                precise[name].append(len(found & right) / len(found))
    return {
        name: {
            "judged": len(recalls[name]),
            "recall": mean(recalls[name]),
            "precision": mean(precise[name]) if precise[name] else 0.0,
        }
        for name in finders
    }
