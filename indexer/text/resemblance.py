"""Finds pairs of names that are written so much alike that they may be one; whether they are, only people can tell.

How names sound says nothing here: two of one sound are two.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import combinations

from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened
from indexer.text.wordlists import name_lookalikes, role_words

_NAMELESS = dict.fromkeys(map(ord, ".·・･•‧∙⋅﹒ \t"))
"""Dots and spaces that part a name, or pad it."""
_EDGES = "()[]{}<>【】〔〕〖〗《》「」『』:/,、;|*"
_SHORTEST = 3
"""Characters of a name that may have another one in one place: of two, half the name would differ."""
_CROWD = 40
"""Where more names than this differ in one place, what stands there is what tells them apart, and no evidence: 王建国 and
王建军.  It also keeps their pairs few."""


class Kind(StrEnum):
    """How two names are alike, the strongest likeness first."""

    SPACING = "spacing"
    """They differ in spaces, dots, width or case alone."""
    VARIANT = "variant"
    """Also in traditional and simplified characters."""
    ROLE_WORD = "role-word"
    """In brackets, or words such as those for a reporter or a photographer, before or behind."""
    LOOK_ALIKE = "look-alike"
    """In characters that bad recognition confuses."""
    ONE_EDIT = "one-edit"
    """In one character that is another one, missing or one too many."""


def resembling(counts: Mapping[str, int]) -> dict[tuple[str, str], Kind]:
    """Return the pairs of names that are alike, each with its strongest likeness; the more frequent name stands first.

    Of several names that are the same but for such a likeness, each is paired with the most frequent one.  Time grows
    with the number of names and of pairs.
    """
    names = sorted(counts, key=lambda name: (-counts[name], name))
    pairs: dict[tuple[str, str], Kind] = {}
    for kind, key in _KEYS.items():
        for first, *others in _grouped(names, key).values():
            for other in others:
                pairs.setdefault((first, other), kind)
    place = {name: at for at, name in enumerate(names)}
    for one, other in _edited(_grouped(names, _variant)):
        if _alike(one) != _alike(other):
            first, second = sorted((one, other), key=place.__getitem__)
            pairs.setdefault((first, second), Kind.ONE_EDIT)
    return pairs


def bare(name: str) -> str:
    """Return a name in simplified form without spaces, dots, and the brackets and role words around it."""
    text = _variant(name)
    while True:
        text = text.strip(_EDGES)
        for word in _roles():
            if len(text) < len(word) + 2:
                continue
            if text.startswith(word):
                text = text.removeprefix(word)
                break
            if text.endswith(word):
                text = text.removesuffix(word)
                break
        else:
            return text


def _edited(groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose keys differ in one character; of each group the first name stands for it."""
    long = [key for key in groups if len(key) >= _SHORTEST]
    without: dict[tuple[int, str], list[str]] = {}
    for key in long:
        for at in range(len(key)):
            without.setdefault((at, key[:at] + key[at + 1 :]), []).append(key)
    for keys in without.values():
        if len(keys) <= _CROWD:
            yield from ((groups[one][0], groups[other][0]) for one, other in combinations(keys, 2))
    for key in long:
        for shorter in {key[:at] + key[at + 1 :] for at in range(len(key))}:
            if len(shorter) >= _SHORTEST and shorter in groups:
                yield groups[shorter][0], groups[key][0]


def _grouped(names: Sequence[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    """Return the names by their keys, those without a key left out."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if said := key(name):
            groups.setdefault(said, []).append(name)
    return groups


def _closed(name: str) -> str:
    return fold(name).translate(_NAMELESS)


def _variant(name: str) -> str:
    return likened(_closed(name), Likeness.VARIANT)


def _alike(name: str) -> str:
    return likened(_closed(name), Likeness.ALIKE).translate(_shapes())


_KEYS: Mapping[Kind, Callable[[str], str]] = {
    Kind.SPACING: _closed,
    Kind.VARIANT: _variant,
    Kind.ROLE_WORD: bare,
    Kind.LOOK_ALIKE: _alike,
}


@cache
def _roles() -> tuple[str, ...]:
    return tuple(likened(fold(word), Likeness.VARIANT) for word in role_words())


@cache
def _shapes() -> Mapping[int, str]:
    """Return one character for all of each class that names alone have, those of larger classes included."""
    classes = [likened(group, Likeness.ALIKE) for group in name_lookalikes()]
    return {ord(char): group[0] for group in classes for char in group[1:]}
