"""Searches that go wrong the way people's searches do: a seeded, endless stream, made from an archive's entries.

Every search is first a right one, taken from one certain entry (a contributor's name, a title or a part of it, a few
characters of a sentence, two or three telling words), and then damaged in one single way. Nothing here looks at how
the archive is searched or at what help it offers; the only measure used is whether plain strings stand in the entries.
A damage is kept only where somebody with the archive at hand could put it right with certainty.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from pypinyin import lazy_pinyin

WAYS = ("wrong", "swapped", "missing", "filter", "homophone", "quoted")
"""The ways a search goes wrong, in the order in which the stream cycles through them."""

TELLING = 10
"""A string is telling if at most this many entries have it."""

TRIES = 400
"""How many entries are tried for one way before the way is left out of a round (in a very small archive)."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几多余年月日时分")
_LOOSE = frozenset("的了和与及在把被")
_PARTICLES = _LOOSE | frozenset("由为对从向以于是有到将使让并而或其该此这那等个每各又也都就不还则")
# Characters that readers and scanners take for each other by their shape. Those of _TWINS are so alike that an
# archive may well treat them as one, so they are used only inside quotation marks, where the letters count.
_TWINS = ("人入", "己已巳", "未末", "土士", "日曰", "千干", "天夭", "戊戌戍")
_ALIKE = [
    "大太犬",
    "候侯",
    "析折拆",
    "辨辩辫",
    "拔拨",
    "陪培赔倍",
    "沧苍论沦",
    "浦捕蒲铺",
    "晴睛情清",
    "燥躁澡操",
    "园圆团困",
    "历厉",
    "住往佳",
    "持特待",
    "坏环怀",
    "城域诚",
    "拦栏兰",
    "渔鱼",
    "快块决",
    "处外",
    "今令",
    "问间闻",
    "体休",
    "历万",
    "木本术",
    "王玉主",
    "目自白",
    "田由甲申",
    "石右",
    "车东",
    "贝见",
    "办为",
    "竞竟",
    "概慨",
    "技枝",
    "船般",
    "港巷",
    "海每",
    "线钱浅",
    "续读",
    "使便",
    "员贝",
    "推堆",
    "位拉",
    "析桥",
    "受爱",
    "季李",
    "真直",
    "练炼",
    "博搏",
    "级极",
    "活话",
    "第弟",
]


class Entry(Protocol):
    """What the generator reads of an entry."""

    @property
    def id(self) -> str:
        """The entry's own mark."""

    @property
    def yearbook(self) -> str:
        """The yearbook's name."""

    @property
    def volume(self) -> str:
        """The volume's mark."""

    @property
    def year(self) -> int:
        """The year on the volume."""

    @property
    def section(self) -> str:
        """The section's name."""

    @property
    def heading(self) -> str:
        """The heading over the entry."""

    @property
    def title(self) -> str:
        """The entry's title."""

    @property
    def authors(self) -> Sequence[str]:
        """The contributors' names."""

    @property
    def signature(self) -> str:
        """The names as they are printed."""

    @property
    def body(self) -> str:
        """The running text."""

    @property
    def captions(self) -> Sequence[str]:
        """The captions of its pictures."""


class Damaged(NamedTuple):
    """A search that finds nothing, and what was meant by it."""

    text: str
    filters: tuple[tuple[str, str], ...]
    source: str
    way: str
    meant: str


class _Meant(NamedTuple):
    """A right search: its words, all of which stand in the entry with that number."""

    number: int
    words: tuple[str, ...]


class _Archive:
    """The entries, counted once: their texts, their characters, and how characters stand together."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Count everything that the stream asks for again and again."""
        self.entries = entries
        self.texts = ["\n".join((e.title, e.heading, e.body, *e.captions, e.signature)) for e in entries]
        self.names = frozenset(name for e in entries for name in e.authors)
        self.runs = [[run.group() for run in _RUN.finditer(text)] for text in self.texts]
        self.pairs = Counter(a + b for runs in self.runs for run in runs for a, b in pairwise(run))
        self.characters = sorted({character for runs in self.runs for run in runs for character in run})
        self.sounds: dict[str, list[str]] = defaultdict(list)
        for character in sorted({*self.characters, *_common_characters()}):
            self.sounds[_sound(character)].append(character)
        self.sounding_pairs: dict[str, set[str]] = defaultdict(set)
        for pair in (*self.pairs, *(name for name in self.names if len(name) == 2)):
            self.sounding_pairs[" ".join(map(_sound, pair))].add(pair)

    def having(self, words: Sequence[str]) -> list[int]:
        """Give the numbers of the entries in which all the words stand."""
        return [number for number, text in enumerate(self.texts) if all(word in text for word in words)]

    def telling(self, word: str) -> bool:
        """Tell whether only a few entries have the word (a contributor's name counts however it is printed)."""
        having = set(self.having((word,)))
        if word in self.names:
            having.update(number for number, entry in enumerate(self.entries) if word in entry.authors)
        return 0 < len(having) <= TELLING

    def seam(self, run: str, place: int) -> bool:
        """Guess whether a word ends before this place of a run: two characters meet there that seldom meet."""
        if place in (0, len(run)):
            return True
        before, after = run[place - 1], run[place]
        if before in _LOOSE or after in _LOOSE:
            return True
        met = self.pairs[before + after]
        left = self.pairs[run[place - 2 : place]] if place > 1 else met + 1
        right = self.pairs[run[place : place + 2]] if place + 1 < len(run) else met + 1
        return met < left and met < right

    def pieces(self, run: str, shortest: int, longest: int) -> list[str]:
        """Cut every piece of such a length from a run that begins and ends where words seem to."""
        seams = [place for place in range(len(run) + 1) if self.seam(run, place)]
        spans = ((a, b) for a in seams for b in seams if shortest <= b - a <= longest)
        pieces = (run[a:b] for a, b in spans if not (a and run[a - 1] in _NUMERALS))
        return [piece for piece in pieces if _sound_piece(piece)]

    def words(self, run: str) -> list[str]:
        """Cut out what seem to be single words: their characters stand together more than once in the archive."""
        pieces = self.pieces(run, 2, 4)
        return [
            piece
            for piece in pieces
            if all(self.pairs[a + b] > 1 for a, b in pairwise(piece))
            and not _NUMERALS & set(piece)
            and not _PARTICLES & set(piece)
        ]


def _common_characters() -> str:
    """Give the 3755 common characters of the national standard of 1980."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


def _sound(character: str) -> str:
    """Give a character's usual reading without its tone."""
    return lazy_pinyin(character)[0]


def _sound_piece(piece: str) -> bool:
    """Tell whether a piece can be somebody's search: no particle or number at an end, not mostly numbers."""
    numerals = sum(character in _NUMERALS for character in piece)
    ends = {piece[0], piece[-1]}
    return not ends & (_PARTICLES | _NUMERALS) and numerals * 3 <= len(piece)


def _alike(character: str, groups: Sequence[str]) -> list[str]:
    """Give the characters that are taken for this one by their shape."""
    return sorted({other for group in groups if character in group for other in group if other != character})


# What people type when they know what they look for


def _name(archive: _Archive, number: int, chance: random.Random) -> tuple[str, ...]:
    """Take a contributor's name, where the entry prints it in one piece."""
    names = [name for name in archive.entries[number].authors if name in archive.texts[number] and _RUN.fullmatch(name)]
    return (chance.choice(names),) if names else ()


def _title(archive: _Archive, number: int, _: random.Random) -> tuple[str, ...]:
    """Take the whole title; its marks become spaces."""
    title = archive.entries[number].title
    runs = tuple(_RUN.findall(title))
    whole = sum(map(len, runs)) >= 4 and all(len(run) > 1 for run in runs) and not re.search("[0-9]", title)
    return runs if whole and len(runs) < 4 else ()


def _part(archive: _Archive, number: int, chance: random.Random) -> tuple[str, ...]:
    """Take a telling part of the title."""
    runs = _RUN.findall(archive.entries[number].title)
    parts = [piece for run in runs for piece in archive.pieces(run, 4, 10)]
    return (chance.choice(parts),) if parts else ()


def _section(archive: _Archive, number: int, chance: random.Random) -> tuple[str, ...]:
    """Take four to ten neighbouring characters of a sentence."""
    entry = archive.entries[number]
    runs = _RUN.findall("\n".join((entry.body, *entry.captions)))
    chance.shuffle(runs)
    for run in runs:
        if pieces := archive.pieces(run, 4, 10):
            return (chance.choice(pieces),)
    return ()


def _words(archive: _Archive, number: int, chance: random.Random) -> tuple[str, ...]:
    """Take two or three telling words, one of which may be the contributor's name."""
    found = {word for run in archive.runs[number] for word in archive.words(run)}
    words = [word for word in sorted(found) if archive.telling(word)]
    chance.shuffle(words)
    chosen = list(_name(archive, number, chance)) if chance.random() < 0.2 else []
    wanted = chance.choice((2, 2, 3))
    for word in words:
        if len(chosen) < wanted and not any(set(word) & set(other) for other in chosen):
            chosen.append(word)
    return tuple(chosen) if len(chosen) > 1 else ()


_KINDS: tuple[tuple[Callable[[_Archive, int, random.Random], tuple[str, ...]], int], ...] = (
    (_name, 2),
    (_title, 1),
    (_part, 2),
    (_section, 3),
    (_words, 3),
)


def _meant(archive: _Archive, chance: random.Random) -> _Meant | None:
    """Choose an entry, and something telling that a reader who wants it would type."""
    number = chance.randrange(len(archive.entries))
    kind = chance.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    words = kind(archive, number, chance)
    few = 0 < len(archive.having(words)) <= TELLING if words else False
    if not few or (len(words) == 1 and not archive.telling(words[0])):
        return None
    return _Meant(number, words)


# The ways in which it goes wrong


def _certain(archive: _Archive, others: Sequence[str], pattern: str, right: str) -> bool:
    """Tell whether nothing but the right word fits the pattern, in the entries that have the other words."""
    where = "\n".join(archive.texts[number] for number in archive.having(others))
    names = "\n".join(sorted(archive.names)) if not others else ""
    return set(re.findall(f"(?=({pattern}))", where + "\n" + names)) == {right}


def _in_place(archive: _Archive, meant: _Meant, chance: random.Random, broken: Callable[[str, int], str]) -> str | None:
    """Damage one place of one word of the search, and tell the search that results, unless it stands somewhere."""
    place = chance.randrange(len(meant.words))
    word = meant.words[place]
    others = meant.words[:place] + meant.words[place + 1 :]
    at = chance.randrange(len(word))
    damage = broken(word, at)
    if not damage or damage == word:
        return None
    words = (*meant.words[:place], damage, *meant.words[place + 1 :])
    if archive.having(words):
        return None
    length = len(word)
    if len(damage) < length:
        pattern = "|".join(f"{damage[:cut]}.{damage[cut:]}" for cut in range(1, len(damage)))
    elif sorted(damage) == sorted(word):
        cuts = range(length - 1)
        pattern = "|".join(damage[:cut] + damage[cut + 1] + damage[cut] + damage[cut + 2 :] for cut in cuts)
    elif length == 2 and not others:
        return " ".join(words) if archive.sounding_pairs[" ".join(map(_sound, damage))] == {word} else None
    else:
        pattern = f"{word[:at]}.{word[at + 1 :]}"
    return " ".join(words) if _certain(archive, others, pattern, word) else None


def _another(archive: _Archive, meant: _Meant, chance: random.Random, right: str) -> str:
    """Choose a wrong character that the archive has: half of the time one of like shape, if there is one."""
    of_like_shape = [
        other for other in _alike(right, _ALIKE) if other in archive.characters and _sound(other) != _sound(right)
    ]
    if of_like_shape and chance.random() < 0.5:
        return chance.choice(of_like_shape)
    wrong = chance.choice(archive.characters)
    unfit = wrong in archive.texts[meant.number] or _sound(wrong) == _sound(right) or wrong in _alike(right, _TWINS)
    return "" if unfit else wrong


def _same_sound(archive: _Archive, chance: random.Random, word: str, at: int) -> str:
    """Choose another character with the reading that this one has in its word."""
    right = word[at]
    readings = lazy_pinyin(word)
    if len(readings) != len(word):
        return ""
    others = [
        other for other in archive.sounds.get(readings[at], ()) if other != right and other not in _alike(right, _TWINS)
    ]
    return chance.choice(others) if others else ""


def _wrong(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Replace one character by another one of the archive."""
    if len(meant.words) == 1 and len(meant.words[0]) < 3:
        return None

    def broken(word: str, at: int) -> str:
        other = _another(archive, meant, chance, word[at])
        return word[:at] + other + word[at + 1 :] if other else ""

    return _made(archive, meant, "wrong", _in_place(archive, meant, chance, broken))


def _swapped(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Let two neighbouring characters change places."""
    if len(meant.words) == 1 and len(meant.words[0]) < 3:
        return None

    def broken(word: str, at: int) -> str:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if at + 1 < len(word) else ""

    return _made(archive, meant, "swapped", _in_place(archive, meant, chance, broken))


def _missing(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Leave out one character between two others."""

    def broken(word: str, at: int) -> str:
        return word[:at] + word[at + 1 :] if 0 < at < len(word) - 1 else ""

    return _made(archive, meant, "missing", _in_place(archive, meant, chance, broken))


def _homophone(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Replace one character by another that is typed with the same letters."""

    def broken(word: str, at: int) -> str:
        other = _same_sound(archive, chance, word, at)
        return word[:at] + other + word[at + 1 :] if other else ""

    return _made(archive, meant, "homophone", _in_place(archive, meant, chance, broken))


def _made(archive: _Archive, meant: _Meant, way: str, text: str | None) -> Damaged | None:
    """Put a damaged search together, if there is one."""
    if not text:
        return None
    return Damaged(text, (), archive.entries[meant.number].id, way, " ".join(meant.words))


def _facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Give what an entry has under each filter."""
    return {
        "year": (str(entry.year),),
        "section": (entry.section,),
        "author": tuple(entry.authors),
        "volume": (entry.volume,),
    }


def _filter(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Keep the search, and set a filter to what the entry has not."""
    entry = archive.entries[meant.number]
    own = _facets(entry)
    key = chance.choice(("year", "year", "section", "author", "volume"))
    if key == "author" and (not entry.authors or set(meant.words) & set(entry.authors)):
        return None
    likely: Counter[str] = Counter()
    for other in archive.entries:
        near = 1 + 3 * (other.yearbook == entry.yearbook) + 2 * (key == "author" and other.section == entry.section)
        if key in ("year", "volume"):
            near *= 1 + 8 * (other.yearbook == entry.yearbook and abs(other.year - entry.year) == 1)
        for value in _facets(other)[key]:
            if value not in own[key]:
                likely[value] = max(likely[value], near)
    if not likely:
        return None
    value = chance.choices(sorted(likely), [likely[other] for other in sorted(likely)])[0]
    filters = [(key, value)]
    if chance.random() < 0.2:
        right = "year" if key == "section" else "section"
        filters.append((right, own[right][0]))
        chance.shuffle(filters)
    if any(value in _facets(archive.entries[number])[key] for number in archive.having(meant.words)):
        return None
    if not any(all(value in _facets(other)[key] for key, value in filters) for other in archive.entries):
        return None
    text = " ".join(meant.words)
    return Damaged(text, tuple(filters), entry.id, "filter", text)


def _quoted(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Quote what does not stand there in these letters: words were passed over, or one character is wrong."""
    return _passed_over(archive, meant, chance) if chance.random() < 0.5 else _misquoted(archive, meant, chance)


def _misquoted(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Quote a phrase with one wrong character: of any kind, of like shape or of the same sound."""
    if len(meant.words) != 1 or len(meant.words[0]) < 4:
        return None

    def broken(word: str, at: int) -> str:
        twins = [place for place in range(len(word)) if _alike(word[place], _TWINS)]
        if twins and word[at] == word[twins[0]]:
            other = chance.choice(_alike(word[at], _TWINS))
        elif chance.random() < 0.5:
            other = _same_sound(archive, chance, word, at)
        else:
            other = _another(archive, meant, chance, word[at])
        return word[:at] + other + word[at + 1 :] if other else ""

    text = _in_place(archive, meant, chance, broken)
    return _made(archive, _Meant(meant.number, (f'"{meant.words[0]}"',)), "quoted", text and f'"{text}"')


def _passed_over(archive: _Archive, meant: _Meant, chance: random.Random) -> Damaged | None:
    """Quote two pieces of a sentence as if they were neighbours, though a word or two stand between."""
    entry = archive.entries[meant.number]
    clauses = re.findall(f"[{_HAN}、“”《》]+", chance.choice((entry.title, entry.body)))
    if not clauses:
        return None
    clause = chance.choice(clauses)
    shortest = 4 if clause in entry.title else 5
    found = [
        (run.start() + run.group().find(piece), piece)
        for run in _RUN.finditer(clause)
        for piece in sorted(set(archive.words(run.group())))
    ]
    couples = [
        (clause[start : end + len(second)], first + second, (first, second))
        for start, first in found
        for end, second in found
        if 2 <= end - start - len(first) <= 6
        and len(first + second) >= shortest
        and len("".join(_RUN.findall(clause[start + len(first) : end]))) > 1
        and not _NUMERALS & set(clause[start + len(first) : end])
    ]
    if not couples:
        return None
    whole, text, both = chance.choice(couples)
    if archive.having((text,)) or len(archive.having(both)) > TELLING or not archive.having((whole,)):
        return None
    return Damaged(f'"{text}"', (), entry.id, "quoted", f'"{whole}"')


_MAKERS: dict[str, Callable[[_Archive, _Meant, random.Random], Damaged | None]] = {
    "wrong": _wrong,
    "swapped": _swapped,
    "missing": _missing,
    "filter": _filter,
    "homophone": _homophone,
    "quoted": _quoted,
}


def damaged(entries: Sequence[Entry], random: random.Random) -> Iterator[Damaged]:
    """Give searches that go wrong, without end, each way in its turn.

    The same entries and the same seed give the same stream. A way for which the archive is too small is left out; if
    it is too small for all of them, the stream ends.
    """
    archive = _Archive(entries)
    going = bool(entries)
    while going:
        going = False
        for way in WAYS:
            for _ in range(TRIES):
                meant = _meant(archive, random)
                search = _MAKERS[way](archive, meant, random) if meant else None
                if search:
                    going = True
                    yield search
                    break
