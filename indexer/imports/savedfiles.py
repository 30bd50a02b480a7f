"""Recovers the URL of a saved file from its path."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from indexer.model import Volume
from indexer.urls import canonical

PAGE_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".shtm"})
_SCRIPTS = r"\.(?:aspx?|php\d?|jspx?|cgi|cfm|do|action|pl|py|dll|phtml|s?html?)"
_DYNAMIC = re.compile(r"\.(?:aspx?|php\d?|jspx?|cgi|cfm|do|action|pl|phtml)(?=[?@]|$)", re.IGNORECASE)
_AT = re.compile(rf"({_SCRIPTS})@", re.IGNORECASE)
"""wget on Windows writes @ for ?."""
_ADDED = re.compile(r"(\?[^/]*|\.(?:aspx?|php\d?|jspx?|cgi|cfm))\.html?$", re.IGNORECASE)
"""wget adds .html to the name of a page whose URL ends otherwise."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "%:@!$&'()*+,;=~"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\.?(?:[:+]\d{1,5})?", re.IGNORECASE)


def is_page_name(name: str) -> bool:
    """Return whether a saved file's name alone shows that it is a page."""
    return PurePosixPath(name).suffix.lower() in PAGE_SUFFIXES


def is_dynamic_name(name: str) -> bool:
    """Return whether a name is that of a program on the server, which may have made a page or a picture."""
    return bool(_DYNAMIC.search(name))


def readable_name(name: str) -> str:
    """Return a file name or path as text; bytes that are not UTF-8 are read as GBK, as Chinese systems wrote them.

    Each part of a path is read by itself: a mirror with names in GBK may be in a folder named in UTF-8.
    """
    return "/".join(map(_readable, os.fsencode(name).split(b"/")))


def _readable(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return quote(raw, safe=_SAFE)


def recover_url(
    path: PurePosixPath, root: PurePosixPath, base_url: str | None, volumes: Sequence[Volume]
) -> str | None:
    """Return the URL of a file saved below the folder `root`; None if nothing shows it.

    The URL starts at a folder named like a host (as wget and HTTrack lay mirrors out), else at `base_url`, else at the
    scope of a known volume that the path fits.  Both paths must be absolute.
    """
    whole = path.parts[1:]
    below = path.relative_to(root.parent).parts
    hosts = _known_hosts(volumes)
    for parts, is_host in ((whole, lambda part: _host_of(part) in hosts), (below, _HOST.fullmatch)):
        for at in range(len(parts) - 2, -1, -1):
            if is_host(parts[at]):
                host = _host_of(parts[at])
                return canonical(f"{hosts.get(host, 'http')}://{host}/{_path(parts[at + 1 :])}") or None
    if base_url:
        base = base_url if base_url.endswith("/") else base_url + "/"
        return canonical("./" + _path(path.relative_to(root).parts), base) or None
    for prefix in (prefix for volume in volumes for prefix in volume.scope):
        scope = urlsplit(prefix)
        first = unquote(f"{scope.path}/".split("/")[1])
        # A path may have thousands of parts: look closely only at those that may begin the scope's path.
        for at in (at for at, part in enumerate(whole) if unquote(part).startswith(first)):
            inside = canonical(f"{scope.scheme}://{scope.netloc}/{_path(whole[at:])}")
            if inside.startswith(prefix):
                return inside
    return None


def _known_hosts(volumes: Sequence[Volume]) -> Mapping[str, str]:
    """Return the scheme of each host of the volumes, including other spellings, by host."""
    hosts: dict[str, str] = {}
    for volume in volumes:
        for spelling in (*volume.scope, *volume.hosts):
            parts = urlsplit(spelling if "://" in spelling else f"http://{spelling}")
            hosts.setdefault(parts.netloc.lower(), parts.scheme)
    return hosts


def _host_of(part: str) -> str:
    return part.lower().replace("+", ":").removesuffix(".")


def _path(parts: Sequence[str]) -> str:
    *folders, name = parts
    name = _ADDED.sub(r"\1", _AT.sub(r"\1?", name, count=1))
    page, mark, query = name.partition("?")
    return "/".join(_quoted(part) for part in (*folders, page)) + (mark + _quoted(query) if mark else "")


def _quoted(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=_SAFE)
