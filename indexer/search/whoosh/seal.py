"""What a generation says of itself: read so that whatever lies there is either that or `StaleIndex`; knows no query."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from indexer.errors import StaleIndex, told
from indexer.files.durable import replacing
from indexer.files.plain import open_plain
from indexer.search.whoosh.damage import REMEDY
from indexer.search.whoosh.shape import differing, fingerprint

NAME = "manifest.json"
_MOST = 1 << 20
"""Bytes of a manifest: ours have some 4 kB."""
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)
"""A file's name: it leads nowhere but into the generation's own folder."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a generation holds; a struct, so that only what it should be is read as one."""

    created: str
    """When its build began to read entries, ISO 8601, UTC: decisions about pages since then may not be in it."""
    entries: int
    files: Mapping[str, str]
    """File name to SHA-256, hexadecimal."""
    fingerprint: Mapping[str, str] | str
    """What shaped it, part by part; earlier versions of this program had one string for all of it."""

    @property
    def made_at(self) -> float:
        """Give `created` in seconds since 1970."""
        return datetime.fromisoformat(self.created).timestamp()


def write_seal(folder: Path, created: datetime, entries: int, files: Mapping[str, str]) -> None:
    """Seal a generation."""
    manifest = Seal(created.isoformat(timespec="microseconds"), entries, files, fingerprint())
    with replacing(folder / NAME) as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def read_seal(folder: Path, *, of_any_version: bool = False) -> Seal:
    """Read a generation's manifest.

    Raises `StaleIndex` when it is none, or of an index that was shaped otherwise (but not with `of_any_version`).
    """
    manifest = _read(folder)
    if of_any_version:
        return manifest
    if isinstance(manifest.fingerprint, str):
        raise StaleIndex(f"index {folder} was built by another version of this program; {REMEDY}")
    if parts := differing(fingerprint(), manifest.fingerprint):
        # A part may be named by whoever wrote the manifest.
        named = ", ".join(part if part.isascii() and part.isprintable() else ascii(part) for part in parts[:9])
        raise StaleIndex(f"index {folder} was built with other {named[:300]}; {REMEDY}")
    return manifest


def _read(folder: Path) -> Seal:
    path = folder / NAME
    try:
        if folder.is_symlink():
            raise ValueError("the folder is a link")
        with open_plain(path) as file:
            text = file.read(_MOST + 1)
        if len(text) > _MOST:
            raise ValueError(f"it has more than {_MOST:,} bytes")
        manifest = msgspec.json.decode(text, type=Seal)
        manifest.made_at  # noqa: B018  (raises `ValueError`)
        for name, digest in manifest.files.items():
            if not _FILE.fullmatch(name) or not _DIGEST.fullmatch(digest):
                raise ValueError(f"it names a file {name[:40]!a} with the digest {digest[:40]!a}")
    except (OSError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        raise StaleIndex(f"index {folder} has no readable manifest ({told(error)}); {REMEDY}") from error
    return manifest
