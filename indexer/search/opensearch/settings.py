"""Reads from the environment which cluster holds the index, and how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import ConfigError, reason_of

_PREFIX = "NIANJIAN_OPENSEARCH_"
_URL, _USER, _PASSWORD, _CA = (_PREFIX + name for name in ("URL", "USER", "PASSWORD", "CA"))
_PASSWORD_FILE = _PREFIX + "PASSWORD_FILE"
_INDEX, _SHARDS, _REPLICAS = (_PREFIX + name for name in ("INDEX", "SHARDS", "REPLICAS"))
NAMES = (_URL, _USER, _PASSWORD, _PASSWORD_FILE, _CA, _INDEX, _SHARDS, _REPLICAS)
"""Environment variables that are read."""
_MOST_SHARDS, _MOST_REPLICAS = 1024, 20
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How a cluster is reached, and how an index is laid out in it."""

    urls: tuple[str, ...]
    """Addresses of some of its nodes, without user and password."""
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    """Certificates that nodes' own are verified with; None for those of the system."""
    index: str = ""
    """Name under which the archive's generations stand in the cluster; empty for one made from the data folder."""
    shards: int = 0
    """Primary shards of a generation; 0 lets its size decide."""
    replicas: int = 1
    """Copies of each shard beside the first: with one, a node may be lost."""


def read_settings(environment: Mapping[str, str]) -> ClusterSettings:
    """Read how the cluster is reached.

    Raises `ConfigError` for a value that cannot be used; no message holds the password.
    """
    urls = tuple(_address(url) for url in environment.get(_URL, "").replace(",", " ").split())
    if not urls:
        raise ConfigError("cluster-url-missing", name=_URL)
    ca = environment.get(_CA, "")
    if ca and not Path(ca).is_file():
        raise ConfigError("cluster-ca-missing", name=_CA, path=ca[:200])
    index = environment.get(_INDEX, "")
    if index and (not _LETTERS.issuperset(index) or index[0] in "-_." or len(index) > 120):
        raise ConfigError("cluster-index-odd", name=_INDEX, value=index[:80])
    return ClusterSettings(
        urls,
        environment.get(_USER, ""),
        _password(environment),
        Path(ca) if ca else None,
        index,
        _number(environment, _SHARDS, 0, _MOST_SHARDS),
        _number(environment, _REPLICAS, 1, _MOST_REPLICAS),
    )


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_right = False
    if not is_right or parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ConfigError("cluster-url-odd", name=_URL, user=_USER, password=_PASSWORD)  # it may hold a password
    return url.rstrip("/")


def _password(environment: Mapping[str, str]) -> str:
    named = environment.get(_PASSWORD_FILE, "")
    if not named:
        return environment.get(_PASSWORD, "")
    try:
        return Path(named).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise ConfigError("cluster-password-unreadable", path=named[:200], reason=reason_of(error)) from error


def _number(environment: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    said = environment.get(name, "")
    if not said:
        return otherwise
    if not said.isascii() or not said.isdecimal() or int(said[:9]) > most or len(said) > 9:
        raise ConfigError("cluster-number-odd", name=name, value=said[:40], limit=most)
    return int(said)
