"""Reads bytes run by run, where they are not all in one encoding; judges no page.

A run is what stands between the ASCII characters that no Chinese encoding has inside a character: spaces, tags, most
punctuation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from indexer.errors import DecodeError
from indexer.parse.page.decoding.gb import meant
from indexer.parse.page.decoding.likely import mean_cost
from indexer.parse.page.decoding.mixed import ENCODINGS, GB, UTF8, Part, likeliest

_RUN = re.compile(rb"[\x80-\xff]+(?:[0-9@-~][\x80-\xff]+)*[0-9@-~]?")
"""What may be one text in one encoding: bytes beyond ASCII, with the single ASCII bytes that GB has in characters."""
_UTF8_RUN = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})++(?![\x80-\xff])"
)
"""A run of whole UTF-8, which a page of valid GB may have by chance, or as a part."""
_KINDS = bytes(
    ord("a" if byte < 0x80 else "c" if byte < 0xC0 else "2" if byte < 0xE0 else "3" if byte < 0xF0 else "4")
    for byte in range(256)
)
"""What each byte is in UTF-8: ASCII, the inside of a character, or the first byte of two, three or four."""
_OPENINGS = (b"a3cc", b"a4ccc", b"a2c3cc")
"""How a part in UTF-8 begins behind ASCII: with a character of Chinese, or with one of two bytes before it."""
_HAN = b"3cc3cc3cc"
"""Three characters of three bytes: in GB a chance of one in thousands of pages."""
PLAINLY = 0.34
"""What a character may cost on average in a reading that needs no second look; bodies of the sample cost under 0.05."""
_LOOKED_AT = 1 << 15
"""Bytes of runs that are read both ways, character by character (10 µs a byte).  What more there is is read whole in the
likelier encoding or, where it is in neither, with its bad characters replaced."""
_WINDOW = 4096
"""Bytes decoded at a time where there is damage: each fault costs a copy of so many, and not of all that follows."""
_VOTERS = 4096
"""Runs that say what a page's own encoding is: all of most pages."""
_FEW, _VOTE = 30, 15
"""Runs, and bytes of each, that are read character by character for that, where none is surely in one encoding."""
_MAX_BAD_SHARE = 0.05
"""Above this share of replaced characters among the non-ASCII ones the page counts as undecodable: a damaged
download of a GB page shows under 1 %, Shift-JIS or Big5 bytes read as GB 18030 show 6 to 40 %."""
_DECLARED_SHARE = 0.15
"""Share of a page's bytes that must be in the encoding it declares for that to be its own: a frame with its text in
another encoding has 16 % and more, one footer 13 %.  The label of the page rests on it, not its text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was read."""

    text: str
    encoding: str
    """`utf-8`, `utf-16-le`, `utf-16-be` or `gb18030` (which covers GB2312 and GBK)."""
    bad_offsets: tuple[int, ...] = ()
    """Byte offsets that could not be decoded; each shows as U+FFFD in `text`."""
    nul_offsets: tuple[int, int] = (0, 0)
    """How many NUL bytes were dropped, as browsers do, and where the first of them is."""
    mixed_offsets: tuple[int, ...] = ()
    """Byte offsets at which parts in the other encoding begin."""
    false_bom: bool = False
    """Whether a byte order mark says other than the bytes, and was left out."""


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    octets: bytes
    readings: tuple[str | None, str | None]
    """As UTF-8 and as GB, where it is wholly that."""

    @classmethod
    def of(cls, found: re.Match[bytes]) -> "_Run":
        return cls(found.start(), found[0], (strict(found[0], UTF8), strict(found[0], GB)))

    @property
    def end(self) -> int:
        return self.start + len(self.octets)

    def plain(self) -> list[int]:
        """Give the encodings in which it needs no second look; letters in UTF-8, which are as good as GB, in both."""
        costs = [PLAINLY + 1 if text is None else mean_cost(text, letters_tell=False) for text in self.readings]
        if _HAN in self.octets.translate(_KINDS):
            costs[GB] = PLAINLY + 1
        return [encoding for encoding in (UTF8, GB) if costs[encoding] <= PLAINLY]

    def cheapest(self, base: int) -> int | None:
        """Give the encoding in which its whole reading is likeliest, `base` of two alike; none where it is in neither."""
        whole = [encoding for encoding in (base, 1 - base) if self.readings[encoding] is not None]
        return min(whole, key=lambda each: mean_cost(self.readings[each] or "", letters_tell=each != GB), default=None)


@dataclass(slots=True)
class _Assembly:
    """A page's text as it is put together."""

    base: int
    skipped: int
    """Bytes before the first of the runs' own."""
    pieces: list[str] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    mixed: list[int] = field(default_factory=list)
    stray_bom: bool = False
    looked_at: int = 0

    def add(self, run: _Run) -> None:
        """Add what a run is likeliest to be."""
        plain = run.plain()
        encoding = self.base if self.base in plain else plain[0] if plain else None
        if encoding is None:
            self.looked_at += len(run.octets)
            encoding = run.cheapest(self.base) if self.looked_at > _LOOKED_AT else None
        if encoding is not None:
            self._add_part(run, Part(0, run.readings[encoding] or "", encoding), self.base)
            return
        before: int | None = self.base
        afresh = self.looked_at <= _LOOKED_AT
        for part in likeliest(run.octets, self.base) if afresh else damaged(run.octets, self.base):
            self._add_part(run, part, before)
            before = before if part.encoding is None else part.encoding

    def _add_part(self, run: _Run, part: Part, before: int | None) -> None:
        self.pieces.append(part.text)
        where = self.skipped + run.start + part.start
        if part.encoding is None and part.text == "\ufffd":
            self.bad.append(where)
        if part.encoding not in (None, self.base, before):
            self.mixed.append(where)
        self.stray_bom |= not part.text and self.base == GB


def read_runs(body: bytes, skipped: int, declared: int | None) -> Decoded:
    """Read each run of a body, its first `skipped` bytes left out, as what it is likeliest to be.

    `declared` is the encoding that the page says it is in, which decides what its own is where that is in doubt.
    Raises `DecodeError` as soon as it is certain that too much is damaged.
    """
    rest = body[skipped:]
    page = _Assembly(_base(rest, declared), skipped)
    last = 0
    for run in map(_Run.of, _RUN.finditer(rest)):
        page.pieces.append(rest[last : run.start].decode("ascii"))
        page.add(run)
        check_damage(len(page.bad), len(rest))
        last = run.end
    page.pieces.append(rest[last:].decode("ascii"))
    nuls = rest.count(b"\x00")
    return Decoded(
        "".join(page.pieces).replace("\x00", ""),
        ENCODINGS[page.base],
        tuple(page.bad),
        (nuls, skipped + rest.find(b"\x00") if nuls else 0),
        tuple(page.mixed),
        page.stray_bom and not page.mixed,
    )


def check_damage(bad: int, beyond_ascii: int) -> None:
    """Raise `DecodeError` where of so many characters, or bytes, beyond ASCII too many are bad."""
    if bad > 3 and bad > _MAX_BAD_SHARE * beyond_ascii:
        raise DecodeError(f"{bad:,} byte sequences or more are neither UTF-8 nor GB 18030; save the page again")


def _base(rest: bytes, declared: int | None) -> int:
    """Give a page's own encoding: the one declared if a fair part of it is that, else that of the most bytes."""
    votes = [0, 0]
    for run in map(_Run.of, islice(_RUN.finditer(rest), _VOTERS)):
        if len(plain := run.plain()) == 1:
            votes[plain[0]] += len(run.octets)
    if not any(votes):
        for found in islice(_RUN.finditer(rest), _FEW):
            for part in likeliest(found[0][:_VOTE], declared):
                if part.encoding is not None:
                    votes[part.encoding] += 1
    if declared is not None and votes[declared] >= _DECLARED_SHARE * sum(votes):
        return declared
    return UTF8 if votes[UTF8] > votes[GB] else GB


def has_utf8_part(body: bytes) -> bool:
    """Say whether some run may be UTF-8 with Chinese: by chance most runs that may be UTF-8 have none."""
    kinds = b"a" + body.translate(_KINDS)
    if _HAN in kinds:
        return True
    runs = (_UTF8_RUN.match(body, at) for opening in _OPENINGS for at in _places(kinds, opening))
    return any(char >= "\u3000" for run in runs if run for char in run[0].decode(errors="ignore"))


def _places(kinds: bytes, opening: bytes) -> Iterator[int]:
    at = kinds.find(opening)
    while at >= 0:
        yield at
        at = kinds.find(opening, at + 1)


def strict(body: bytes, encoding: int) -> str | None:
    """Give bytes as text where all of them are in an encoding."""
    try:
        text = body.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        return None
    return meant(text) if encoding == GB else text


def damaged(body: bytes, encoding: int) -> Iterator[Part]:
    """Read bytes in one encoding, each bad character as U+FFFD; linear in their number."""
    at = 0
    while at < len(body):
        window = body[at : at + _WINDOW]
        good, bad = len(window), 0
        try:
            text = window.decode(ENCODINGS[encoding])
        except UnicodeDecodeError as error:
            good, bad = error.start, error.end - error.start
            text = window[:good].decode(ENCODINGS[encoding])
            if error.end == len(window) < len(body) - at:
                bad = 0  # cut by the window, and read with the next one
        if text:
            yield Part(at, text, encoding)
        at += good
        if bad:
            yield Part(at, "\ufffd", None)
            at += bad
