"""Keeps a copy of the manifest in an archive's data folder, because ids and years depend on it."""

from dataclasses import dataclass, fields
from pathlib import Path

from indexer.config import DataFolder
from indexer.files.durable import replacing
from indexer.manifest.reading import load_manifest, manifest_text, read_manifest
from indexer.manifest.values import Manifest
from indexer.model import Volume

_NOT_TAKEN = (
    "{given} is another manifest than the one that {data} was made with, and not used; take it with `nianjian parse`"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The manifest that a command works with."""

    manifest: Manifest
    is_own: bool
    """Whether the archive has a manifest of its own rather than those that come with the program."""
    text: str = ""
    """Text to store as the archive's manifest; empty if nothing changes."""
    changes: tuple[str, ...] = ()
    """Messages about another manifest, one line each: what it changes, or that it is not used."""


def manifest_of(data: DataFolder, given: Path | None, *, may_change: bool = False) -> Kept:
    """Return the manifest of an archive: the copy in its folder, else the one given, else the program's.

    A given one that differs from the copy is used only with `may_change`, by commands that apply it.

    Raises `ConfigError` if the manifest cannot be read or is wrong.
    """
    held = data.manifest.read_bytes() if data.manifest.is_file() else None
    if given is None:
        known = read_manifest(held, str(data.manifest)) if held is not None else load_manifest()
        return Kept(known, held is not None)
    new = load_manifest(given)
    if held is None:
        return Kept(new, True, _text(given) if may_change else "")
    text = _text(given)
    if text == held.decode("utf-8", "replace"):
        return Kept(new, True)
    old = read_manifest(held, str(data.manifest))
    if not may_change:
        return Kept(old, True, changes=(_NOT_TAKEN.format(given=given, data=data.root),))
    return Kept(new, True, text, tuple(_changes(old, new)))


def keep(data: DataFolder, kept: Kept) -> None:
    """Store the manifest in the archive's folder, if it has changed."""
    if kept.text:
        with replacing(data.manifest) as file:
            file.write(kept.text.encode())


def _text(path: Path) -> str:
    return manifest_text(path.read_bytes(), str(path))[0]


def _changes(old: Manifest, new: Manifest) -> list[str]:
    before, after = ({volume.id: volume for volume in each.volumes} for each in (old, new))
    lines = [
        f"volumes {what}: {', '.join(names)}"
        for what, names in (
            ("new", [name for name in after if name not in before]),
            ("gone", [name for name in before if name not in after]),
        )
        if names
    ]
    for name, volume in after.items():
        if name in before and (changed := _differing(before[name], volume)):
            lines.append(f"volume {name} changes: {', '.join(changed)}")
    return lines


def _differing(one: Volume, other: Volume) -> list[str]:
    return [each.name for each in fields(Volume) if getattr(one, each.name) != getattr(other, each.name)]
