"""Recovers the URL of a saved file from where it lies; reads no file."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

from indexer.model import Volume

PAGE_SUFFIXES = frozenset({".html", ".htm", ".shtml"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)


def recover_url(
    path: PurePosixPath, root: PurePosixPath, base_url: str | None, volumes: Sequence[Volume]
) -> str | None:
    """Give the URL that a file, saved below the folder `root`, had; None when nothing tells it.

    A folder named like a host starts it (as wget and HTTrack lay mirrors out), else `base_url`, else the
    scope of a known volume that the path fits.  Both paths are absolute.
    """
    whole = path.parts[1:]
    below = path.relative_to(root.parent).parts
    hosts = {urlsplit(prefix).netloc: urlsplit(prefix).scheme for volume in volumes for prefix in volume.scope}
    for parts, is_host in ((whole, hosts.__contains__), (below, _HOST.fullmatch)):
        for at in range(len(parts) - 2, -1, -1):
            if is_host(parts[at]):
                return f"{hosts.get(parts[at], 'http')}://{parts[at]}/{_path(parts[at + 1 :])}"
    if base_url:
        return urljoin(base_url if base_url.endswith("/") else base_url + "/", _path(path.relative_to(root).parts))
    for prefix in (prefix for volume in volumes for prefix in volume.scope):
        scope = urlsplit(prefix)
        for at in range(len(whole)):
            inside = "/" + _path(whole[at:])
            if inside.startswith(scope.path):
                return f"{scope.scheme}://{scope.netloc}{inside}"
    return None


def _path(parts: Sequence[str]) -> str:
    return "/".join(quote(part, safe="%:@!$&'()*+,;=~") for part in parts)
