"""The page store: WARC files, append-only, the only copy of what the site said; knows no HTML."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from indexer.durable import FolderBusy, locked, replacing
from indexer.errors import StoreError
from indexer.model import Page

_NAME = re.compile(r"nianjian-(\d{5})\.warc\.gz")
_SOFTWARE = {"software": "nianjian-search", "format": "WARC File Format 1.1"}


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored page, without its bytes."""

    url: str
    fetched_at: datetime
    digest: str
    """`sha256:` and 64 hex digits of the payload."""
    file: str
    offset: int


class PageStore:
    """The WARC files of one data folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read or made before it is needed."""
        self._folder = folder

    def captures(self) -> Iterator[Capture]:
        """Give every capture in the order stored.

        Raises `StoreError` naming the file and offset where a WARC file breaks off.
        """
        return (capture for capture, _ in self._records(with_body=False))

    def pages(self) -> Iterator[Page]:
        """Give the latest capture of each URL, in order of URL."""
        latest: dict[str, tuple[datetime, int, Page]] = {}
        for order, (capture, page) in enumerate(self._records(with_body=True)):
            known = latest.get(capture.url)
            if page and (known is None or (capture.fetched_at, order) >= known[:2]):
                latest[capture.url] = (capture.fetched_at, order, page)
        return (latest[url][2] for url in sorted(latest))

    @contextmanager
    def writing(self) -> Iterator["PageWriter"]:
        """Open a writer for one new WARC file; the file appears whole at the end, or not at all.

        Raises `StoreError` when another process is writing, `ConfigError` when the folder is not writable.
        """
        try:
            with locked(self._folder):
                known = {(capture.url, capture.digest) for capture in self.captures()}
                buffer = PageWriter(known)
                yield buffer
                if buffer.added:
                    self._publish(buffer)
        except FolderBusy as error:
            raise StoreError(f"another import is writing to {self._folder}; wait until it has ended") from error

    def _publish(self, writer: "PageWriter") -> None:
        numbers = [int(found[1]) for path in self._files() if (found := _NAME.fullmatch(path.name))]
        path = self._folder / f"nianjian-{max(numbers, default=0) + 1:05}.warc.gz"
        with replacing(path) as file:
            writer.write_to(file, path.name)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.warc.gz")) if self._folder.is_dir() else []

    def _records(self, *, with_body: bool) -> Iterator[tuple[Capture, Page | None]]:
        for path in self._files():
            with path.open("rb") as file:
                records = ArchiveIterator(file)
                offset = 0
                try:
                    for record in records:
                        # `get_record_offset` would read the record to its end first.
                        offset = records.offset
                        if record.rec_type in ("response", "resource"):
                            yield _read(record, path, offset, with_body=with_body)
                except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
                    raise StoreError(
                        f"{path} is damaged after offset {offset}: {error}; restore it from a copy, or move it away "
                        "and import its pages again"
                    ) from error


class PageWriter:
    """Collects the pages of one import; adding what is stored already does nothing."""

    def __init__(self, known: set[tuple[str, str]]) -> None:
        """Start with the URLs and payload digests that are stored."""
        self._known = known
        self._pages = io.BytesIO()
        self._writer = WARCWriter(self._pages, gzip=True, warc_version="1.1")
        self.added = 0

    def add(self, page: Page) -> bool:
        """Store a page; give False when the same bytes are stored for its URL already."""
        key = (page.url, _digest(page.body))
        if key in self._known:
            return False
        self._known.add(key)
        record = self._writer.create_warc_record(
            page.url,
            "resource",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            warc_content_type=page.content_type,
            warc_headers_dict={
                "WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "WARC-Payload-Digest": key[1],
            },
        )
        self._writer.write_record(record)
        self.added += 1
        return True

    def write_to(self, file: BinaryIO, name: str) -> None:
        """Write the warcinfo record, then all pages added."""
        head = WARCWriter(file, gzip=True, warc_version="1.1")
        head.write_record(head.create_warcinfo_record(name, _SOFTWARE))
        file.write(self._pages.getbuffer())


def _digest(body: bytes) -> str:
    return f"sha256:{sha256(body).hexdigest()}"


def _read(record, path: Path, offset: int, *, with_body: bool) -> tuple[Capture, Page | None]:  # type: ignore[no-untyped-def]
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    fetched_at = datetime.fromisoformat(headers.get_header("WARC-Date")).replace(tzinfo=UTC)
    digest = headers.get_header("WARC-Payload-Digest") or ""
    page = None
    if with_body or not digest.startswith("sha256:"):
        body = record.content_stream().read()
        actual = _digest(body)
        if digest.startswith("sha256:") and digest != actual:
            raise StoreError(f"{path}, offset {offset}: {url} does not match its digest; restore the file from a copy")
        digest = actual
        http = record.http_headers
        kind = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
        page = Page(url, fetched_at, int(http.get_statuscode()) if http else 200, kind or "", body)
    return Capture(url, fetched_at, digest, path.name, offset), page
