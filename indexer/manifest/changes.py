"""What another manifest changes in an archive, in lines; reads no file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields

from indexer.manifest.values import Manifest, Site
from indexer.model import PageReport, Volume
from indexer.urls import Spellings, volume_of

_Table = Mapping[str, object]
_OF_SITE = ("publisher", "licence", "layout", "hosts")
"""Keys of a site that the program keeps with each of its volumes."""
_NONE = "no volume"
_PARSED = ("id", "year", "yearbook", "scope", "seeds", "layout", "hosts")
"""Keys that parsing rests on."""


def changes(old: Manifest, new: Manifest) -> tuple[str, ...]:
    """Name each site and volume that is new or gone, and each key that changes in the others; a line each.

    None for manifests that mean the same.
    """
    lines: list[str] = []
    for what, (before, after) in (("site", _sites(old, new)), ("volume", _volumes(old, new))):
        lines += _named(f"{what}s new", [name for name in after if name not in before])
        lines += _named(f"{what}s gone", [name for name in before if name not in after])
        lines += _differing(what, before, after)
    if not lines and old.sites != new.sites:
        lines.append("the order of volumes changes: of two whose scopes overlap, the first has the pages of both")
    return tuple(lines)


def moved(reports: Iterable[PageReport], old: Manifest | None, new: Manifest) -> tuple[str, ...]:
    """Return which of the entries that were parsed get other ids, since their pages are of another volume now.

    Where the old manifest is not known, the reports say of which volume they were.  At most one line.
    """
    counts: Counter[tuple[str, str]] = Counter()
    covering = [_covering(each) for each in (old, new) if each is not None]
    for report in reports:
        after = covering[-1](report.url) or _NONE
        before = covering[0](report.url) if old else "" if report.has_plain_year and after == _NONE else report.volume
        counts[before or _NONE, after] += report.entries
    each = [
        f"those of {before} to {after} ({count})"
        for (before, after), count in sorted(counts.items())
        if before != after and count
    ]
    return (f"entries change their ids with their volume: {', '.join(each)}",) if each else ()


def _covering(manifest: Manifest) -> Callable[[str], str]:
    """Return a function from a URL to the id of the volume that covers it; empty if none does."""
    key = Spellings(manifest.volumes).key

    def covering(url: str) -> str:
        volume = volume_of(key(url), manifest.volumes)
        return volume.id if volume else ""

    return covering


def need_parsing(old: Manifest, new: Manifest) -> bool:
    """Return whether what was parsed with one manifest may be otherwise with the other."""
    before, after = ([[getattr(volume, key) for key in _PARSED] for volume in each.volumes] for each in (old, new))
    return before != after


def _sites(old: Manifest, new: Manifest) -> list[dict[str, _Table]]:
    names = _former_names(old, new)
    return [{names.get(site.id, site.id): _site(site) for site in each.sites} for each in (old, new)]


def _former_names(old: Manifest, new: Manifest) -> dict[str, str]:
    """Return the id that a site had before, where its id is new and a volume of it was of a site that is gone."""
    known = {site.id for site in old.sites}
    gone = known - {site.id for site in new.sites}
    names: dict[str, str] = {}
    for site in new.sites:
        before = [other for volume in site.volumes if (other := old.site_of(volume.id)) and other.id in gone]
        if site.id not in known and before:
            names[site.id] = before[0].id
            gone.discard(before[0].id)
    return names


def _site(site: Site) -> _Table:
    own = {each.name: getattr(site, each.name) for each in fields(Site) if each.name != "volumes"}
    return own | {name: getattr(site.volumes[0], name) for name in _OF_SITE}


def _volumes(old: Manifest, new: Manifest) -> list[dict[str, _Table]]:
    names = _former_names(old, new)
    return [
        {volume.id: _volume(names.get(site.id, site.id), volume) for site in each.sites for volume in site.volumes}
        for each in (old, new)
    ]


def _volume(site: str, volume: Volume) -> _Table:
    not_own = {"id", "yearbook", *_OF_SITE}
    own = {each.name: getattr(volume, each.name) for each in fields(Volume) if each.name not in not_own}
    return own | {"site": site}


def _named(what: str, names: list[str]) -> list[str]:
    return [f"{what}: {', '.join(names)}"] if names else []


def _differing(what: str, before: Mapping[str, _Table], after: Mapping[str, _Table]) -> Iterator[str]:
    """Name the keys that change; those in which the same keys do in one line."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, old in before.items():
        new = after.get(name, old)
        if keys := tuple(key for key in old if old[key] != new[key]):
            together.setdefault(keys, []).append(name)
    for keys, names in together.items():
        several = len(names) > 1
        yield f"{what}{'s' * several} {', '.join(names)} change{'s' * (not several)}: {', '.join(keys)}"
