"""Finds what the archives of a test have in a cluster, and removes it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

_NAMED_BY = "index/cluster-name"
"""File in a data folder that holds its archive's name in the cluster."""


def archives(folder: Path) -> frozenset[str]:
    """Give the names, in the cluster, of the archives in all folders below one."""
    names = set()
    for file in folder.rglob(_NAMED_BY):
        with suppress(OSError):
            names.add(file.read_text("ascii").strip())
    return frozenset(names)


def indexes(names: frozenset[str], urls: str) -> list[str]:
    """Give the indexes of archives in the cluster at these addresses."""
    if not names:
        return []
    found = _ask(
        urls, "GET", "/_cat/indices/" + ",".join(f"{name}-*" for name in sorted(names)) + "?format=json&h=index"
    )
    return [each["index"] for each in found]


def remove_archives(names: frozenset[str], urls: str) -> None:
    """Remove all indexes of archives."""
    held = indexes(names, urls)
    for at in range(0, len(held), 50):
        _ask(urls, "DELETE", "/" + ",".join(held[at : at + 50]))


def _ask(urls: str, method: str, path: str) -> Any:
    address = urls.replace(",", " ").split()[0]
    with urlopen(Request(address + path, method=method), timeout=60) as answer:
        return json.load(answer)
