"""The copy of its manifest that stays in an archive's data folder: ids and years rest on it; parses no page."""

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
    """Whether the archive has a manifest of its own, and does not rest on those that come with the program."""
    text: str = ""
    """What is to be kept in its place; empty where nothing changes."""
    changes: tuple[str, ...] = ()
    """What is to be said of another manifest: what it changes, or that it is not used; a line each."""


def manifest_of(data: DataFolder, given: Path | None, *, may_change: bool = False) -> Kept:
    """Give the manifest of an archive: the copy in its folder, else the one given, else those of the program.

    Another one than the copy is taken only by what makes something of it (`may_change`).
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
    """Put the copy of a manifest that was taken into the archive's folder."""
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
