"""Compares the digests that web archive records carry; knows no record."""

import base64
import binascii
import hashlib
from collections.abc import Iterable

_KNOWN = {"sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64, "md5": 16}
"""Algorithms that are checked, with the bytes of their digests."""


def digest_of(body: bytes) -> str:
    """Give the digest as the ledger has it: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def holds(claimed: str, readings: Iterable[bytes]) -> bool:
    """Say whether a record's digest is that of one of the readings of its content.

    A digest is written in base 32 or in hexadecimal digits of either case.  One of an algorithm that is not known,
    or that is no digest of its algorithm, is not checked: it says nothing about the content.
    """
    algorithm, _, wanted = same_notation(claimed).partition(":")
    if not wanted:
        return True
    return any(hashlib.new(algorithm, reading, usedforsecurity=False).hexdigest() == wanted for reading in readings)


def same_notation(claimed: str) -> str:
    """Write a digest the one way that all notations of it share: algorithm, colon, hexadecimal; empty for none."""
    name, _, text = claimed.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "")
    value = _value(text.strip(), _KNOWN.get(algorithm, 0))
    return f"{algorithm}:{value.hex()}" if value else ""


def _value(text: str, size: int) -> bytes:
    """Read a digest's text; nothing when it is not `size` bytes in either notation."""
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        text = text.upper().rstrip("=")
        value = base64.b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return b""
    return value if len(value) == size else b""
