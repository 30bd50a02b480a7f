"""Computes and compares the digests that web archive records carry."""

import base64
import binascii
import hashlib
from collections.abc import Iterable

_KNOWN = {"sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64, "md5": 16}
"""Algorithms that are checked, with the length of their digests in bytes."""


def digest_of(body: bytes) -> str:
    """Return the SHA-256 digest as the ledger writes it: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def holds(claimed: str, readings: Iterable[bytes]) -> bool:
    """Return whether a record's digest matches one of the readings of its content.

    A digest may be written in base 32, or in hexadecimal digits of either case.  One of an unknown algorithm, or of the
    wrong form for its algorithm, is not checked and counts as a match: it says nothing about the content.
    """
    algorithm, _, wanted = same_notation(claimed).partition(":")
    if not wanted:
        return True
    return any(hashlib.new(algorithm, reading, usedforsecurity=False).hexdigest() == wanted for reading in readings)


def same_notation(claimed: str) -> str:
    """Return a digest in one common notation: algorithm, colon, hexadecimal; empty if it is not a known one."""
    name, _, text = claimed.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "")
    value = _value(text.strip(), _KNOWN.get(algorithm, 0))
    return f"{algorithm}:{value.hex()}" if value else ""


def _value(text: str, size: int) -> bytes:
    """Return a digest's bytes; empty if the text is not `size` bytes in either notation."""
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        text = text.upper().rstrip("=")
        value = base64.b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return b""
    return value if len(value) == size else b""
