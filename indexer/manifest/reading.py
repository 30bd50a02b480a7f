"""Reads a manifest file; whatever in it is wrong is one line, and what can only mean one thing is understood."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import count
from pathlib import Path

from indexer.errors import ConfigError, reason_of, told
from indexer.manifest.keys import IGNORED, Place, values
from indexer.manifest.kinds import is_text
from indexer.manifest.text import bytes_of, tables_of, text_of
from indexer.manifest.values import Manifest, Site
from indexer.model import Volume
from indexer.urls import same_host

_BUNDLED = ("manifest.toml", "sample.toml")
"""The sites that are known, and the sample."""


def load_manifest(path: Path | None = None) -> Manifest:
    """Read a manifest file, or those that come with the package.

    Raises `ConfigError` naming the file and the key that is missing, wrong or not known.
    """
    if path is not None:
        return load_with_text(path)[0]
    known = [read_manifest(files("corpus").joinpath(name).read_bytes(), name)[0] for name in _BUNDLED]
    return Manifest(tuple(site for each in known for site in each.sites))


def load_with_text(path: Path) -> tuple[Manifest, str]:
    """Read a manifest file; give its text, too.  Raises as `load_manifest` does."""
    try:
        content = bytes_of(path)
    except OSError as error:
        raise ConfigError("manifest-unreadable", path=path, reason=reason_of(error)) from error
    return read_manifest(content, str(path))


def read_manifest(content: bytes, source: str) -> tuple[Manifest, str]:
    """Read a manifest's bytes; give its text, too.  `source` is what it is called in messages."""
    text, notes = text_of(content, source)
    table = tables_of(text, source)
    sites = table.get("site")
    if not isinstance(sites, list) or not all(isinstance(site, dict) for site in sites) or not sites:
        raise ConfigError("manifest-without-site", source=source)
    if unknown := [name for name in table if name != "site"]:
        raise ConfigError("manifest-key-outside", source=source, key=told(ValueError(repr(unknown[0]))))
    ignored = sorted({name for site in sites for name in IGNORED if name in site})
    notes += [f"manifest {source}: {name} is ignored; pages are read as what their bytes are" for name in ignored]
    read = tuple(_site(site, number, source) for number, site in enumerate(sites, 1))
    volumes = [volume for site in read for volume in site.volumes]
    if twice := _twice(site.id for site in read):
        raise ConfigError("manifest-site-twice", source=source, id=twice)
    if twice := _twice(volume.id for volume in volumes):
        raise ConfigError("manifest-volume-twice", source=source, id=twice)
    notes += [f"manifest {source}: {line}" for line in _overlapping(volumes)]
    return Manifest(read, tuple(notes), source), text


def _twice(ids: Iterable[str]) -> str:
    """Return the first id, in order of ids, that stands more than once; empty if none does."""
    return min((name for name, times in Counter(ids).items() if times > 1), default="")


def _overlapping(volumes: Sequence[Volume]) -> Iterator[str]:
    """Return which volumes share pages with one before them: `urls.volume_of` gives those to the first."""
    for number, volume in enumerate(volumes):
        before = [first.id for first in volumes[:number] if _overlap(first, volume)]
        if before:
            names = ", ".join(before)
            yield (
                f"the scope of volume {volume.id} overlaps that of {names}; pages in both are of {names}, "
                "standing first; narrow one of them"
            )


def _overlap(one: Volume, other: Volume) -> bool:
    return any(mine.startswith(theirs) or theirs.startswith(mine) for mine in one.scope for theirs in other.scope)


def _site(table: Mapping[str, object], number: int, source: str) -> Site:
    place = Place(source, _called(table, number))
    known = values(table, "site", place)
    volumes = tuple(_volume(known, volume, at, place) for at, volume in zip(count(1), known["volume"], strict=False))
    scopes = [prefix for volume in volumes for prefix in volume.scope]
    if known.get("hosts") and not all(same_host(prefix, scopes[0]) for prefix in scopes):
        raise ConfigError("manifest-scopes-apart", source=source, site=place.site)
    return Site(
        id=known["id"],
        title=known["title"],
        volumes=volumes,
        live=known.get("live", True),
        contact=known.get("contact", ""),
        delay=known.get("delay", 1.0),
        timeout=known.get("timeout", 60.0),
        allow_private=known.get("allow_private", False),
        sections=known.get("sections", {}),
    )


def _volume(site: Mapping[str, str], table: Mapping[str, object], number: int, place: Place) -> Volume:
    known = values(table, "volume", place._replace(volume=_called(table, number)))
    year = known["year"]
    own = {name: known.get(name, site.get(name, "")) for name in ("short", "editor", "place", "contact")}
    return Volume(
        id=known["id"],
        title=known.get("title", f"{site['title']} {year}"),
        year=year,
        covers_year=known.get("covers_year", year - 1),
        yearbook=site["title"],
        publisher=site["publisher"],
        licence=site["licence"],
        layout=site["layout"],
        seeds=known.get("seeds", known["scope"]),
        scope=known["scope"],
        hosts=tuple(site.get("hosts", ())),
        printed=known.get("printed", 0),
        isbn=known.get("isbn", ""),
        **own,
    )


def _called(table: Mapping[str, object], number: int) -> str:
    """Return what a table is called in messages: its id, else its number."""
    name = table.get("id")
    return repr(name) if is_text(name) and len(str(name)) <= 80 else str(number)
