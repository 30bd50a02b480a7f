"""Where things lie in a data folder, and the limits that hold everywhere; reads no file itself."""

from dataclasses import dataclass
from pathlib import Path

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""A page above this is reported, not parsed: the archive's largest known page is under 100 KB, and an HTML
tree takes about 30 times the bytes in memory."""
MAX_TAGS = 100_000
"""A page of more tags is reported, not parsed: the archive's largest has some thousand, and each takes 1 kB."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout of one data folder (`--data`)."""

    root: Path

    @property
    def warc(self) -> Path:
        """Folder of WARC files, the only copy of what the site sent."""
        return self.root / "warc"

    @property
    def ledger(self) -> Path:
        """The capture ledger and the crawl's frontier (SQLite)."""
        return self.root / "ledger.sqlite"

    @property
    def entries(self) -> Path:
        """The parsed entries, one JSON object a line."""
        return self.root / "entries.jsonl"

    @property
    def problems(self) -> Path:
        """What the parser reported, one JSON object a line."""
        return self.root / "problems.jsonl"

    @property
    def pages(self) -> Path:
        """What parsing made of each page, one JSON object a line."""
        return self.root / "pages.jsonl"

    @property
    def manifest(self) -> Path:
        """The copy of the manifest that the archive was made with, where it was made with one of its own."""
        return self.root / "manifest.toml"

    @property
    def forgotten(self) -> Path:
        """Pages that people took out of the archive, one decision a line."""
        return self.root / "forgotten.jsonl"

    @property
    def reviewed(self) -> Path:
        """Problems that people have looked at and ticked off, a table each (TOML)."""
        return self.root / "reviewed.toml"

    @property
    def ids(self) -> Path:
        """What each entry's id has meant, and since when, one change a line."""
        return self.root / "ids.jsonl"

    @property
    def index(self) -> Path:
        """Folder of index generations."""
        return self.root / "index"
