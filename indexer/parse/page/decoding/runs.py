"""Decodes bytes that are not all in one encoding, run by run.

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
"""A run of complete UTF-8 characters, which valid GB may contain by chance, or as a part in UTF-8."""
_KINDS = bytes(
    ord("a" if byte < 0x80 else "c" if byte < 0xC0 else "2" if byte < 0xE0 else "3" if byte < 0xF0 else "4")
    for byte in range(256)
)
"""Role of each byte in UTF-8: ASCII, inside of a character, or first byte of two, three or four."""
_OPENINGS = (b"a3cc", b"a4ccc", b"a2c3cc")
"""How a UTF-8 part begins after ASCII: with a Chinese character, or with a two-byte character and then one."""
_HAN = b"3cc3cc3cc"
"""Three characters of three bytes each; in GB that happens by chance once in thousands of pages."""
PLAINLY = 0.34
"""Highest average cost of a reading that needs no second look; bodies of the sample cost under 0.05."""
_LOOKED_AT = 1 << 15
"""Bytes of runs that are read both ways, character by character (10 µs a byte).  Beyond that, runs are read whole in
the likelier encoding or, if they fit neither, with bad characters replaced."""
_WINDOW = 4096
"""Bytes decoded at a time in damaged text: each fault copies only that many bytes, not all that follow."""
_VOTERS = 4096
"""Runs that decide what a page's own encoding is: all runs of most pages."""
_FEW, _VOTE = 30, 15
"""Runs, and bytes of each, that are read character by character to decide it, if no run is surely in one encoding."""
_MAX_BAD_SHARE = 0.05
"""Above this share of replaced characters among the non-ASCII ones the page counts as undecodable: a damaged download
of a GB page shows under 1 %, Shift-JIS or Big5 bytes read as GB 18030 show 6 to 40 %."""
_DECLARED_SHARE = 0.15
"""Share of a page's bytes that must be in the declared encoding for it to count as the page's own: a frame with its
text in another encoding has 16 % and more, one footer 13 %.  Only the page's label depends on this, not its text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was read."""

    text: str
    encoding: str
    """`utf-8`, `utf-16-le`, `utf-16-be` or `gb18030` (which covers GB2312 and GBK)."""
    bad_offsets: tuple[int, ...] = ()
    """Offsets of bytes that could not be decoded; each is U+FFFD in `text`."""
    nul_offsets: tuple[int, int] = (0, 0)
    """How many NUL bytes were dropped, as browsers do, and the offset of the first."""
    mixed_offsets: tuple[int, ...] = ()
    """Offsets at which parts in the other encoding begin."""
    false_bom: bool = False
    """Whether a byte order mark contradicts the bytes and was left out."""


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    octets: bytes
    readings: tuple[str | None, str | None]
    """The run as UTF-8 and as GB, each None unless all of it is valid."""

    @classmethod
    def of(cls, found: re.Match[bytes]) -> "_Run":
        return cls(found.start(), found[0], (strict(found[0], UTF8), strict(found[0], GB)))

    @property
    def end(self) -> int:
        return self.start + len(self.octets)

    def plain(self) -> list[int]:
        """Return the encodings in which the run needs no second look.

        UTF-8 letters, which may as well be GB, count for both.
        """
        costs = [PLAINLY + 1 if text is None else mean_cost(text, letters_tell=False) for text in self.readings]
        if _HAN in self.octets.translate(_KINDS):
            costs[GB] = PLAINLY + 1
        return [encoding for encoding in (UTF8, GB) if costs[encoding] <= PLAINLY]

    def cheapest(self, base: int) -> int | None:
        """Return the encoding in which the whole run is likeliest, `base` if equal; None if it fits neither."""
        whole = [encoding for encoding in (base, 1 - base) if self.readings[encoding] is not None]
        return min(whole, key=lambda each: mean_cost(self.readings[each] or "", letters_tell=each != GB), default=None)


@dataclass(slots=True)
class _Assembly:
    """A page's text while it is put together."""

    base: int
    skipped: int
    """Bytes left out before the first run."""
    pieces: list[str] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    mixed: list[int] = field(default_factory=list)
    stray_bom: bool = False
    looked_at: int = 0

    def add(self, run: _Run) -> None:
        """Add a run in its likeliest reading."""
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
    """Decode each run of a body in its likeliest reading; the first `skipped` bytes are left out.

    `declared` is the encoding that the page declares, which decides in case of doubt.

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
    """Raise `DecodeError` if too many of the `beyond_ascii` characters, or bytes, are bad."""
    if bad > 3 and bad > _MAX_BAD_SHARE * beyond_ascii:
        raise DecodeError("page-damaged", count=bad)


def _base(rest: bytes, declared: int | None) -> int:
    """Return a page's own encoding: the declared one if a fair part of the page is in it, else that of most bytes."""
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
    """Return whether some run may be UTF-8 with Chinese; most runs that are UTF-8 by chance have no Chinese."""
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
    """Return bytes as text if all of them are valid in an encoding, else None."""
    try:
        text = body.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        return None
    return meant(text) if encoding == GB else text


def damaged(body: bytes, encoding: int) -> Iterator[Part]:
    """Yield bytes decoded in one encoding, each bad character as U+FFFD, in time linear in their number."""
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
                bad = 0  # cut off by the window's end, and read with the next window
        if text:
            yield Part(at, text, encoding)
        at += good
        if bad:
            yield Part(at, "\ufffd", None)
            at += bad
