"""Turns a page's bytes into text by what the bytes are, whatever the page declares; knows no HTML.

One bad spot does not condemn a page: what is damaged or in another encoding is read as what it is, and reported.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import DecodeError
from indexer.parse.gb import meant
from indexer.parse.likely import beyond_ascii, mean_cost
from indexer.parse.mixed import ENCODINGS, GB, UTF8, likeliest

_BOM16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_TAG16 = {"utf-16-le": b"<\x00", "utf-16-be": b"\x00<"}
"""How a tag opens; in UTF-16 most bytes of `<` do."""
_MAX_BAD_SHARE = 0.05
"""Above this share of replaced characters among the non-ASCII ones the page counts as undecodable: a damaged
download of a GB page shows under 1 %, Shift-JIS or Big5 bytes read as GB 18030 show 6 to 40 %."""
_JUDGED_FROM = 15
_MAX_MEAN_COST = 1.2
"""What a character may cost on average, of at least 15, in a page read as GB.  Measured: the sample's pages under
0.02, in traditional characters 1.15, in Big5 at least 1.7, noise 1.75, Shift-JIS 1.9."""
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.01
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
_HAN = b"3cc3cc3cc"
"""Three characters of three bytes: in GB a chance of one in thousands of pages."""
_PLAINLY = 0.34
"""What a character may cost on average in a reading that needs no second look; bodies of the sample cost under 0.05."""
_LOOKED_AT = 1 << 15
"""Bytes of runs that are read both ways, character by character (3 µs a byte); what more there is that can be read in
neither encoding is damage."""
_WINDOW = 4096
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*(?:(gb)|(utf-?8)|(euc-kr|ks_?c_?5601|cp949|windows-949))""", re.IGNORECASE
)
"""Korean read as GB is common Chinese characters: only what the page says tells."""
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
        return text if text is not None and mean_cost(text) <= _PLAINLY else None


def decode(body: bytes) -> Decoded:
    """Read `body` as its BOM says, else as strict UTF-8, else as GB 18030; or as both, where neither will do.

    A page with a few bad bytes is read with U+FFFD in their place and their offsets.
    Raises `DecodeError` when the bytes are in none of these encodings.
    """
    for mark, encoding in _BOM16.items():
        if body.startswith((mark, _TAG16[encoding])):
            skipped = len(mark) if body.startswith(mark) else 0
            if 2 * body.count(_TAG16[encoding]) > body.count(b"<"):
                return _checked(_utf16(body, encoding, skipped))
            if skipped:
                return _checked(replace(_decode(body, skipped), false_bom=True))
    bom = codecs.BOM_UTF8 if body.startswith(codecs.BOM_UTF8) else b""
    decoded = _decode(body, len(bom))
    if decoded.encoding == "gb18030" and _says_korean(body):
        raise DecodeError("the page says that it is in Korean encoding, and its bytes may be; save it as UTF-8")
    return _checked(replace(decoded, false_bom=decoded.false_bom or (bool(bom) and decoded.encoding != "utf-8")))


def _decode(body: bytes, skipped: int) -> Decoded:
    """Read bytes as one encoding if all of them are that, and likely; else run by run."""
    rest = body[skipped:]
    if b"\x00" not in rest:
        text = _strict(rest, UTF8)
        if text is not None and not (_declared(rest) == GB and _is_gb_by_chance_utf8(rest, text)):
            return Decoded(text, "utf-8")
        text = _strict(rest, GB)
        if text is not None and not _has_utf8_part(rest):
            return Decoded(text, "gb18030")
    runs = [_run(found) for found in _RUN.finditer(rest)]
    base = _base(runs, _declared(rest))
    return _assembled(rest, runs, base, skipped)


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
        yield from _damaged(run.bytes, ENCODINGS[base], base)


def _run(found: re.Match[bytes]) -> _Run:
    return _Run(found.start(), found[0], (_strict(found[0], UTF8), _strict(found[0], GB)))


def _base(runs: Sequence[_Run], declared: int | None) -> int:
    """Give a page's own encoding: the one declared if a fair part of it is that, else that of the most bytes."""
    votes = [0, 0]
    for run in runs:
        if run.surely is not None:
            votes[run.surely] += len(run.bytes)
    if not any(votes):
        for run in runs[:_JUDGED_FROM]:
            for part in likeliest(run.bytes[:_JUDGED_FROM], declared):
                if part.encoding is not None:
                    votes[part.encoding] += 1
    if declared is not None and votes[declared] >= _DECLARED_SHARE * sum(votes):
        return declared
    return UTF8 if votes[UTF8] > votes[GB] else GB


def _declared(body: bytes) -> int | None:
    found = _DECLARED.search(body[:4096].replace(b"\x00", b""))
    return {1: GB, 2: UTF8}.get(found.lastindex or 0) if found else None


def _says_korean(body: bytes) -> bool:
    found = _DECLARED.search(body, 0, 4096)
    return found is not None and found.lastindex == 3


def _has_utf8_part(body: bytes) -> bool:
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


def _is_gb_by_chance_utf8(body: bytes, text: str) -> bool:
    """Say whether bytes that are valid UTF-8 are rather GB: 学习 in GB is two odd letters in UTF-8."""
    as_gb = _strict(body, GB)
    return as_gb is not None and mean_cost(as_gb) < _PLAINLY < 1.0 < mean_cost(text)


def _strict(body: bytes, encoding: int) -> str | None:
    try:
        text = body.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        return None
    return meant(text) if encoding == GB else text


def _damaged(body: bytes, encoding: str, base: int) -> Iterator[tuple[int, str, int | None]]:
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


def _utf16(body: bytes, encoding: str, skipped: int) -> Decoded:
    parts = list(_damaged(body[skipped:], encoding, UTF8))
    text = "".join(part for _, part, _ in parts)
    bad = tuple(skipped + at for at, _, read_as in parts if read_as is None)
    first = skipped + 2 * text.find("\x00") if "\x00" in text else 0
    return Decoded(text.replace("\x00", ""), encoding, bad, (text.count("\x00"), first))


def _checked(decoded: Decoded) -> Decoded:
    if decoded.nul_offsets[0] and len(_CONTROLS.findall(decoded.text)) > _MAX_CONTROLS * len(decoded.text):
        raise DecodeError("NUL bytes and other control characters: this is no text; save the page again")
    bad = len(decoded.bad_offsets)
    foreign = beyond_ascii(decoded.text)
    if bad > 3 and bad > _MAX_BAD_SHARE * foreign:
        raise DecodeError(f"{bad} byte sequences are neither UTF-8 nor GB 18030; save the page again")
    if decoded.encoding == "gb18030" and foreign >= _JUDGED_FROM and mean_cost(decoded.text) > _MAX_MEAN_COST:
        raise DecodeError("read as GB 18030 the text is no Chinese prose: its encoding is unknown; save it as UTF-8")
    return decoded
