"""Reads the manifest: which sites and volumes exist; knows no pages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import ConfigError
from indexer.model import Volume
from indexer.urls import canonical, check_hosts, same_host


@dataclass(frozen=True, slots=True)
class Site:
    """One yearbook on the web, with its volumes."""

    id: str
    title: str
    volumes: tuple[Volume, ...]
    live: bool
    """Whether the site can be crawled; else its pages come by import only."""
    contact: str
    """Who answers for a crawl of it: a mail address or a page, named in the user agent."""
    delay: float
    """Seconds between two requests of a crawl."""
    timeout: float
    """Seconds a crawl waits for an answer."""
    allow_private: bool
    """Whether the site may lie in a private network."""
    sections: Mapping[str, tuple[str, ...]]
    """Canonical section name to the forms in which the volumes print it."""

    def canonical_section(self, printed: str) -> str:
        """Give the name under which a section's forms of several years belong together."""
        return next((name for name, forms in self.sections.items() if printed in forms), printed)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All sites that are known."""

    sites: tuple[Site, ...]

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes of all sites."""
        return tuple(volume for site in self.sites for volume in site.volumes)

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with port, where there is one) on which pages of known volumes lie."""
        return frozenset(urlsplit(prefix).netloc for volume in self.volumes for prefix in volume.scope)

    def site_of(self, volume_id: str) -> Site | None:
        """Give the site that a volume belongs to."""
        return next((site for site in self.sites if any(volume.id == volume_id for volume in site.volumes)), None)


def load_manifest(path: Path | None = None) -> Manifest:
    """Read a manifest file, or the one that comes with the package.

    Raises `ConfigError` naming the file and the key that is missing or wrong.
    """
    source = path or files("corpus").joinpath("manifest.toml")
    try:
        table = tomllib.loads(source.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read manifest {source}: {error.strerror}; check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"manifest {source} is not TOML: {error}; mend that line") from error
    sites = table.get("site")
    if not isinstance(sites, list) or not all(isinstance(site, dict) for site in sites) or not sites:
        raise ConfigError(f"manifest {source} describes no site; begin each with [[site]]")
    manifest = Manifest(tuple(_site(site, str(source)) for site in sites))
    ids = [volume.id for volume in manifest.volumes]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ConfigError(f"manifest {source}: volume id {twice[0]!r} stands twice; ids must be unique over all sites")
    return manifest


def _site(table: Mapping[str, Any], source: str) -> Site:
    site_id = table.get("id", "?")
    try:
        volumes = tuple(_volume(table, volume) for volume in table["volume"])
        _check_spellings(volumes)
        sections = {name: tuple(forms) for name, forms in table.get("sections", {}).items()}
        return Site(
            id=table["id"],
            title=table["title"],
            volumes=volumes,
            live=bool(table.get("live", True)),
            contact=str(table.get("contact", "")),
            delay=float(table.get("delay", 1.0)),
            timeout=float(table.get("timeout", 60.0)),
            allow_private=bool(table.get("allow_private", False)),
            sections=sections,
        )
    except KeyError as error:
        raise ConfigError(f"manifest {source}, site {site_id!r}: key {error.args[0]!r} is missing; add it") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigError(f"manifest {source}, site {site_id!r}: {error}; mend it") from error


def _volume(site: Mapping[str, Any], table: Mapping[str, Any]) -> Volume:
    year = int(table["year"])
    scope = tuple(_prefix(prefix) for prefix in table["scope"])
    if not scope or not all(scope):
        raise ValueError(f"volume {table['id']!r} needs a scope of whole URLs")
    return Volume(
        id=str(table["id"]),
        title=table.get("title", f"{site['title']} {year}"),
        year=year,
        covers_year=int(table.get("covers_year", year - 1)),
        publisher=site["publisher"],
        licence=site["licence"],
        layout=site["layout"],
        encoding=site["encoding"],
        seeds=tuple(table.get("seeds", scope)),
        scope=scope,
        hosts=_hosts(site.get("hosts", [])),
    )


def _hosts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError('hosts must be a list of hosts, such as ["www.example.org"]')
    return tuple(value)


def _prefix(text: str) -> str:
    """Write a URL prefix as the URLs that begin with it are written; empty when it is none."""
    return canonical(text) + ("?" if text.endswith("?") else "") if canonical(text) else ""


def _check_spellings(volumes: tuple[Volume, ...]) -> None:
    hosts = volumes[0].hosts if volumes else ()
    check_hosts(hosts)
    scopes = [prefix for volume in volumes for prefix in volume.scope]
    if hosts and not all(same_host(prefix, scopes[0]) for prefix in scopes):
        raise ValueError("hosts are other spellings of one host, but the scopes lie on several; make two sites of it")
