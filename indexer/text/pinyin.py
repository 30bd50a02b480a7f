"""Says how characters sound, in pinyin without tones; the only module that uses pypinyin.

It serves suggestions and the order of names, never matching: what sounds alike is not the same.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from indexer.text.segment import cut
from indexer.text.wordlists import surnames

LONGEST_NAME = 4
"""Characters of a person's name; a longer one is an office's, whose first character is no surname."""


def sounds(text: str) -> list[str]:
    """Return the syllable of each character, by the words that they form; other characters stand for themselves.

    ü is written v.

    >>> sounds("银行行业A")
    ['yin', 'hang', 'hang', 'ye', 'a']
    """
    return [sound for word in cut(text) for sound in _of_word(word)]


def name_sounds(name: str) -> list[str]:
    """Return the syllable of each character of a name; surnames have readings of their own.

    >>> name_sounds("单国强"), name_sounds("尉迟恭")
    (['shan', 'guo', 'qiang'], ['yu', 'chi', 'gong'])
    """
    return with_surname(name, _of_word(name))


def with_surname(name: str, spoken: Sequence[str]) -> list[str]:
    """Return the syllables of a name with those that its surname has of its own, given how its characters sound."""
    found = list(spoken)
    if len(name) <= LONGEST_NAME:
        for surname, syllables in surnames().items():
            if name.startswith(surname):
                found[: len(surname)] = syllables
    return found


@cache
def readings(char: str) -> tuple[str, ...]:
    """Return all syllables that a character can have; none if it has no sound."""
    found = _pypinyin().pinyin(char, style=_style(), heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(found[0])) if found else ()


def shape() -> tuple[object, ...]:
    """Return what determines the sounds in an index, beside pypinyin's own tables."""
    return LONGEST_NAME, tuple(surnames().items())


@lru_cache(1 << 16)
def _of_word(word: str) -> tuple[str, ...]:
    spoken: Iterable[str] = _pypinyin().lazy_pinyin(
        word, style=_style(), errors=lambda other: list(other.lower()), v_to_u=False
    )
    found = tuple(spoken)
    # Lower case can be longer, and a table may give one sound to two characters.
    return found if len(found) == len(word) else tuple(map(_of_character, word))


def _of_character(char: str) -> str:
    return next(iter(readings(char)), char.lower()[:1])


@cache
def _style() -> Any:
    return _pypinyin().Style.NORMAL


@cache
def _pypinyin() -> Any:  # loaded when first asked for: its tables take 60 MB
    import pypinyin

    return pypinyin
