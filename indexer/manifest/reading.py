"""Reads a manifest file; reports whatever is wrong in one line, and accepts what can only mean one thing."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError
from indexer.manifest.keys import IGNORED, check, missing
from indexer.manifest.values import Manifest, Site
from indexer.model import Volume
from indexer.urls import canonical, check_hosts, same_host

_BUNDLED = ("manifest.toml", "sample.toml")
"""The known sites, and the sample."""
_HAN = {char: str(number % 10) for number, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零O", "0")
_YEAR = re.compile(r"(?:[12]\d{3}|[一二][〇○零O一二三四五六七八九]{3})年?")


def load_manifest(path: Path | None = None) -> Manifest:
    """Read a manifest file or, without a path, those that come with the package.

    Raises `ConfigError` naming the file and the key that is missing, wrong or unknown.
    """
    if path is not None:
        return read_manifest(_bytes_of(path), str(path))
    known = [read_manifest(files("corpus").joinpath(name).read_bytes(), name) for name in _BUNDLED]
    return Manifest(tuple(site for each in known for site in each.sites))


def read_manifest(content: bytes, source: str) -> Manifest:
    """Read a manifest from bytes; `source` is its name in messages.

    Raises `ConfigError` as `load_manifest` does.
    """
    text, notes = manifest_text(content, source)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"manifest {source} is not TOML: {error}; mend that line") from error
    unknown = [name for name in table if name != "site"]
    sites = table.get("site")
    if not isinstance(sites, list) or not all(isinstance(site, dict) for site in sites) or not sites:
        raise ConfigError(f"manifest {source} describes no site; begin each with [[site]]")
    if unknown:
        raise ConfigError(f"manifest {source}: {unknown[0]!r} stands outside of all sites; begin each with [[site]]")
    ignored = sorted({name for site in sites for name in IGNORED if name in site})
    notes += [f"manifest {source}: {name} is ignored; pages are read as what their bytes are" for name in ignored]
    manifest = Manifest(tuple(_site(site, source) for site in sites), tuple(notes))
    ids = [volume.id for volume in manifest.volumes]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ConfigError(f"manifest {source}: volume id {twice[0]!r} stands twice; ids must be unique over all sites")
    return manifest


def manifest_text(content: bytes, source: str) -> tuple[str, list[str]]:
    """Return a manifest's text, and remarks on how it is encoded; raise `ConfigError` if it cannot be decoded."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigError(f"manifest {source} is neither UTF-8 nor GBK text; save it as UTF-8") from error
    return text, [f"manifest {source} is in GBK, and read so; save it as UTF-8"]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read manifest {path}: {error.strerror}; check the path") from error


def _site(table: Mapping[str, Any], source: str) -> Site:
    where = f"manifest {source}, site {table.get('id', '?')!r}"
    try:
        check(table, "site", "")
        if name := next(iter(missing(table, "site")), ""):
            raise ValueError(f"key {name!r} is missing; add it")
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
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigError(f"{where}: {error}" + ("" if ";" in str(error) else "; mend it")) from error


def _volume(site: Mapping[str, Any], table: Mapping[str, Any]) -> Volume:
    where = f"volume {table.get('id', '?')!r}: "
    check(table, "volume", where)
    if name := next(iter(missing(table, "volume")), ""):
        raise ValueError(f"{where}key {name!r} is missing; add it")
    year = _year(table["year"], where)
    scope = tuple(_prefix(prefix) for prefix in _several(table["scope"]))
    if not scope or not all(scope):
        raise ValueError(f"{where}scope must be whole URLs, such as http://host/folder/")
    own = {name: str(table.get(name, site.get(name, ""))) for name in ("short", "editor", "place", "contact")}
    return Volume(
        id=str(table["id"]),
        title=str(table.get("title", f"{site['title']} {year}")),
        year=year,
        covers_year=_year(table.get("covers_year", year - 1), where),
        yearbook=str(site["title"]),
        publisher=str(site["publisher"]),
        licence=str(site["licence"]),
        layout=str(site["layout"]),
        seeds=_several(table.get("seeds", scope)),
        scope=scope,
        hosts=_hosts(site.get("hosts", [])),
        printed=_year(table["printed"], where) if "printed" in table else 0,
        isbn=str(table.get("isbn", "")),
        **own,
    )


def _several(value: object) -> tuple[str, ...]:
    """Return a list of texts as a tuple; a single text counts as a list of one."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise ValueError(f'{value!r} is no list of URLs; write it as ["http://host/folder/"]')


def _year(value: object, where: str) -> int:
    """Read a year, which may also be given as text or in Chinese digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = "".join(str(value).split())
    if not _YEAR.fullmatch(text):
        raise ValueError(f"{where}{value!r} is no year; write one like 2002")
    return int("".join(_HAN.get(char, char) for char in text.removesuffix("年")))


def _hosts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError('hosts must be a list of hosts, such as ["www.example.org"]')
    return tuple(value)


def _prefix(text: str) -> str:
    """Return a URL prefix in the form of canonical URLs; empty if it is not a URL."""
    return canonical(text) + ("?" if text.endswith("?") else "") if canonical(text) else ""


def _check_spellings(volumes: tuple[Volume, ...]) -> None:
    hosts = volumes[0].hosts if volumes else ()
    check_hosts(hosts)
    scopes = [prefix for volume in volumes for prefix in volume.scope]
    if hosts and not all(same_host(prefix, scopes[0]) for prefix in scopes):
        raise ValueError("hosts are other spellings of one host, but the scopes lie on several; make two sites of it")
