"""Reads the settings of whoever runs the archive: what is counted, and what is logged.

Independent of Flask.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.errors import ConfigError

_ON = frozenset({"1", "on", "true", "yes"})
_OFF = frozenset({"", "0", "off", "false", "no"})


@dataclass(frozen=True, slots=True)
class Operating:
    """What is kept of requests; nothing unless it is asked for."""

    counts: bool = False
    """Whether requests are counted, and `/metrics` answers."""
    log: str = ""
    """File of the access log; `-` is standard output, and nothing is logged if it is empty."""
    logs_queries: bool = False
    """Whether the log tells what was searched for."""
    logs_addresses: bool = False
    """Whether the log tells who asked."""


def read_operating(settings: Mapping[str, str]) -> Operating:
    """Read the settings; raise `ConfigError`, naming the setting, for a switch that is neither on nor off."""
    return Operating(
        is_on(settings, "NIANJIAN_METRICS"),
        settings.get("NIANJIAN_ACCESS_LOG", "").strip(),
        is_on(settings, "NIANJIAN_ACCESS_LOG_QUERIES"),
        is_on(settings, "NIANJIAN_ACCESS_LOG_ADDRESSES"),
    )


def is_on(settings: Mapping[str, str], name: str) -> bool:
    """Return whether a switch is on; without it, it is off.  Raises `ConfigError` for anything but on and off."""
    found = settings.get(name, "").strip().lower()
    if found not in _ON | _OFF:
        raise ConfigError("switch-odd", name=name, found=found[:50])
    return found in _ON
