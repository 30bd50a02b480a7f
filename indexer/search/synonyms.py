"""Writes a query with another name for what it asks: full names and short forms; knows no engine."""

from indexer.text.segment import cut
from indexer.text.wordlists import synonyms


def also(text: str) -> tuple[str, ...]:
    """Give the query text with each term that has other names replaced by each of them.

    >>> also("职代会 提案")
    ('职工代表大会 提案',)
    """
    ends = {0}
    for word in cut(text):
        ends.add(max(ends) + len(word))
    names = {name: group for group in synonyms() for name in group}
    longest = max(map(len, names))
    found = []
    at = 0
    while at < len(text):
        negated = text[max(0, at - 1) : at] in ("-", "－")
        size = (
            0
            if negated
            else next(
                (
                    size
                    for size in range(longest, 0, -1)
                    if at in ends and at + size in ends and text[at : at + size] in names
                ),
                0,
            )
        )
        term = text[at : at + size]
        found += [text[:at] + other + text[at + size :] for other in names.get(term, ()) if other != term]
        at += max(size, 1)
    return tuple(dict.fromkeys(found))
