"""Turns a page's bytes into text, going by the bytes rather than by the encoding the page declares.

One bad spot does not spoil a page: what is damaged or in another encoding is read as what it is, and reported.
"""

import codecs
import re
from dataclasses import replace

from indexer.errors import DecodeError
from indexer.parse.page.decoding.likely import beyond_ascii, mean_cost, mean_han_cost
from indexer.parse.page.decoding.mixed import ENCODINGS, GB, UTF8, UTF16BE, UTF16LE
from indexer.parse.page.decoding.runs import PLAINLY, Decoded, check_damage, damaged, has_utf8_part, read_runs, strict

_BOM16 = {codecs.BOM_UTF16_LE: UTF16LE, codecs.BOM_UTF16_BE: UTF16BE}
_TAG16 = {UTF16LE: b"<\x00", UTF16BE: b"\x00<"}
"""How a tag opens in UTF-16; most `<` bytes of such a page belong to one."""
_JUDGED_FROM = 15
"""Fewest Han characters to judge a page by: a heading has that many, and fewer may all be rare."""
_MAX_MEAN_COST = 0.8
"""Highest average cost of a Han character in a page read as GB.  Measured: the sample's pages under 0.02, the same in
traditional characters 0.3, in Big5 at least 1.6, in Shift-JIS 1.4, noise 1.6."""
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.01
"""Highest share of control characters in a page with NUL bytes; above it the file is binary data.  Pages have none."""
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*(?:(gb)|(utf-?8)|(euc-kr|ks_?c_?5601|cp949|windows-949))""", re.IGNORECASE
)
"""Encodings a page may declare.  Korean read as GB gives common Chinese characters, so only the declaration tells."""

_NAMED = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)


def declared_name(body: bytes, content_type: str = "") -> str:
    """Return the encoding that a page names in its mark-up, else the server in its header, as written; empty if none."""
    found = _NAMED.search(body, 0, 4096) or _NAMED.search(content_type.encode("ascii", "replace"))
    return found[1].decode("ascii") if found else ""


def decode(body: bytes) -> Decoded:
    """Decode `body` as its BOM says, else as strict UTF-8, else as GB 18030, or as both if neither fits all of it.

    In a page with a few bad bytes these are replaced by U+FFFD, and their offsets returned.

    Raises `DecodeError` if the bytes are in none of these encodings.
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
        raise DecodeError("page-korean")
    return _checked(replace(decoded, false_bom=decoded.false_bom or (bool(bom) and decoded.encoding != "utf-8")))


def _decode(body: bytes, skipped: int) -> Decoded:
    """Decode bytes as one encoding if all of them fit it and the result is likely, else run by run."""
    rest = body[skipped:]
    if b"\x00" not in rest:
        text = strict(rest, UTF8)
        if text is not None and not (_declared(rest) == GB and _is_gb_by_chance_utf8(rest, text)):
            return Decoded(text, "utf-8")
        text = strict(rest, GB)
        if text is not None and not has_utf8_part(rest):
            return Decoded(text, "gb18030")
    return read_runs(body, skipped, _declared(rest))


def _declared(body: bytes) -> int | None:
    found = _DECLARED.search(body[:4096].replace(b"\x00", b""))
    return {1: GB, 2: UTF8}.get(found.lastindex or 0) if found else None


def _says_korean(body: bytes) -> bool:
    found = _DECLARED.search(body, 0, 4096)
    return found is not None and found.lastindex == 3


def _is_gb_by_chance_utf8(body: bytes, text: str) -> bool:
    """Return whether bytes that are valid UTF-8 are more likely GB: 学习 in GB is two odd letters in UTF-8."""
    as_gb = strict(body, GB)
    return as_gb is not None and mean_cost(as_gb, letters_tell=False) < PLAINLY < 1.0 < mean_cost(
        text, letters_tell=True
    )


def _utf16(body: bytes, encoding: int, skipped: int) -> Decoded:
    parts = list(damaged(body[skipped:], encoding))
    text = "".join(part.text for part in parts)
    bad = tuple(skipped + part.start for part in parts if part.encoding is None)
    first = skipped + 2 * text.find("\x00") if "\x00" in text else 0
    return Decoded(text.replace("\x00", ""), ENCODINGS[encoding], bad, (text.count("\x00"), first))


def _checked(decoded: Decoded) -> Decoded:
    if decoded.nul_offsets[0] and len(_CONTROLS.findall(decoded.text)) > _MAX_CONTROLS * len(decoded.text):
        raise DecodeError("page-binary")
    check_damage(len(decoded.bad_offsets), beyond_ascii(decoded.text))
    if decoded.encoding == "gb18030" and mean_han_cost(decoded.text, _JUDGED_FROM) > _MAX_MEAN_COST:
        raise DecodeError("page-encoding-unknown")
    return decoded
