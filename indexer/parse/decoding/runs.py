"""Reads bytes run by run, where they are not all in one encoding; judges no page.

A run is what stands between the ASCII characters that no Chinese encoding has inside a character: spaces, tags, most
punctuation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.parse.decoding.gb import meant
from indexer.parse.decoding.likely import mean_cost
from indexer.parse.decoding.mixed import ENCODINGS, GB, UTF8, likeliest

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
"""Bytes of runs that are read both ways, character by character (10 µs a byte); what more there is that can be read in
neither encoding is damage."""
_WINDOW = 4096
"""Bytes decoded at a time where there is damage: each fault costs a copy of so many, and not of all that follows."""
_VOTERS, _VOTE = 30, 15
"""Runs, and bytes of each, that are read both ways where none is surely in one encoding."""
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
    bytes: bytes
    readings: tuple[str | None, str | None]
    """As UTF-8 and as GB, where it is wholly that."""

    @property
    def surely(self) -> int | None:
        """The encoding, if it is likely in one and not in the other."""
        likely = [encoding for encoding in (UTF8, GB) if self.plainly(encoding) is not None]
        return likely[0] if len(likely) == 1 else None

    def plainly(self, encoding: int) -> str | None:
        """Give the reading in an encoding, if that needs no second look."""
        text = self.readings[encoding]
        if encoding == GB and _HAN in self.bytes.translate(_KINDS):
            return None
        return text if text is not None and mean_cost(text) <= PLAINLY else None


def read_runs(body: bytes, skipped: int, declared: int | None) -> Decoded:
    """Read each run of a body, its first `skipped` bytes left out, as what it is likeliest to be.

    `declared` is the encoding that the page says it is in, which decides what its own is where that is in doubt.
    """
    rest = body[skipped:]
    runs = [_run(found) for found in _RUN.finditer(rest)]
    return _assembled(rest, runs, _base(runs, declared), skipped)


def _assembled(rest: bytes, runs: Sequence[_Run], base: int, skipped: int) -> Decoded:
    pieces: list[str] = []
    bad: list[int] = []
    mixed: list[int] = []
    stray_bom = False
    last = looked = 0
    for run in runs:
        pieces.append(rest[last : run.start].decode("ascii"))
        last = run.start + len(run.bytes)
        if (text := run.plainly(base)) is not None:
            pieces.append(text)
            continue
        looked += len(run.bytes)
        state: int | None = base
        for at, text, encoding in _read(run, base, afresh=looked <= _LOOKED_AT):
            pieces.append(text)
            where = skipped + run.start + at
            if text == "\ufffd" and encoding is None:
                bad.append(where)
            if encoding not in (None, base, state):
                mixed.append(where)
            stray_bom |= not text and base == GB
            state = state if encoding is None else encoding
    pieces.append(rest[last:].decode("ascii"))
    text = "".join(pieces)
    nuls = rest.count(b"\x00")
    return Decoded(
        text.replace("\x00", ""),
        ENCODINGS[base],
        tuple(bad),
        (nuls, skipped + rest.find(b"\x00") if nuls else 0),
        tuple(mixed),
        stray_bom and not mixed,
    )


def _read(run: _Run, base: int, *, afresh: bool) -> Iterator[tuple[int, str, int | None]]:
    """Read a run that is not plainly in the page's encoding; give offset, text and encoding of each part."""
    if afresh:
        yield from ((part.start, part.text, part.encoding) for part in likeliest(run.bytes, base))
    elif (text := run.readings[base]) is not None:
        yield 0, text, base
    elif (other := run.readings[1 - base]) is not None:
        yield 0, other, 1 - base
    else:
        yield from damaged(run.bytes, ENCODINGS[base], base)


def _run(found: re.Match[bytes]) -> _Run:
    return _Run(found.start(), found[0], (strict(found[0], UTF8), strict(found[0], GB)))


def _base(runs: Sequence[_Run], declared: int | None) -> int:
    """Give a page's own encoding: the one declared if a fair part of it is that, else that of the most bytes."""
    votes = [0, 0]
    for run in runs:
        if run.surely is not None:
            votes[run.surely] += len(run.bytes)
    if not any(votes):
        for run in runs[:_VOTERS]:
            for part in likeliest(run.bytes[:_VOTE], declared):
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
    try:
        text = body.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        return None
    return meant(text) if encoding == GB else text


def damaged(body: bytes, encoding: str, base: int) -> Iterator[tuple[int, str, int | None]]:
    """Read bytes in one encoding, each bad character as U+FFFD; linear in their number."""
    at = 0
    while at < len(body):
        window = body[at : at + _WINDOW]
        good, bad = len(window), 0
        try:
            text = window.decode(encoding)
        except UnicodeDecodeError as error:
            good, bad = error.start, error.end - error.start
            text = window[:good].decode(encoding)
            if error.end == len(window) < len(body) - at:
                bad = 0  # cut by the window, and read with the next one
        if text:
            yield at, text, base
        at += good
        if bad:
            yield at, "\ufffd", None
            at += bad
