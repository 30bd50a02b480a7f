"""Keeps a copy of the manifest in an archive's data folder, and decides which manifest a command works with."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import ConfigError, ManifestLost, StoreError, reason_of
from indexer.files.durable import replacing
from indexer.files.entrystore import read_reports
from indexer.manifest.changes import changes, moved, need_parsing
from indexer.manifest.reading import load_manifest, load_with_text, read_manifest
from indexer.manifest.text import bytes_of
from indexer.manifest.values import Manifest
from indexer.model import PageReport
from indexer.urls import volume_of

_NOT_USED = "{given} is another manifest than the one that {data} was made with{which}, and not used; {take}"
_TAKE = "take it with `nianjian parse`"
_CHECK = "`nianjian verify` says whether it gives the same entries"


@dataclass(frozen=True, slots=True)
class Kept:
    """The manifest that a command works with."""

    manifest: Manifest
    is_own: bool
    """Whether the archive has a manifest of its own rather than those that come with the program."""
    text: str = ""
    """Text to store as the archive's manifest; empty if nothing changes."""
    changes: tuple[str, ...] = ()
    """Messages about another manifest that is given, one line each: what it changes if taken, or that it is unused."""
    needs_parsing: bool = False
    """Whether the pages must be parsed again with the manifest that is taken."""


def manifest_of(data: DataFolder, given: Path | None, *, may_change: bool = False) -> Kept:
    """Return the manifest of an archive: the copy in its folder, else the bundled one if it was parsed with that.

    An archive that was not parsed yet has the one given.  Otherwise a given one that differs is used only with
    `may_change`, by commands that apply it.

    Raises `ConfigError` if the one given cannot be read or is wrong, and `ManifestLost` if the archive's own cannot be
    read or is gone.
    """
    reports = cache(partial(_reports, data))
    if given is None:
        return _own(data, reports)
    new, text = load_with_text(given)
    try:
        own = _own(data, reports)
    except ManifestLost as error:
        return _instead(data, given, new, text, error, reports(), may_change=may_change)
    if not own.is_own and not reports():
        return Kept(new, True, text if may_change else "")
    old = own.manifest
    if own.is_own and old.sites == new.sites:
        return Kept(new, True)
    if not may_change:
        which = "" if own.is_own else ", those of the program"
        said = _NOT_USED.format(given=given, data=data.root, which=which, take=_TAKE)
        return Kept(old, own.is_own, changes=(said,))
    if not own.is_own:
        old = _with_pages(old, reports())
    lines = (*changes(old, new), *moved(reports(), old, new))
    return Kept(new, True, text, lines, bool(reports()) and need_parsing(old, new))


def keep(data: DataFolder, kept: Kept) -> None:
    """Store the manifest in the archive's folder, if it has changed."""
    if kept.text:
        with replacing(data.manifest) as file:
            file.write(kept.text.encode())


def _own(data: DataFolder, reports: Callable[[], list[PageReport]]) -> Kept:
    """Return the copy in the archive's folder, else the manifests of the program, unless it was made with others."""
    if os.path.lexists(data.manifest):
        return Kept(_copy(data), True)
    known = load_manifest()
    if others := sorted(_volumes(reports()) - {volume.id for volume in known.volumes}):
        raise ManifestLost("manifest-gone", path=data.manifest, volumes=", ".join(others))
    return Kept(known, False)


def _copy(data: DataFolder) -> Manifest:
    try:
        return read_manifest(bytes_of(data.manifest), str(data.manifest))[0]
    except OSError as error:
        raise ManifestLost("manifest-copy-unreadable", path=data.manifest, reason=reason_of(error)) from error
    except ConfigError as error:
        raise ManifestLost("manifest-copy-wrong", cause=error) from error


def _instead(
    data: DataFolder,
    given: Path,
    new: Manifest,
    text: str,
    error: ManifestLost,
    reports: Sequence[PageReport],
    *,
    may_change: bool,
) -> Kept:
    """Return the one given instead of an archive's own that is gone or cannot be read."""
    if may_change and data.manifest.is_file():
        line = f"{data.manifest} could not be read, and {given} takes its place; {_CHECK}"
    elif may_change and not os.path.lexists(data.manifest):
        line = f"{data.manifest} is gone, and {given} takes its place; {_CHECK}"
    elif not os.path.lexists(data.manifest) and _volumes(reports) <= {volume.id for volume in new.volumes}:
        return Kept(new, True, changes=(f"{data.manifest} is gone; {given} is used for now, {_TAKE}",))
    else:
        raise error
    gone = moved(reports, None, new)
    return Kept(new, True, text, (line, *gone), bool(gone))


def _reports(data: DataFolder) -> list[PageReport]:
    """Return what the last parse told of pages; none where that cannot be read, which is no matter of the manifest."""
    try:
        return read_reports(data.pages)
    except (StoreError, OSError):
        return []


def _volumes(reports: Sequence[PageReport]) -> set[str]:
    return {report.volume for report in reports if not report.has_plain_year}


def _with_pages(manifest: Manifest, reports: Sequence[PageReport]) -> Manifest:
    """Leave out of the program's manifests what has nothing to do with an archive."""
    covered = {volume_of(report.url, manifest.volumes) for report in reports}
    volumes = [tuple(volume for volume in site.volumes if volume in covered) for site in manifest.sites]
    each = zip(manifest.sites, volumes, strict=True)
    return Manifest(tuple(replace(site, volumes=held) for site, held in each if held))
