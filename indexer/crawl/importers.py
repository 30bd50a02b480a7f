"""Reads saved pages from folders and files, recovering each page's URL from where it lies; writes nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

from indexer.errors import FetchError
from indexer.model import Page, Volume

_PAGE_SUFFIXES = frozenset({".html", ".htm", ".shtml"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that may be a page, and the folder it was found under."""

    path: Path
    root: Path


def find_files(paths: Sequence[Path]) -> list[SavedFile]:
    """List the page files under the given folders, and the given files, in a stable order.

    Raises `FetchError` for a path that is not there, is no page, or holds none.
    """
    found: list[SavedFile] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file for file in path.rglob("*") if file.suffix.lower() in _PAGE_SUFFIXES and file.is_file()
            )
            if not inside:
                raise FetchError(f"{path} holds no .html file; name the folder that a saved site lies in")
            found += [SavedFile(file, path) for file in inside]
        elif not path.exists():
            raise FetchError(f"{path} is not there; check the path")
        elif path.suffix.lower() not in _PAGE_SUFFIXES:
            raise FetchError(f"{path} is no .html file and no folder; these can be imported")
        else:
            found.append(SavedFile(path, path.parent))
    return found


def recover_url(file: SavedFile, base_url: str | None, volumes: Sequence[Volume]) -> str | None:
    """Give the URL a saved file had, or None when nothing tells it.

    A folder named like a host starts it (as wget and HTTrack lay mirrors out), else `base_url`, else the
    scope of a known volume that the path fits.
    """
    whole = PurePosixPath(file.path.absolute().as_posix()).parts[1:]
    below = PurePosixPath(file.path.absolute().relative_to(file.root.absolute().parent).as_posix()).parts
    hosts = {urlsplit(prefix).netloc: urlsplit(prefix).scheme for volume in volumes for prefix in volume.scope}
    for parts, is_host in ((whole, hosts.__contains__), (below, _HOST.fullmatch)):
        for at in range(len(parts) - 2, -1, -1):
            if is_host(parts[at]):
                return f"{hosts.get(parts[at], 'http')}://{parts[at]}/{_path(parts[at + 1 :])}"
    if base_url:
        inside = file.path.absolute().relative_to(file.root.absolute())
        return urljoin(base_url if base_url.endswith("/") else base_url + "/", _path(inside.parts))
    for prefix in (prefix for volume in volumes for prefix in volume.scope):
        scope = urlsplit(prefix)
        for at in range(len(whole)):
            path = "/" + _path(whole[at:])
            if path.startswith(scope.path):
                return f"{scope.scheme}://{scope.netloc}{path}"
    return None


def read_pages(files: Iterable[tuple[SavedFile, str]]) -> Iterator[Page]:
    """Read files as pages captured when the file was last written.

    Raises `FetchError` for a file that cannot be read.
    """
    for file, url in files:
        try:
            body = file.path.read_bytes()
            written = datetime.fromtimestamp(int(file.path.stat().st_mtime), UTC)
        except OSError as error:
            raise FetchError(f"cannot read {file.path}: {error.strerror}; mend its permissions") from error
        yield Page(url, written, 200, "text/html", body)


def _path(parts: Sequence[str]) -> str:
    return "/".join(quote(part, safe="%:@!$&'()*+,;=~") for part in parts)
