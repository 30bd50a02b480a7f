"""Makes the benchmark's questions from a seed; knows no engine."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from prose import SEED, source

from indexer.model import Entry
from indexer.text.segment import cut

KINDS = ("frequent word", "rare word", "two words", "three words", "phrase", "name", "question")
SIZE = 10
"""Hits of a page."""
COMMON, MIDDLING = 300, 6000
"""Ranks, by frequency, below which a word is common, and below which it is neither common nor rare."""


@dataclass(frozen=True, slots=True)
class Question:
    """One search, in terms that every rival can be asked."""

    kind: str
    words: tuple[str, ...]
    """All must stand in an entry; one string where `quoted`."""
    quoted: bool
    filters: tuple[tuple[str, str], ...]
    page: int

    def record(self) -> dict[str, object]:
        """Give it as the rivals read it: with its strings cut into words, a long question into its words."""
        words = self.searched()
        pieces = [[piece for piece in cut(word) if piece.strip()] for word in words]
        return {**asdict(self), "text": self.text, "words": words, "cut": pieces}

    def searched(self) -> Sequence[str]:
        """Give the strings that an entry must hold: of a long question its words."""
        return cut(self.words[0]) if self.kind == "question" else self.words

    @property
    def text(self) -> str:
        """Give it as a user of ours types it."""
        return f'"{self.words[0]}"' if self.quoted else " ".join(self.words)


def make_questions(entries: Sequence[Entry], count: int = 200, seed: int = SEED) -> list[Question]:
    """Make questions of every kind in turn, each about some entry: what it asks for stands there.

    Every fourth is filtered, by a value that the entry has, as a reader picks one from the facets; every second
    question for a frequent word asks for the tenth page.
    """
    prose = source()
    rng = random.Random(f"questions {seed} {len(entries)}")
    ranks = {word: rank for rank, (word, _) in enumerate(prose.words)}
    rare = {word for word, times in prose.words if 2 <= times <= 5}
    names = [name for name in prose.names if len(name) > 2]
    questions: list[Question] = []
    while len(questions) < count:
        number = len(questions)
        kind = KINDS[number % len(KINDS)]
        entry = rng.choice(entries)
        words = list(dict.fromkeys(word for word in cut(entry.body) if word in ranks))
        rng.shuffle(words)
        common = [word for word in words if ranks[word] < COMMON]
        middling = [word for word in words if COMMON <= ranks[word] < MIDDLING]
        asked: tuple[str, ...]
        match kind:
            case "frequent word":
                asked = tuple(common[:1])
            case "rare word":
                asked = tuple([word for word in words if word in rare][:1])
            case "two words":
                asked = tuple(common[:1] + middling[:1])
            case "three words":
                asked = tuple(common[:2] + middling[:1])
            case "phrase":
                asked = (_piece(entry, rng, rng.randint(4, 12)),)
            case "name":
                asked = tuple([name for name in rng.sample(names, 400) if name in entry.body][:1])
            case _:
                asked = (_piece(entry, rng, rng.randint(14, 24)),)
        if len(asked) < {"two words": 2, "three words": 3}.get(kind, 1):
            continue
        filters: tuple[tuple[str, str], ...] = ()
        if number % 4 == 3:
            filters = (("year", str(entry.year)),) if number % 8 == 3 else (("section", entry.section),)
        page = 10 if kind == "frequent word" and number // len(KINDS) % 2 and not filters else 1
        questions.append(Question(kind, asked, kind == "phrase", filters, page))
    return questions


def unmatched(entries: Sequence[Entry], count: int = 100, seed: int = SEED) -> list[str]:
    """Make searches in words that no entry has all of, as readers ask: three words of an entry and one of another."""
    rng = random.Random(f"unmatched {seed} {len(entries)}")
    ranks = {word: rank for rank, (word, _) in enumerate(source().words)}
    made: list[str] = []
    while len(made) < count:
        drawn = [_strange(entries, ranks, rng) for _ in range(count + count // 4)]
        # All are looked for in one pass, the strange word first: an archive may be too large to be read for each.
        matched = {
            words
            for entry in entries
            for words in drawn
            if words[-1] in entry.body and all(word in entry.body for word in words)
        }
        made += [" ".join(rng.sample(words, 4)) for words in drawn if words not in matched]
    return made[:count]


def _strange(entries: Sequence[Entry], ranks: Mapping[str, int], rng: random.Random) -> tuple[str, ...]:
    """Draw three words of an entry and, behind them, one of another that it does not have."""
    while True:
        one, other = rng.sample(entries, 2)
        mine = [word for word in dict.fromkeys(cut(one.body)) if ranks.get(word, 0) >= COMMON]
        wrong = [
            word for word in dict.fromkeys(cut(other.body)) if ranks.get(word, 0) >= MIDDLING and word not in one.body
        ]
        if len(mine) > 2 and wrong:
            return (*rng.sample(mine, 3), rng.choice(wrong))


def _piece(entry: Entry, rng: random.Random, length: int) -> str:
    """Give a stretch of a body without punctuation, as long as it may be had."""
    while True:
        start = rng.randrange(len(entry.body) - length)
        piece = entry.body[start : start + length]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            return piece
        length = max(4, length - 1) if rng.random() < 0.2 else length
