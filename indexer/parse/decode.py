"""Turns a page's bytes into text by what the bytes are, whatever the page declares; knows no HTML."""

import codecs
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from indexer.errors import DecodeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_BAD_SHARE = 0.05
"""Above this share of replaced characters among the non-ASCII ones the page counts as undecodable: a damaged
download of a GB page shows under 1 %, Shift-JIS or Big5 bytes read as GB 18030 show 6 to 40 %."""

_JUDGED_FROM = 30
_MIN_COMMON = 0.6
"""Least share of GB 2312's first-level characters among at least 30 Han characters.  Measured on the sample's
bodies: at least 0.97; the same bodies as Big5 and read as GB 18030 at most 0.57, as EUC-KR 0.46, as Shift-JIS 0."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was read."""

    text: str
    encoding: str
    """`utf-8`, `utf-16-le`, `utf-16-be` or `gb18030` (which covers GB2312 and GBK)."""
    bad_offsets: tuple[int, ...]
    """Byte offsets that could not be decoded; each shows as U+FFFD in `text`."""


def decode(body: bytes) -> Decoded:
    """Read `body` as its BOM says, else as strict UTF-8, else as GB 18030.

    A page with a few bad bytes is read with U+FFFD in their place and their offsets.
    Raises `DecodeError` when the bytes are in none of these encodings.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _checked(_replace(body[len(bom) :], encoding, skipped=len(bom)))
    try:
        return _checked(Decoded(body.decode("utf-8"), "utf-8", ()))
    except UnicodeDecodeError:
        pass
    # Damaged UTF-8 is still UTF-8: read as GB it would give fluent nonsense without one error.  Python's own
    # replacing finds no more bad sequences than ours does, in a fraction of the time; a page may print U+FFFD, too.
    roughly = body.decode("utf-8", errors="replace")
    if _share(roughly.count("\ufffd") - body.count("\ufffd".encode()), roughly) <= _MAX_BAD_SHARE:
        damaged = _replace(body, "utf-8")
        if _bad_share(damaged) <= _MAX_BAD_SHARE:
            return _checked(damaged)
    # A3A0 is an ideographic space in the GBK of the time; the standard leaves it to private use.
    gb = _replace(body, "gb18030")
    return _checked(replace(gb, text=gb.text.replace("\ue5e5", "\u3000")))


def _bad_length(body: bytes, at: int, encoding: str) -> int:
    """Give the bytes to skip: in GB a lead byte takes its damaged trail byte with it, so one character is lost."""
    two_bytes = encoding == "gb18030" and 0x81 <= body[at] <= 0xFE and body[at + 1 : at + 2] >= b"\x80"
    return 2 if two_bytes else 1


def _bad_share(decoded: Decoded) -> float:
    return _share(len(decoded.bad_offsets), decoded.text)


def _share(bad: int, text: str) -> float:
    """Give the share of bad characters among a text's non-ASCII ones."""
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    return bad / foreign if foreign else 0.0


def _checked(decoded: Decoded) -> Decoded:
    if len(decoded.bad_offsets) > 3 and _bad_share(decoded) > _MAX_BAD_SHARE:
        bad = len(decoded.bad_offsets)
        raise DecodeError(f"{bad} byte sequences are neither UTF-8 nor GB 18030; save the page again")
    if "\x00" in decoded.text:
        raise DecodeError("the text holds NUL bytes: not a page, or in an encoding without BOM; save it again")
    if decoded.encoding == "gb18030" and not _reads_as_chinese(decoded.text):
        raise DecodeError("read as GB 18030 the text is no Chinese prose: its encoding is unknown; save it as UTF-8")
    return decoded


def _reads_as_chinese(text: str) -> bool:
    """Say whether most Han characters are common ones: other encodings read as GB give rare ones."""
    han = {char: count for char, count in Counter(text).items() if "\u4e00" <= char <= "\u9fff"}
    common = sum(count for char, count in han.items() if char in common_characters())
    return (total := sum(han.values())) < _JUDGED_FROM or common >= _MIN_COMMON * total


@cache
def common_characters() -> frozenset[str]:
    """Give the 3,755 characters of GB 2312's first level."""
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


def _replace(body: bytes, encoding: str, skipped: int = 0) -> Decoded:
    parts: list[str] = []
    bad: list[int] = []
    at = 0
    while at < len(body):
        try:
            parts.append(body[at:].decode(encoding))
            break
        except UnicodeDecodeError as error:
            parts.append(body[at : at + error.start].decode(encoding))
            parts.append("\ufffd")
            bad.append(skipped + at + error.start)
            at += error.start + _bad_length(body, at + error.start, encoding)
            if len(bad) > 1000:
                # Quadratic from here, and no page this broken is worth it.
                parts.append(body[at:].decode(encoding, errors="replace"))
                break
    return Decoded("".join(parts), encoding, tuple(bad))
