"""Generations: immutable index folders, published by one atomic rename; knows no query."""

import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import file_digest
from pathlib import Path

from indexer.errors import IndexMissing, StaleIndex
from indexer.files.durable import replacing, sync_folder
from indexer.search.whoosh.schema import fingerprint
from indexer.search.whoosh.walls import REMEDY

CURRENT = "CURRENT"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    created: str
    entries: int
    fingerprint: str
    files: dict[str, str]
    """File name to SHA-256, hexadecimal."""


def published(index: Path) -> str:
    """Give the name of the published generation.

    Raises `IndexMissing` when there is none.
    """
    try:
        return (index / CURRENT).read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(
            f"{index} holds no index; build one with `nianjian build PATH` or `nianjian index`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(
            f"cannot read {index / CURRENT}: {error}; mend it, or build again with `nianjian index`"
        ) from error


def written(index: Path) -> float:
    """Give when the published generation was sealed, in seconds since 1970.

    Raises `IndexMissing` when there is none, `StaleIndex` when its manifest is not there.
    """
    folder = index / published(index)
    try:
        return (folder / _MANIFEST).stat().st_mtime
    except OSError as error:
        raise StaleIndex(f"index {folder} has no readable manifest; {REMEDY}") from error


def new_folder(index: Path) -> Path:
    """Make an empty folder for a generation that is being built."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    folder = index / f"gen-{stamp}"
    folder.mkdir(parents=True)
    return folder


def seal(folder: Path, entries: int) -> None:
    """Write the manifest of a finished generation and make all its files durable."""
    files = _digests(sorted(folder.iterdir()), sync=True)
    manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), entries, fingerprint(), files)
    with replacing(folder / _MANIFEST) as file:
        file.write(json.dumps(asdict(manifest), indent=1).encode())


def check(folder: Path, *, of_any_version: bool = False) -> Manifest:
    """Read a generation's manifest and compare every file with it.

    Raises `StaleIndex` naming the file that is missing, changed or of another version.
    """
    try:
        manifest = Manifest(**json.loads((folder / _MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StaleIndex(f"index {folder} has no readable manifest; {REMEDY}") from error
    if manifest.fingerprint != fingerprint() and not of_any_version:
        raise StaleIndex(f"index {folder} was built by another version of this program; {REMEDY}")
    try:
        digests = _digests([folder / name for name in manifest.files])
    except OSError as error:
        raise StaleIndex(f"index file {error.filename} cannot be read ({error.strerror}); {REMEDY}") from error
    for name, digest in manifest.files.items():
        if digests[name] != digest:
            raise StaleIndex(f"index file {folder / name} is damaged: its SHA-256 has changed; {REMEDY}")
    return manifest


def publish(index: Path, folder: Path) -> None:
    """Make a sealed generation the current one; the one before it stays, for rollback, and older ones go."""
    sync_folder(index)
    before = _previous(index)
    with replacing(index / CURRENT) as file:
        file.write(folder.name.encode() + b"\n")
    others = sorted(path for path in index.glob("gen-*") if path.name != folder.name)
    if not before:  # unreadable: the newest sealed one may be what was published
        before = next((path.name for path in reversed(others) if (path / _MANIFEST).exists()), "")
    older = [path for path in others if path.name != before]
    for path in older:
        shutil.rmtree(path, ignore_errors=True)


def _previous(index: Path) -> str:
    try:
        return published(index)
    except IndexMissing:
        return ""


def _digests(paths: Sequence[Path], *, sync: bool = False) -> dict[str, str]:
    """Give the digest of each file by name, written to the disk before if need be; several are read at once."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(zip([path.name for path in paths], pool.map(partial(_digest, sync=sync), paths), strict=True))


def _digest(path: Path, *, sync: bool) -> str:
    if sync:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
