"""Reads and writes a generation's manifest; anything unexpected in it is reported as `StaleIndex`."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from indexer.errors import StaleIndex, told
from indexer.files.durable import replacing
from indexer.files.plain import open_plain
from indexer.search.whoosh.shape import differing, fingerprint

NAME = "manifest.json"
_MOST = 1 << 20
"""Most bytes read of a manifest; ours have some 4 kB."""
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)
"""A file's name, which cannot lead out of the generation's own folder."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A generation's manifest: what it holds.  A msgspec struct, so that the types of what is read are checked."""

    created: str
    """When its build began to read entries, ISO 8601, UTC; later decisions about pages may not be in it."""
    entries: int
    files: Mapping[str, str]
    """SHA-256 in hexadecimal, by file name."""
    fingerprint: Mapping[str, str] | str
    """Digest of each part that determines the format; earlier versions of this program had one string for all."""

    @property
    def made_at(self) -> float:
        """`created` in seconds since 1970."""
        return datetime.fromisoformat(self.created).timestamp()


def write_seal(folder: Path, created: datetime, entries: int, files: Mapping[str, str]) -> None:
    """Write the manifest; `files` holds each file's SHA-256 in hexadecimal."""
    manifest = Seal(created.isoformat(timespec="microseconds"), entries, files, fingerprint())
    with replacing(folder / NAME) as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def read_seal(folder: Path, *, of_any_version: bool = False) -> Seal:
    """Read a generation's manifest.

    Raises `StaleIndex` if it is not readable or, unless `of_any_version`, if the index was built with another format.
    """
    manifest = _read(folder)
    if of_any_version:
        return manifest
    if isinstance(manifest.fingerprint, str):
        raise StaleIndex("index-other-version", path=folder)
    if parts := differing(fingerprint(), manifest.fingerprint):
        # Names of parts may come from a forged manifest.
        named = ", ".join(part if part.isascii() and part.isprintable() else ascii(part) for part in parts[:9])
        raise StaleIndex("index-other-shape", path=folder, parts=named[:300])
    return manifest


def _read(folder: Path) -> Seal:
    path = folder / NAME
    try:
        if folder.is_symlink():
            raise StaleIndex("index-seal-linked", path=folder)
        with open_plain(path) as file:
            text = file.read(_MOST + 1)
        if len(text) > _MOST:
            raise StaleIndex("index-seal-too-long", path=folder, limit=_MOST)
        manifest = msgspec.json.decode(text, type=Seal)
        manifest.made_at  # noqa: B018  (raises `ValueError`)
        for name, digest in manifest.files.items():
            if not _FILE.fullmatch(name) or not _DIGEST.fullmatch(digest):
                raise StaleIndex("index-seal-odd", path=folder, name=name[:40], digest=digest[:40])
    except (OSError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        raise StaleIndex("index-seal-unreadable", path=folder, reason=told(error)) from error
    return manifest
