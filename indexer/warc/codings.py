"""Undoes the codings in which HTTP sends a body, such as gzip and chunks."""

import zlib
from collections.abc import Callable, Iterable, Mapping

import brotlicffi
import zstandard

MAX_PAYLOAD = 64 << 20
"""Largest payload in bytes that is read or stored; a larger one is a mistake or an attack (a zip bomb)."""
GZIP = b"\x1f\x8b\x08"
"""The first bytes of gzip data."""
ZSTD_SLICE = 512
"""Bytes of zstd data unpacked at once: zstd cannot limit its output, but so few bytes yield at most some 17 MB."""
_HEX = frozenset(b"0123456789abcdefABCDEF")


class CodingError(ValueError):
    """Raised if a body cannot be read as its headers say; the message says why."""


def header_of(headers: Iterable[tuple[str, str]], name: str) -> str:
    """Return a header's values joined with commas, empty if there is none; `name` must be in lower case."""
    return ", ".join(value for key, value in headers if key.lower() == name)


def decode_transfer(body: bytes, coding: str) -> bytes:
    """Undo a Transfer-Encoding; a body without chunks is returned as it is, since many tools undo them themselves.

    Raises `CodingError` if the body breaks off or is larger than `MAX_PAYLOAD`.
    """
    for name in reversed(_names(coding)):
        body = _unchunked(body) if name == "chunked" else _undone(body, name)
    return body


def decode_content(body: bytes, coding: str) -> bytes:
    """Undo a Content-Encoding, the last applied first; a page that is not encoded at all is returned as it is.

    Raises `CodingError` if the encoding is unknown or broken, or the result is larger than `MAX_PAYLOAD`.
    """
    for name in reversed(_names(coding)):
        body = _undone(body, name)
    return body


def content_start(body: bytes, coding: str, size: int) -> bytes:
    """Return the first `size` bytes of an encoded body; for gzip even if the body breaks off or is a zip bomb.

    Raises `CodingError` if they cannot be had.
    """
    if _names(coding) in (["gzip"], ["x-gzip"]):
        try:
            return zlib.decompressobj(wbits=31).decompress(body, size)
        except zlib.error:  # it may not be packed at all
            pass
    return decode_content(body, coding)[:size]


def unsaid_gzip(body: bytes) -> bytes:
    """Unpack a page that was sent or saved with gzip without saying so; return anything else as it is."""
    if body.startswith(GZIP):
        try:
            unpacked = _gunzip(body)
        except CodingError:
            return body
        if looks_like_html(unpacked):
            return unpacked
    return body


def looks_like_html(body: bytes) -> bool:
    """Return whether bytes begin like HTML: with a tag, after optional white space and byte order mark."""
    start = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0b\x0c\x00")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = body[2:1024].replace(b"\x00", b"").lstrip()
    return start[:1] == b"<" and (start[1:2].isalpha() or start[1:2] in (b"!", b"?", b"/"))


def _names(coding: str) -> list[str]:
    names = [name.strip().strip('"').lower() for name in coding.split(",")]
    return [name for name in names if name not in ("", "identity", "none", "binary", "8bit", "utf-8", "gbk", "gb2312")]


def _undone(body: bytes, name: str) -> bytes:
    undo = _CODINGS.get(name)
    if not body:
        return body
    if undo is None:
        if looks_like_html(body):
            return body
        raise CodingError(f"content encoding {name[:40]!r} is not known")
    try:
        return undo(body)
    except CodingError:
        if looks_like_html(body):
            return body  # the server named a coding but did not apply it
        raise


def _gunzip(body: bytes) -> bytes:
    """Unpack all members of a gzip body; what follows them is ignored."""
    parts: list[bytes] = []
    size = 0
    while body.startswith(b"\x1f\x8b") or not parts:
        unpack = zlib.decompressobj(wbits=31)
        parts.append(_inflated(unpack, body, "gzip", MAX_PAYLOAD - size))
        size += len(parts[-1])
        body = unpack.unused_data
    return b"".join(parts)


def _inflate(body: bytes) -> bytes:
    """Unpack deflate data, with zlib's frame as the standard requires or without it as many servers sent it."""
    try:
        return _inflated(zlib.decompressobj(), body, "deflate", MAX_PAYLOAD)
    except CodingError:
        return _inflated(zlib.decompressobj(wbits=-15), body, "deflate", MAX_PAYLOAD)


def _inflated(unpack: "zlib._Decompress", body: bytes, name: str, most: int) -> bytes:
    try:
        unpacked = unpack.decompress(body, most + 1)
    except zlib.error as error:
        raise CodingError(f"broken {name} body: {error}") from error
    if len(unpacked) > most:
        raise _too_large(name)
    if not unpack.eof:
        raise CodingError(f"{name} body breaks off")
    return unpacked


def _unbrotli(body: bytes) -> bytes:
    unpack = brotlicffi.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = unpack.decompress(body, output_buffer_limit=MAX_PAYLOAD + 1)
        while part:
            parts.append(part)
            size += len(part)
            if size > MAX_PAYLOAD:
                raise _too_large("br")
            part = unpack.decompress(b"", output_buffer_limit=MAX_PAYLOAD + 1) if not unpack.is_finished() else b""
    except brotlicffi.error as error:
        raise CodingError(f"broken br body: {error}") from error
    if not unpack.is_finished():
        raise CodingError("br body breaks off")
    return b"".join(parts)


def _unzstd(body: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        unpack = zstandard.ZstdDecompressor().decompressobj()
        at = 0
        while at < len(body) and not unpack.eof:
            try:
                parts.append(unpack.decompress(body[at : at + ZSTD_SLICE]))
            except zstandard.ZstdError as error:
                raise CodingError(f"broken zstd body: {error}") from error
            at += ZSTD_SLICE
            size += len(parts[-1])
            if size > MAX_PAYLOAD:
                raise _too_large("zstd")
        if not unpack.eof:
            raise CodingError("zstd body breaks off")
        body = unpack.unused_data + body[at:]
    return b"".join(parts)


def _unchunked(body: bytes) -> bytes:
    """Join chunks, ignoring extensions and trailers."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 4096)
        size_text = body[at : max(end, at)].split(b";")[0].strip()
        if not size_text or not _HEX.issuperset(size_text) or len(size_text) > 8:
            if not parts:
                return body
            raise CodingError("chunked body breaks off" if at >= len(body) else f"broken chunk at its byte {at}")
        size = int(size_text, 16)
        if not size:
            return b"".join(parts)
        part = body[end + 1 : end + 1 + size]
        if len(part) < size:
            raise CodingError("chunked body breaks off")
        parts.append(part)
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0


def _too_large(name: str) -> CodingError:
    return CodingError(f"{name} body unpacks to more than {MAX_PAYLOAD:,} bytes")


_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
